"""What the environment decides for the test settings.

DATABASE_URL, REDIS_URL and TESTS_STATE (a folder, temporary by default).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url


def state_folder() -> Path:
    """Return this process's own folder below TESTS_STATE.

    The first process makes the folder and removes it; those that it starts inherit
    the variable and get a folder of their own inside.
    """
    if "TESTS_STATE" not in os.environ:
        os.environ["TESTS_STATE"] = tempfile.mkdtemp(prefix="wagtail-consent-")
        atexit.register(shutil.rmtree, os.environ["TESTS_STATE"], ignore_errors=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(os.environ["TESTS_STATE"]) / worker
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def database(state: Path) -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL, or for an SQLite file.

    A file, not memory: live servers and workers read it from other threads and
    processes.
    """
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{state / 'db.sqlite3'}"
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    return _ADAPTED.get(config["ENGINE"].rpartition(".")[2], dict)(config)


def redis_url() -> str:
    return os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/15"


def _sqlite(config: dict[str, Any]) -> dict[str, Any]:
    options = {"timeout": 20, "transaction_mode": "IMMEDIATE"}
    options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    name = Path(config["NAME"])
    test = {"NAME": str(name.with_name(f"test_{name.name}"))}
    return config | {"OPTIONS": options, "TEST": test}


def _mysql(config: dict[str, Any]) -> dict[str, Any]:
    import pymysql

    # Django asks for a version of mysqlclient, for which PyMySQL stands in.
    pymysql.version_info = (2, 2, 8, "final", 0)
    pymysql.install_as_MySQLdb()
    test = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_general_ci"}
    return config | {"OPTIONS": {"charset": "utf8mb4"}, "TEST": test}


_ADAPTED = {"sqlite3": _sqlite, "mysql": _mysql}
