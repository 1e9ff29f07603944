"""The reference names all there is; the samples of README and tutorial run."""

import ast
import importlib
import pkgutil
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.dispatch import Signal
from django.template import Library, engines
from django.urls import include, path
from django.utils.module_loading import import_string

import wagtail_consent
from tests.architecture import PACKAGE, modules
from tests.samples import Sample, everywhere, followed, reference, samples
from wagtail_consent.conf import DEFAULTS

REFERENCE = reference()
README = followed()[0].read_text(encoding="utf-8")
CHECK_ID = re.compile(rf"^{PACKAGE}\w*\.[EWI]\d{{3}}$")
MODELS = {"AbstractDocument", "Page", "models.Model"}
MANAGE = re.compile(r"^(?:python3? )(?:\S*/)?manage\.py (?P<arguments>.+)$")


def documented(name: str) -> bool:
    return f"`{name}`" in REFERENCE


def package_modules(kind: str) -> Iterator[str]:
    """Yield the dotted names of the package's modules below a folder or name."""
    for module in pkgutil.walk_packages(wagtail_consent.__path__, f"{PACKAGE}."):
        if kind in module.name.split(".") and not module.ispkg:
            yield module.name


def check_ids() -> set[str]:
    return {found for module in modules() for found in ids_in(module.tree)}


def ids_in(tree: ast.Module) -> Iterator[str]:
    """Yield the ids of a module's checks: `"room.E001"` or `f"{LABEL}.E001"`."""
    constants = {
        ast.unparse(node.targets[0]): ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.Constant):
            text = ast.unparse(node).removeprefix("f").strip("'\"")
            for name, value in constants.items():
                text = text.replace(f"{{{name}}}", value.strip("'\""))
            if CHECK_ID.match(text):
                yield text


def signals() -> set[str]:
    names = package_modules("signals")
    found = (vars(importlib.import_module(name)).items() for name in names)
    return {
        name for items in found for name, value in items if isinstance(value, Signal)
    }


def tags() -> set[str]:
    libraries = [
        import_string(f"{n}.register") for n in package_modules("templatetags")
    ]
    assert all(isinstance(library, Library) for library in libraries)
    return {name for lib in libraries for name in (*lib.tags, *lib.filters)}


def commands() -> set[str]:
    return {name for name, app in get_commands().items() if app.startswith(PACKAGE)}


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_setting_is_documented(name):
    assert documented(name)


def test_no_other_setting_is_documented():
    page = (followed()[0].parent / "docs/reference/settings.md").read_text()
    assert set(re.findall(r"^`([A-Z_]+)`$", page, re.M)) == set(DEFAULTS)


@pytest.mark.parametrize("name", sorted(check_ids()))
def test_check_is_documented(name):
    assert documented(name)


def test_no_other_check_is_documented():
    found = set(re.findall(rf"`({PACKAGE}\w*\.[EWI]\d{{3}})`", REFERENCE))
    assert found == check_ids()


@pytest.mark.parametrize("name", sorted(signals()))
def test_signal_is_documented(name):
    assert documented(name)


@pytest.mark.parametrize("name", sorted(tags()))
def test_tag_is_documented(name):
    assert documented(name)


@pytest.mark.parametrize("name", sorted(commands()))
def test_command_is_documented(name):
    assert documented(name)


def of(kind: str, found: Iterator[Sample]) -> list[Sample]:
    return [sample for sample in found if sample.kind == kind]


@pytest.mark.parametrize("sample", of("python", samples(everywhere())), ids=str)
def test_python_sample_compiles(sample):
    compile(sample.code, str(sample), "exec")


def runnable(sample: Sample) -> ast.Module:
    """Return the sample; without its models, which need an app to belong to."""
    tree = ast.parse(sample.code)
    tree.body = [node for node in tree.body if not is_model(node)]
    return tree


def is_model(node: ast.stmt) -> bool:
    bases = getattr(node, "bases", [])
    return not MODELS.isdisjoint(map(ast.unparse, bases))


def a_project(folder: Path) -> dict[str, Any]:
    """What the settings and the URL conf of every project have already."""
    return {
        "BASE_DIR": folder,
        "DATABASES": {"default": {}},
        "INSTALLED_APPS": [],
        "include": include,
        "path": path,
        "urlpatterns": [],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("sample", of("python", samples(followed())), ids=str)
def test_python_sample_runs(sample, tmp_path):
    """A sample runs as it stands, in a module that has what every project has."""
    project = a_project(tmp_path)
    exec(compile(runnable(sample), str(sample), "exec"), project)  # noqa: S102
    assert set(project.get("WAGTAIL_CONSENT", {})) <= set(DEFAULTS)
    for app in project["INSTALLED_APPS"]:
        assert app is ... or importlib.import_module(app)


@pytest.mark.parametrize("kind", ["html+django", "django"])
def test_template_samples_compile(kind):
    for sample in of(kind, samples(everywhere())):
        engines["django"].from_string(sample.code)


@pytest.mark.parametrize("sample", of("console", samples(everywhere())), ids=str)
def test_console_sample_names_real_commands(sample, settings):
    """Each `manage.py` line parses: the command and all its options exist."""
    # One command only takes options where tasks lie in the database.
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for line in sample.commands:
        if typed := MANAGE.match(line.replace(".venv/bin/", "")):
            name, *arguments = shlex.split(typed["arguments"])
            command = load_command_class(get_commands()[name], name)
            command.create_parser("manage.py", name).parse_args(arguments)


@pytest.mark.parametrize("target", re.findall(r"\]\((?!http)([^)#]+)", README))
def test_what_the_readme_links_to_is_there(target):
    assert (followed()[0].parent / target).exists()


def test_the_pictures_are_small():
    pictures = list((followed()[0].parent / "docs" / "images").iterdir())
    assert sum(picture.stat().st_size for picture in pictures) < 1_500_000
