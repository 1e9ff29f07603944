"""What all seals list, sorted on disk: a private file that vanishes when closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from .journal import Line

_TABLES = """
CREATE TABLE sealed (
    id INTEGER, subject TEXT, sequence INTEGER, hash TEXT, PRIMARY KEY (id, hash)
) WITHOUT ROWID;
CREATE TABLE removed (
    subject TEXT, sequence INTEGER, PRIMARY KEY (subject, sequence)
) WITHOUT ROWID;
CREATE TABLE uncovered (id INTEGER PRIMARY KEY, name TEXT);
"""
_UNCOVERED = """
SELECT count(*), min(id), name FROM uncovered
WHERE NOT EXISTS (SELECT 1 FROM sealed WHERE sealed.id = uncovered.id)
"""


class Sealed:
    def __init__(self) -> None:
        self._file = sqlite3.connect("")
        self._file.executescript(_TABLES)

    def close(self) -> None:
        self._file.close()

    def add(self, lines: Iterable[Line]) -> None:
        """Takes over all lines, or none if reading them fails. Twice does no harm."""
        with self._file:
            self._file.executemany(
                "INSERT OR IGNORE INTO sealed VALUES (?, ?, ?, ?)", lines
            )

    def lines(self) -> Iterator[Line]:
        """Yields the lines by the events' ids, whichever seals they came from."""
        yield from map(
            Line._make,
            self._file.execute("SELECT id, subject, sequence, hash FROM sealed"),
        )

    def miss(self, line: Line) -> None:
        """Notes a sealed event that is gone."""
        self._file.execute(
            "INSERT OR IGNORE INTO removed VALUES (?, ?)", (line.subject, line.sequence)
        )

    def is_missed(self, subject: str, sequence: int) -> bool:
        found = self._file.execute(
            "SELECT 1 FROM removed WHERE subject = ? AND sequence = ?",
            (subject, sequence),
        )
        return found.fetchone() is not None

    def leave_open(self, id: int, name: str) -> None:
        """Notes an event that no seal covers, as far as was read until now."""
        self._file.execute("INSERT INTO uncovered VALUES (?, ?)", (id, name))

    def uncovered(self) -> tuple[int, str]:
        """Returns how many events no seal covers, and the first one's name."""
        count, _, name = self._file.execute(_UNCOVERED).fetchone()
        return count, name or ""
