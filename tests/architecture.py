"""What the package imports and how long its functions are, read from its source.

`python -m tests.architecture` prints the lengths: a report, not a limit.
"""

import ast
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "wagtail_consent"
ROOT = Path(__file__).resolve().parent.parent

# Each room and what it may import beside itself. Those that aren't built yet stand
# here already, so that the first of their modules finds its arrows drawn.
MAY_IMPORT = {
    "core": set(),
    "mailing": {"core"},
    "optin": {"core", "mailing"},
    "rights": {"core", "mailing"},
    "cookies": {"core"},
    "automation": {"core"},
}
ROOMS = "|".join(sorted(MAY_IMPORT.keys() - {"core"}))

# Names in strings: import_string(), apps.get_model(), reverse(), include(), labels.
NAMED = re.compile(rf"^{PACKAGE}(?:[._](?P<room>{ROOMS}))?(?=$|[.:])")


@dataclass(frozen=True)
class Module:
    """One source file of the package under its dotted name."""

    name: str
    path: Path

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"


def modules(root: Path = ROOT) -> list[Module]:
    return [
        Module(dotted(path.relative_to(root)), path)
        for path in sorted((root / PACKAGE).rglob("*.py"))
    ]


def dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(name: str) -> str | None:
    """Return the room of a dotted name, `core` for the rest of the package."""
    found = NAMED.match(name)
    return (found["room"] or "core") if found else None


def imports(tree: ast.AST, name: str, is_package: bool) -> Iterator[str]:
    """Yield every name that is imported, at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = origin(node, name, is_package)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def origin(node: ast.ImportFrom, name: str, is_package: bool) -> str:
    """Return the absolute name of what a `from … import` reads."""
    if not node.level:
        return node.module or ""
    up = node.level - 1 if is_package else node.level
    base = name.split(".")
    base = base[: len(base) - up]
    return ".".join([*base, *([node.module] if node.module else [])])


def named_in_strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings that name a part of the package, docstrings left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if NAMED.match(node.value):
                yield node.value


def reached(tree: ast.AST, name: str, is_package: bool) -> set[str]:
    """Return all parts of the package that a module reaches for, lazily too."""
    names = {*imports(tree, name, is_package), *named_in_strings(tree)}
    return {found for found in names if room(found)}


def forbidden(tree: ast.AST, name: str, is_package: bool = False) -> set[str]:
    """Return what a module reaches for against the arrows."""
    own = room(name) or "core"
    allowed = {own, *MAY_IMPORT[own]}
    return {
        found for found in reached(tree, name, is_package) if room(found) not in allowed
    }


def function_lengths(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, node.name


def report(sources: Iterable[Module]) -> str:
    """Return the lengths of functions and files, the longest by name."""
    files, functions = [], []
    for module in sources:
        if ".migrations" in module.name:
            continue
        lines = len(module.path.read_text(encoding="utf-8").splitlines())
        files.append((lines, module.name))
        for length, name in function_lengths(module.tree):
            functions.append((length, f"{module.name}.{name}"))
    return "\n".join([*summary("Functions", functions), *summary("Files", files)])


def summary(title: str, measured: list[tuple[int, str]]) -> Iterator[str]:
    measured.sort(reverse=True)
    lengths = [length for length, _ in measured]
    ninth = statistics.quantiles(lengths, n=10)[-1] if len(lengths) > 1 else lengths[0]
    yield (
        f"{title}: {len(lengths)}, median {statistics.median(lengths):g} lines, "
        f"nine in ten under {ninth:.0f}, longest:"
    )
    yield from (f"  {length:4} {name}" for length, name in measured[:5])


if __name__ == "__main__":
    print(report(modules()))
