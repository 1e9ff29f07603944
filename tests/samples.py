"""The code samples of the documentation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"^ *```(?P<kind>\S+)\n(?P<code>.*?)^ *```$", re.M | re.S)


@dataclass(frozen=True)
class Sample:
    """One fenced block, with the line that it begins at."""

    kind: str
    code: str
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"

    @property
    def commands(self) -> list[str]:
        """The lines of a console block that somebody types, continued ones joined."""
        joined = self.code.replace("\\\n", " ")
        lines = (line.strip().removeprefix("$ ") for line in joined.splitlines())
        return [line for line in lines if line and not line.startswith("#")]


def samples(paths: list[Path]) -> Iterator[Sample]:
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for fence in FENCE.finditer(text):
            line = text.count("\n", 0, fence.start()) + 1
            yield Sample(fence["kind"], dedented(fence), path, line)


def dedented(fence: re.Match[str]) -> str:
    indent = len(fence.group()) - len(fence.group().lstrip(" "))
    lines = fence["code"].splitlines(keepends=True)
    return "".join(line[indent:] if line.strip() else line for line in lines)


def followed() -> list[Path]:
    """What a newcomer reads and types from: README and tutorial."""
    return [ROOT / "README.md", *sorted((DOCS / "tutorial").rglob("*.md"))]


def everywhere() -> list[Path]:
    return [*followed(), *sorted((DOCS / "how-to").rglob("*.md"))]


def reference() -> str:
    """Return the text of the whole reference."""
    pages = sorted((DOCS / "reference").rglob("*.md"))
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)
