"""Triggers: the database itself refuses to change or delete proof.

Threat: a slip in a shell, a careless migration or another program on the same
database. Who may drop triggers can still do harm: `verify` names that. PostgreSQL
refuses UPDATE, DELETE and TRUNCATE; SQLite UPDATE, DELETE and REPLACE; MySQL and
MariaDB UPDATE and DELETE (they fire no trigger on TRUNCATE).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from django.db import DatabaseError, connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import ConsentEvent, Notice

logger = logging.getLogger(__name__)

MESSAGE = "Rows of this table are never changed and never deleted."

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION wagtail_consent_refuse() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql
"""
_BODIES = {
    "sqlite": f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    "postgresql": "EXECUTE FUNCTION wagtail_consent_refuse()",
    "mysql": f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{MESSAGE}'",
}
_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgenabled <> 'D' AND pg_table_is_visible(pg_class.oid)"
    ),
    "mysql": (
        "SELECT trigger_name FROM information_schema.triggers "
        "WHERE trigger_schema = DATABASE()"
    ),
}


_guarded: list[type[models.Model]] = [Notice, ConsentEvent]


@dataclass(frozen=True, slots=True)
class Guard:
    name: str
    table: str
    action: str
    condition: str

    def creation(self, vendor: str) -> str:
        head = f"CREATE TRIGGER {self.name} BEFORE {self.action} ON {self.table}"
        return f"{head} {self.condition} {_BODIES[vendor]}"

    def removal(self, vendor: str) -> str:
        place = f" ON {self.table}" if vendor == "postgresql" else ""
        return f"DROP TRIGGER IF EXISTS {self.name}{place}"


def register(model: type[models.Model]) -> None:
    """Guards a room's model too; call it in ``AppConfig.ready``."""
    if model not in _guarded:
        _guarded.append(model)


def install(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers that are missing; where it may not, it logs that."""
    try:
        with _atomic(connection), connection.cursor() as cursor:
            _create(connection, cursor)
    except DatabaseError as error:
        logger.warning("The database's guards could not be installed: %s", error)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Returns the names of the triggers that aren't there, or are turned off."""
    with connection.cursor() as cursor:
        return [guard.name for guard in _missing(connection, cursor)]


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Takes the triggers away for as long as the block lasts: for tests alone.

    It changes the schema, which ends a transaction on MySQL and MariaDB.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in _guards(connection):
            cursor.execute(guard.removal(connection.vendor))
    try:
        yield
    finally:
        install(connection)


def _create(connection: BaseDatabaseWrapper, cursor: object) -> None:
    absent = _missing(connection, cursor)
    if absent and connection.vendor == "postgresql":
        cursor.execute(_FUNCTION)
    for guard in absent:
        cursor.execute(guard.creation(connection.vendor))


def _atomic(connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
    if connection.features.can_rollback_ddl:
        return transaction.atomic(using=connection.alias)
    return nullcontext()


def _missing(connection: BaseDatabaseWrapper, cursor: object) -> list[Guard]:
    guards = _guards(connection)
    if not guards:
        return []
    cursor.execute(_INSTALLED[connection.vendor])
    installed = {name for (name,) in cursor.fetchall()}
    return [guard for guard in guards if guard.name not in installed]


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    if connection.vendor not in _BODIES:
        return []
    present = set(connection.introspection.table_names())
    return [
        guard
        for model in _guarded
        if model._meta.db_table in present
        and router.allow_migrate_model(connection.alias, model)
        for guard in _guards_of(model, connection.vendor)
    ]


def _guards_of(model: type[models.Model], vendor: str) -> Iterator[Guard]:
    table = model._meta.db_table
    rows = "" if vendor == "sqlite" else "FOR EACH ROW"
    yield Guard(f"{table}_no_update", table, "UPDATE", rows)
    yield Guard(f"{table}_no_delete", table, "DELETE", rows)
    if vendor == "postgresql":
        yield Guard(f"{table}_no_truncate", table, "TRUNCATE", "FOR EACH STATEMENT")
    if vendor == "sqlite":
        yield Guard(f"{table}_no_replace", table, "INSERT", _clash(model))


def _clash(model: type[models.Model]) -> str:
    """SQLite's REPLACE deletes the row in its way without firing a trigger."""
    unique = [constraint.fields for constraint in model._meta.constraints]
    unique += [[field.column] for field in model._meta.fields if field.unique]
    same = [" AND ".join(f"{name} = NEW.{name}" for name in names) for names in unique]
    found = f"SELECT 1 FROM {model._meta.db_table} WHERE {' OR '.join(same)}"  # noqa: S608
    return f"WHEN EXISTS ({found})"
