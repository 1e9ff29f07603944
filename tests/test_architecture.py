"""Imports go downward: core ← mailing ← {optin, rights}, core ← the other rooms."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture import (
    MAY_IMPORT,
    PACKAGE,
    Module,
    forbidden,
    imports,
    modules,
    report,
)

MODULES = modules()
OUTWARD = {"admin", "urls", "views", "wagtail_hooks"}
# Only the ledger builds or changes these; `entries` is its lower half.
WRITES = re.compile(
    r"\b(Consent|ConsentEvent|EventPayload)"
    r"($|\.objects\b.*\.(bulk_|get_or_|update_or_)?(create|update)$)"
)
SETTING = "WAGTAIL_CONSENT"
LEDGER = {f"{PACKAGE}.ledger", f"{PACKAGE}.entries"}


def named(module: Module) -> str:
    return module.name


def is_model(module: Module) -> bool:
    return "models" in module.name.split(".")


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_imports_go_downward(module):
    assert not forbidden(module.tree, module.name, module.is_package)


@pytest.mark.parametrize("module", [*filter(is_model, MODULES)], ids=named)
def test_models_know_no_views(module):
    found = imports(module.tree, module.name, module.is_package)
    ours = {name for name in found if name.startswith(PACKAGE)}
    assert not {name for name in ours if OUTWARD & set(name.split("."))}


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_only_the_ledger_writes_consent(module):
    if module.name not in LEDGER:
        assert not list(writes(module.tree))


def writes(tree: ast.AST) -> Iterator[str]:
    """Yield the calls that build or change a row of the ledger."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return filter(WRITES.search, (ast.unparse(call.func) for call in calls))


@pytest.mark.parametrize(
    "source",
    [
        "Consent(contact=contact)",
        "models.ConsentEvent(subject=subject)",
        "EventPayload.objects.create(event=event)",
        "Consent.objects.filter(pk=1).update(state=state)",
    ],
)
def test_a_write_past_the_ledger_is_seen(source):
    assert list(writes(ast.parse(source)))


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_one_reader_of_settings(module):
    if module.name == f"{PACKAGE}.conf":
        return
    assert SETTING not in {*attributes(module.tree), *strings(module.tree)}


def attributes(tree: ast.AST) -> Iterator[str]:
    return (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))


def strings(tree: ast.AST) -> Iterator[str]:
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return (node.value for node in constants if isinstance(node.value, str))


def test_every_room_has_its_arrows():
    apps = [m.name.split(".") for m in MODULES if m.name.endswith(".apps")]
    assert {app[1] for app in apps if len(app) == 3} <= MAY_IMPORT.keys()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("ledger", "import wagtail_consent.optin"),
        ("ledger", "from wagtail_consent import mailing"),
        ("ledger", "from . import mailing"),
        ("ledger", "def later():\n    from .optin import submit"),
        ("admin.menu", "from ..mailing import outbox"),
        ("checks", "import_string('wagtail_consent.optin.views.submit')"),
        ("checks", "apps.get_model('wagtail_consent_optin', 'Submission')"),
        ("checks", "apps.get_model('wagtail_consent_optin.Submission')"),
        ("mailing.render", "reverse('wagtail_consent_optin:confirm')"),
        ("mailing.outbox", "from wagtail_consent.optin.models import Submission"),
        ("optin.submit", "from wagtail_consent.rights import models"),
        ("rights.views", "from ..optin import submit"),
        ("cookies.choice", "from ..mailing import outbox"),
        ("automation.handover", "from ..optin import models"),
    ],
)
def test_an_upward_import_is_seen(name, source):
    assert forbidden(ast.parse(source), f"{PACKAGE}.{name}")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("ledger", "from .models import Contact"),
        ("ledger", "template = 'wagtail_consent/mailing/mail.html'"),
        ("mailing.outbox", "from .. import keys"),
        ("mailing.outbox", "from wagtail_consent.models import Contact"),
        ("optin.submit", "from ..mailing import outbox"),
        ("optin.urls", "app_name = 'wagtail_consent_optin'"),
        ("rights.fulfil", "from ..mailing import outbox"),
        ("cookies.choice", "from .. import ledger"),
    ],
)
def test_a_downward_import_is_fine(name, source):
    assert not forbidden(ast.parse(source), f"{PACKAGE}.{name}")


def test_lengths_are_reported(capsys):
    text = report(MODULES)
    with capsys.disabled():
        print(f"\n{text}")
    assert text.startswith("Functions: ")
