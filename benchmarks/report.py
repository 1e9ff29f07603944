"""What was found, as Markdown."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.catalogue import Measure
from benchmarks.database import Database

Rounds = dict[int, list[dict[str, float]]]


def machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "Wagtail"))
    return (
        f"{date.today()}; {os.cpu_count()} cores ({_processor()}), {_memory()}; "
        f"{platform.system()}, Python {platform.python_version()}, {packages}\n{load()}"
    )


def load() -> str:
    return "Load: " + ", ".join(f"{average:.2f}" for average in os.getloadavg())


def version_of(database: Database) -> str:
    if database.engine == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    import psycopg

    with psycopg.connect(database.url) as connection:
        return f"PostgreSQL {connection.info.parameter_status('server_version')}"


def table(measure: Measure, rounds: Rounds) -> tuple[str, int]:
    """Returns the figures and what became of the bounds, and how many were missed."""
    figures = {count: _medians(found) for count, found in rounds.items()}
    heads = [f"{count:,} contacts" for count in rounds]
    lines = [
        f"### {measure.name}",
        "",
        f"| {' | '.join(['', *heads])} |",
        f"| {' | '.join(['---', *['---:'] * len(heads)])} |",
        *(_row(name, rounds) for name in next(iter(figures.values()))),
        "",
    ]
    missed = 0
    for bound in measure.bounds:
        value = bound.value(figures)
        missed += value > bound.most
        word = "kept" if value <= bound.most else "**missed**"
        lines.append(f"- {bound}: {_spelled(value)}, {word}")
    return "\n".join(lines), missed


def _medians(found: list[dict[str, float]]) -> dict[str, float]:
    return {name: median(each[name] for each in found) for name in found[0]}


def _row(name: str, rounds: Rounds) -> str:
    cells = [_cell([each[name] for each in found]) for found in rounds.values()]
    return f"| {' | '.join([name, *cells])} |"


def _cell(values: list[float]) -> str:
    middle = _spelled(median(values))
    spread = f"{_spelled(min(values))}–{_spelled(max(values))}"
    return middle if min(values) == max(values) else f"{middle} ({spread})"


def _spelled(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB of memory"
