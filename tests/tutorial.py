"""A page of the docs, followed: its files are written, its commands typed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.example import clean_environ, fetch, until
from tests.samples import ROOT, Sample, samples
from tests.smtp import free_port

FILE = re.compile(r"`([\w/]+\.(?:py|html))`")
EMPHASIS = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
PASSWORD = "a-password-of-the-tests"
# What `createsuperuser` asks for.
ANSWERS = {"USERNAME": "admin", "EMAIL": "admin@example.com", "PASSWORD": PASSWORD}


class Section:
    """What stands below one heading."""

    def __init__(self, title: str, text: str, found: list[Sample]) -> None:
        self.title = title
        self.text = text
        self.samples = found

    @property
    def steps(self) -> list[str]:
        """Names of what is to be opened, pressed or filled in, in their order."""
        numbered = self.text[self.text.find("\n1. ") :] if "\n1. " in self.text else ""
        return [" ".join(name.split()) for name in EMPHASIS.findall(numbered)]


def sections(page: Path) -> Iterator[Section]:
    text = page.read_text(encoding="utf-8")
    found = list(samples([page]))
    starts = [match.start() for match in re.finditer(r"^##? ", text, re.M)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        first, last = (text.count("\n", 0, place) + 1 for place in (start, end))
        title = text[start:].splitlines()[0].strip("# ")
        inside = [one for one in found if first <= one.line < last]
        yield Section(title, text[start:end], inside)


def paragraph_before(sample: Sample) -> str:
    lines = sample.path.read_text(encoding="utf-8").splitlines()[: sample.line - 1]
    return "\n".join(lines).strip().rpartition("\n\n")[2]


class Reader:
    """Somebody who does what a page says, and nothing else.

    Three things differ from a person at a terminal: the port is one that is free, the
    package is the one under test, and `createsuperuser` is answered by variables.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.printed: dict[str, str] = {}
        self._asked = ""
        self._stack = ExitStack()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    @property
    def environ(self) -> dict[str, str]:
        answers = {f"DJANGO_SUPERUSER_{name}": text for name, text in ANSWERS.items()}
        path = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        return {**clean_environ(), **answers, **path}

    def follow(self, sample: Sample) -> None:
        if sample.kind == "console":
            for command in sample.commands:
                self.type(command)
        elif self._asked:
            command, self._asked = self._asked, ""
            self.printed[command] = self.run(shlex.split(command), sample.code)
        else:
            self.write(paragraph_before(sample), sample.code)

    def write(self, instruction: str, code: str) -> None:
        [name] = FILE.findall(instruction)
        path = self.folder / name
        assert path.exists(), f"{name}, which the page tells to change, isn't there."
        at_the_end = "At the end of" in instruction
        before = path.read_text(encoding="utf-8") + "\n\n" if at_the_end else ""
        path.write_text(before + code, encoding="utf-8")

    def type(self, command: str) -> None:
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder = self.folder / words[1]
        elif "pip" in words:
            assert words[-1] == "wagtail-consent"
        elif words[-1] == "shell":
            self._asked = command
        elif words[-1] == "runserver":
            self.serve([*words, f"localhost:{self.port}", "--noreload"])
        elif words[-1] == "createsuperuser":
            self.run([*words, "--noinput"])
        else:
            self.run(words)

    def run(self, words: list[str], typed: str = "") -> str:
        done = subprocess.run(  # noqa: S603
            program(words),
            cwd=self.folder,
            env=self.environ,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def serve(self, words: list[str]) -> None:
        # A file, not a pipe: nobody empties a pipe, and the server would block.
        self._terminal = self._stack.enter_context(tempfile.TemporaryFile())
        server = subprocess.Popen(  # noqa: S603
            program(words),
            cwd=self.folder,
            env=self.environ,
            stdout=self._terminal,
            stderr=subprocess.STDOUT,
        )
        self._stack.callback(server.wait, timeout=30)
        self._stack.callback(server.terminate)
        until(lambda: fetch(f"{self.base}/"), self.terminal)

    def terminal(self) -> str:
        """What the server has printed so far."""
        size = os.fstat(self._terminal.fileno()).st_size
        return os.pread(self._terminal.fileno(), size, 0).decode()


def program(words: list[str]) -> list[str]:
    """The commands of this interpreter's environment."""
    if words[0] == "python":
        return [sys.executable, *words[1:]]
    return [str(Path(sys.executable).with_name(words[0])), *words[1:]]
