"""Two commands that need nothing but a Python: their environments and refusals."""

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "example_site" / "run.py"
TESTS = ROOT / "tests" / "run.py"

INFO = "nothing-1.dist-info"
WHEEL = {
    "nothing.py": "",
    f"{INFO}/METADATA": "Metadata-Version: 2.1\nName: nothing\nVersion: 1\n",
    f"{INFO}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{INFO}/RECORD": "",
}

ENSURE = """
import sys
from pathlib import Path
sys.path.insert(0, {scripts!r})
from environment import Environment
made = Environment(Path("env"), Path("pyproject.toml"))
print(made.ensure(["--no-index", "./nothing-1-py3-none-any.whl"]))
"""


def start(script: Path, *arguments: str, **environ: str):
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def ensure(tmp_path):
    """Make, or keep, an environment with one package in it, as the scripts do."""
    with zipfile.ZipFile(tmp_path / "nothing-1-py3-none-any.whl", "w") as wheel:
        for name, text in WHEEL.items():
            wheel.writestr(name, text)
    (tmp_path / "pyproject.toml").touch()
    code = ENSURE.format(scripts=str(EXAMPLE.parent))

    def ensured():
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return ensured


def imports_package(python: str) -> bool:
    done = subprocess.run([python, "-c", "import nothing"], check=False)
    return done.returncode == 0


@pytest.mark.slow
def test_environment_is_made_once_and_follows_the_project_file(ensure, tmp_path):
    first = ensure()
    assert "Making an environment" in first.stdout, first.stderr
    assert imports_package(first.stdout.split("\n")[-2])

    second = ensure()
    assert second.stdout.split("\n") == [first.stdout.split("\n")[-2], ""]

    (tmp_path / "pyproject.toml").write_text("[project]\n")
    third = ensure()
    assert "Installing" in third.stdout
    assert "Making" not in third.stdout


def test_environment_takes_no_folder_that_holds_something_else(ensure, tmp_path):
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "diary.txt").write_text("mine")
    done = ensure()
    assert done.returncode
    assert "in the way" in done.stderr
    assert (tmp_path / "env" / "diary.txt").read_text() == "mine"


@pytest.mark.parametrize("script", [EXAMPLE, TESTS], ids=lambda path: path.parent.name)
def test_an_old_python_is_told_so(script):
    """The file parses on Python 3.6, and looks at the version before all else."""
    source = script.read_text(encoding="utf-8")
    _docstring, first, check, *_ = ast.parse(source, feature_version=(3, 6)).body
    assert ast.unparse(first) == "import sys"
    assert ast.unparse(check.test) == "sys.version_info < (3, 10)"


def test_fresh_start_deletes_nobody_elses_folder(tmp_path):
    (tmp_path / "diary.txt").write_text("mine")
    done = start(
        EXAMPLE,
        *("--fresh", "--setup-only", "--no-install"),
        EXAMPLE_STATE=str(tmp_path),
    )
    assert done.returncode
    assert "not deleted" in done.stderr
    assert (tmp_path / "diary.txt").read_text() == "mine"


def test_a_taken_port_is_named(tmp_path, smtp):
    done = start(
        EXAMPLE,
        *("--no-install", "--port", str(smtp.port)),
        EXAMPLE_STATE=str(tmp_path),
    )
    assert done.returncode
    assert f"Port {smtp.port} is in use" in done.stderr
    assert "--port" in done.stderr


def test_unknown_arguments_go_to_pytest():
    done = start(TESTS, "--no-install", "--version")
    assert done.returncode == 0
    assert "pytest" in done.stdout + done.stderr
