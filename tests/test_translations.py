"""German is complete, and what is compiled is what was translated."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wagtail_consent
from tests.conftest import need

PACKAGE = Path(wagtail_consent.__file__).parent
CATALOGUE = Path("locale/de/LC_MESSAGES/django.po")
PO = PACKAGE / CATALOGUE
SETTINGS = "DJANGO_SETTINGS_MODULE"
MSGID = re.compile(r'^msg(?:id|id_plural|ctxt) ((?:".*"\n)+)', re.M)


@pytest.fixture(autouse=True)
def tools():
    need(shutil.which("msgfmt"), "No gettext found; install it: apt install gettext")


def run(*command: str | Path, cwd: Path = PACKAGE) -> str:
    env = {key: os.environ[key] for key in os.environ if key != SETTINGS}
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout + done.stderr


def messages(path: Path) -> dict:
    with path.open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog
    return {key: text for key, text in catalogue.items() if key}


def marked(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8").partition("#~")[0]
    return {re.sub(r'"\n"|\n', "", found) for found in MSGID.findall(text)}


def test_every_text_is_translated():
    statistics = run("msgfmt", "--check", "--statistics", "-o", "/dev/null", PO)
    assert "fuzzy" not in statistics
    assert "untranslated" not in statistics


def test_compiled_catalogue_is_fresh(tmp_path):
    run("msgfmt", "-o", tmp_path / "django.mo", PO)
    assert messages(tmp_path / "django.mo") == messages(PO.with_suffix(".mo"))


def test_no_text_is_missing_from_the_catalogue(tmp_path):
    copy = tmp_path / PACKAGE.name
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    # Not "python -m django": with the package as its folder, it would import `html`.
    admin = shutil.which("django-admin", path=Path(sys.executable).parent)
    run(admin, "makemessages", "--locale", "de", "--no-obsolete", cwd=copy)
    assert marked(copy / CATALOGUE) == marked(PO)
