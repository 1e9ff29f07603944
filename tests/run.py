"""Run the tests with nothing but a Python: `python3 tests/run.py [pytest's own]`.

Makes an environment in `tests/.venv`, installs the project with its `test`
extra, looks for a Chromium and starts pytest. Arguments that aren't listed in
`--help` go to pytest; without any, the whole suite runs on all cores.
"""

import sys

if sys.version_info < (3, 10):  # noqa: UP036  (this file must parse on old ones)
    sys.exit(
        "Wagtail Consent needs Python 3.10 or newer; this is " + sys.version.split()[0]
    )

import argparse
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "example_site"), str(HERE)]

import chromium  # noqa: E402
from environment import Environment, project  # noqa: E402


def options() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        description=__doc__,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--no-install", action="store_true", help="use the interpreter it's run with")
    add("--env", type=Path, default=HERE / ".venv", help="the environment's folder")
    add("--with", dest="extra", action="append", default=[], metavar="REQUIREMENT")
    add("--lowest", action="store_true", help="oldest version of each requirement")
    return parser.parse_known_args()


def interpreter(chosen: argparse.Namespace) -> Path:
    if chosen.no_install:
        return Path(sys.executable)
    environment = Environment(chosen.env, ROOT / "pyproject.toml")
    requirements = [*project(ROOT, "test"), *chosen.extra]
    return environment.ensure(requirements, lowest=chosen.lowest)


def can_use_apt() -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None


def bring_chromium() -> None:
    """Install the system's Chromium where that's possible, else say how."""
    if chromium.find():
        return
    if can_use_apt():
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for step in (["update"], ["install", "--yes", "chromium"]):
            subprocess.run(["apt-get", "--quiet", *step], env=quiet, check=False)
    if not chromium.find():
        print(chromium.HOW_TO_GET, flush=True)


def main() -> int:
    chosen, arguments = options()
    python = interpreter(chosen)
    if not chosen.no_install:
        bring_chromium()
    command = [str(python), "-m", "pytest", *(arguments or ["-n", "auto"])]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
