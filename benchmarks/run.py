"""Measures what `benchmarks/catalogue.py` lists, and says whether its bounds hold.

    python benchmarks/run.py [--database sqlite|postgresql] [--only NAME]

Needs the project with its `test` extra. The databases, of up to a million contacts,
are made on first use and kept in `--state`. Exits with 1 if a bound is missed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks import report  # noqa: E402
from benchmarks.catalogue import MEASURES, Measure  # noqa: E402
from benchmarks.database import Database  # noqa: E402

ENGINES = ["sqlite", "postgresql"]
FEWEST = 1000


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    names = [measure.name for measure in MEASURES]
    add("--database", choices=ENGINES, action="append", help="default: both")
    add("--only", choices=names, action="append", help="default: all")
    add(
        "--scale", type=float, default=1, help="share of the contacts, for a quick look"
    )
    add("--rounds", type=int, help="processes for each figure, instead of the usual")
    add("--state", type=Path, default=HERE / ".state", help="folder of the databases")
    add("--server", default="postgres://postgres@127.0.0.1:5432", help="PostgreSQL")
    add("--fresh", action="store_true", help="make the databases anew")
    return parser.parse_args()


def main() -> int:
    chosen = options()
    measures = [one for one in MEASURES if one.name in (chosen.only or [one.name])]
    print(report.machine())
    missed = 0
    for engine in chosen.database or ENGINES:
        databases = prepare(chosen, engine, measures)
        first = next(iter(databases.values()))
        print(f"\n## {report.version_of(first)}")
        for measure in measures:
            rounds = measured(measure, databases, chosen)
            text, misses = report.table(measure, rounds)
            print(f"\n{text}\n\n{report.load()}", flush=True)
            missed += misses
    return 1 if missed else 0


def prepare(
    chosen: argparse.Namespace, engine: str, measures: list[Measure]
) -> dict[int, Database]:
    counts = {count for measure in measures for count in measure.contacts}
    databases = {}
    for count in sorted(counts):
        scaled = max(FEWEST, round(count * chosen.scale))
        databases[count] = Database(
            engine, scaled, chosen.state.resolve(), chosen.server
        )
        print(f"{engine}: {scaled:,} contacts …", file=sys.stderr, flush=True)
        databases[count].prepare(fresh=chosen.fresh)
    return databases


def measured(
    measure: Measure, databases: dict[int, Database], chosen: argparse.Namespace
) -> dict[int, list[dict[str, float]]]:
    """Returns each round's figures, by the number of contacts; they take turns."""
    found: dict[int, list[dict[str, float]]] = {}
    for number in range(chosen.rounds or measure.rounds):
        for count in measure.contacts:
            database = databases[count]
            print(f"{measure.name} {number + 1}", file=sys.stderr, flush=True)
            database.warm()
            figures = database.run(
                "benchmarks.measure", measure.name, database.contacts
            )
            found.setdefault(database.contacts, []).append(figures)
    return found


if __name__ == "__main__":
    sys.exit(main())
