"""A database for each number of contacts, made once and kept until its code changes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What the rows depend on.
SOURCES = [
    "benchmarks/population.py",
    "benchmarks/seed.py",
    "wagtail_consent/chain.py",
    "wagtail_consent/journal.py",
    "wagtail_consent/keys.py",
]
# The extension comes with PostgreSQL.
PREWARM = """
CREATE EXTENSION IF NOT EXISTS pg_prewarm;
SELECT pg_prewarm(oid::regclass, 'read') FROM pg_class
WHERE relkind IN ('r', 'i') AND relname LIKE 'wagtail_consent%';
"""


@dataclass(frozen=True)
class Database:
    """Where so many contacts are: a database, and a folder for seals and files."""

    engine: str
    contacts: int
    state: Path
    server: str

    @property
    def folder(self) -> Path:
        return self.state / f"{self.engine}-{self.contacts}"

    @property
    def url(self) -> str:
        if self.engine == "sqlite":
            return f"sqlite:///{self.folder / 'db.sqlite3'}"
        return f"{self.server}/{self.name}"

    @property
    def name(self) -> str:
        return f"wagtail_consent_benchmark_{self.contacts}"

    def prepare(self, *, fresh: bool = False) -> None:
        """Makes the database, unless there is one that this code made."""
        ready = self.folder / "ready"
        version = fingerprint()
        if not fresh and ready.exists() and ready.read_text() == version:
            return
        self.remove()
        self.folder.mkdir(parents=True)
        if self.engine == "postgresql":
            self._execute(f'CREATE DATABASE "{self.name}"')
        self.run("benchmarks.seed", self.contacts)
        ready.write_text(version)

    def warm(self) -> None:
        """Brings it into the operating system's cache, as it is on a busy server."""
        if self.engine == "postgresql":
            self._execute(PREWARM, self.name)
            return
        with (self.folder / "db.sqlite3").open("rb", buffering=0) as file:
            while file.read(2**24):
                pass

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.engine == "postgresql":
            self._execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def run(self, module: str, *arguments: object) -> dict[str, float]:
        """Runs a module in a process of its own; returns the JSON it ends with.

        Raises:
            CalledProcessError: it failed.
        """
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": self.url,
                "TESTS_STATE": str(self.folder),
                "PYTHONHASHSEED": "0",
            },
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def _execute(self, sql: str, name: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(f"{self.server}/{name}", autocommit=True) as connection:
            connection.execute(sql)


def fingerprint() -> str:
    """Returns the SHA-256 of all that decides what lies in a database."""
    migrations = (ROOT / "wagtail_consent").rglob("migrations/*.py")
    paths = sorted([*migrations, *(ROOT / source for source in SOURCES)])
    content = b"".join(path.read_bytes() for path in paths)
    return hashlib.sha256(content).hexdigest()
