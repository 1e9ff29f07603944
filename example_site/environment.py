"""A virtual environment made, and kept, by the standard library alone.

Both start scripts use it: `example_site/run.py` and `tests/run.py`. Whatever a
stamp inside the environment says is installed is not installed again.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

STAMP = "wagtail-consent.stamp"

NO_VENV = """\
This Python can't make a virtual environment: it came without venv or pip.
  Debian, Ubuntu:  sudo apt install python3-venv
  elsewhere:       python3 -m pip install --user virtualenv
Or install the requirements yourself and start this script with --no-install."""


class Environment:
    """A folder with an interpreter and packages of its own.

    Args:
        folder: where it lies; made when missing, remade for another Python.
        pyproject: the project file; the environment follows its changes.
    """

    def __init__(self, folder: Path, pyproject: Path) -> None:
        self.folder = folder.resolve()
        self.pyproject = pyproject

    @property
    def python(self) -> Path:
        name = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        return self.folder / name

    def ensure(self, requirements: Iterable[str], *, lowest: bool = False) -> Path:
        """Install what's missing and return the interpreter.

        Args:
            requirements: arguments for `pip install`.
            lowest: take the oldest version that each direct requirement allows.

        Raises:
            SystemExit: nothing could be installed; the message says what to do.
        """
        requirements = list(requirements)
        state = self._state(requirements, lowest)
        if not self._holds(state):
            self._make()
            self._install(requirements, lowest)
            (self.folder / STAMP).write_text("\n".join(state), encoding="utf-8")
        return self.python

    def _state(self, requirements: list[str], lowest: bool) -> list[str]:
        """What the stamp must say: the interpreter, then what it has installed."""
        project = self.pyproject.read_bytes() if self.pyproject.exists() else b""
        wanted = repr((requirements, lowest)).encode()
        digest = hashlib.sha256(project + wanted).hexdigest()
        return [f"{sys.version} {self.folder}".replace("\n", " "), digest]

    def _stamp(self) -> list[str]:
        try:
            return (self.folder / STAMP).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return []

    def _holds(self, state: list[str]) -> bool:
        return self.python.exists() and self._stamp() == state

    def _make(self) -> None:
        if self.folder.exists() and not (self.folder / "pyvenv.cfg").exists():
            sys.exit(f"{self.folder} is in the way: it is no virtual environment.")
        if not self._reusable():
            print(f"Making an environment in {self.folder} …", flush=True)
            shutil.rmtree(self.folder, ignore_errors=True)
            self._create()
        (self.folder / STAMP).unlink(missing_ok=True)

    def _reusable(self) -> bool:
        version = self._state([], False)[0]
        return self.python.exists() and self._stamp()[:1] == [version]

    def _create(self) -> None:
        linked = os.name != "nt"
        if importlib.util.find_spec("ensurepip"):
            venv.create(self.folder, symlinks=linked, with_pip=True)
        elif importlib.util.find_spec("virtualenv"):
            run([sys.executable, "-m", "virtualenv", "--quiet", self.folder])
        elif importlib.util.find_spec("pip"):
            venv.create(self.folder, symlinks=linked, with_pip=False)
            pip = [sys.executable, "-m", "pip", "--python", self.python]
            run([*pip, "install", "--quiet", "pip"])
        else:
            sys.exit(NO_VENV)

    def _install(self, requirements: list[str], lowest: bool) -> None:
        print("Installing, which takes a minute the first time …", flush=True)
        pip = [self.python, "-m", "pip", "install", "--quiet"]
        pip += ["--disable-pip-version-check"]
        if not lowest:
            return run([*pip, "--upgrade", *requirements])
        run([*pip, "uv"])
        uv = [self.python, "-m", "uv", "pip", "install", "--quiet"]
        uv += ["--python", self.python, "--resolution", "lowest-direct"]
        return run([*uv, *requirements])


def run(command: Iterable[str | Path]) -> None:
    """Run a program and stop with its exit code when it fails."""
    arguments = [str(argument) for argument in command]
    code = subprocess.run(arguments, check=False).returncode
    if code:
        print(f"Failed: {' '.join(arguments)}", file=sys.stderr)
        sys.exit(code)


def project(folder: Path, extra: str) -> list[str]:
    """Return pip's arguments for this package with an extra.

    In a checkout that is the checkout itself; in a copy of a single folder, the
    published package.
    """
    if (folder / "pyproject.toml").exists():
        return ["--editable", f"{folder}[{extra}]"]
    return [f"wagtail-consent[{extra}]"]
