"""What the environment decides: folders, database, mail server, tasks.

The same site runs on an SQLite file with its own mailbox, and on PostgreSQL with a
real SMTP server and a worker.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

EXAMPLE = Path(__file__).resolve().parent.parent

TASK_BACKENDS = {
    "immediate": "wagtail_consent.threads.ThreadBackend",
    "db": "django_tasks_db.DatabaseBackend",
    "rq": "django_tasks_rq.RQBackend",
}
TASK_APPS = {"immediate": [], "db": ["django_tasks_db"], "rq": ["django_rq"]}

SQLITE_OPTIONS = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
}


def state_folder() -> Path:
    folder = Path(os.environ.get("EXAMPLE_STATE") or EXAMPLE / ".state").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def database(state: Path) -> dict[str, Any]:
    """Returns the default database: ``DATABASE_URL``, else an SQLite file."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{state / 'db.sqlite3'}"
    if url.startswith("mysql:"):
        use_pymysql()
    config = dj_database_url.parse(url, conn_max_age=0)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
    return dict(config)


def database_apps(config: dict[str, Any]) -> list[str]:
    """Returns the app that PostgreSQL's search index needs."""
    return ["django.contrib.postgres"] if "postgresql" in config["ENGINE"] else []


def use_pymysql() -> None:
    import pymysql

    pymysql.install_as_MySQLdb()


def mailer(state: Path) -> dict[str, Any]:
    """Returns the mailer: ``EMAIL_HOST``, else the site's own mailbox."""
    host = os.environ.get("EMAIL_HOST")
    if not host:
        return {
            "BACKEND": "mailbox.backend.EmailBackend",
            "OPTIONS": {"folder": str(state / "mail")},
        }
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": host, "port": int(os.environ.get("EMAIL_PORT") or 25)},
    }


def tasks() -> str:
    """Returns who does work in the background: ``immediate``, ``db`` or ``rq``."""
    name = os.environ.get("TASKS") or "immediate"
    if name not in TASK_BACKENDS:
        raise SystemExit(f"TASKS is {name!r}; choose from {', '.join(TASK_BACKENDS)}.")
    return name


def redis_url() -> str:
    return os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"
