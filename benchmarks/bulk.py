"""Millions of rows, written as fast as the database takes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

Row = tuple[Any, ...]


def write(rows: dict[type[models.Model], list[Row]]) -> None:
    """Writes rows whose values stand in the order of their model's columns."""
    with transaction.atomic():
        for model, its_rows in rows.items():
            (_copy if connection.vendor == "postgresql" else _insert)(model, its_rows)


def settle(chosen: Iterable[type[models.Model]]) -> None:
    """Lets keys go on behind the rows, and the planner know of them."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(chosen)):
            cursor.execute(sql)
        cursor.execute("VACUUM ANALYZE" if _is_postgresql() else "ANALYZE")


def hurry() -> None:
    """Trades safety for time in this connection: what is lost is made anew."""
    statements = (
        ["SET synchronous_commit = off"]
        if _is_postgresql()
        else ["PRAGMA synchronous = OFF", "PRAGMA cache_size = -2000000"]
    )
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _copy(model: type[models.Model], rows: list[Row]) -> None:
    sql = f"COPY {_target(model)} FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in _plain(model, rows, {models.JSONField: json.dumps}):
            copy.write_row(row)


def _insert(model: type[models.Model], rows: list[Row]) -> None:
    marks = ", ".join("?" for _field in model._meta.concrete_fields)
    sql = f"INSERT INTO {_target(model)} VALUES ({marks})"  # noqa: S608
    types = {
        models.JSONField: json.dumps,
        models.UUIDField: lambda value: value.hex,
        models.DateTimeField: connection.ops.adapt_datetimefield_value,
    }
    connection.ensure_connection()
    connection.connection.executemany(sql, _plain(model, rows, types))


def _target(model: type[models.Model]) -> str:
    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return f'"{model._meta.db_table}" ({names})'


def _plain(
    model: type[models.Model], rows: list[Row], types: dict[type, Callable]
) -> Iterable[Row]:
    converters = [types.get(type(field)) for field in model._meta.concrete_fields]
    for row in rows:
        yield tuple(
            convert(value) if convert and value is not None else value
            for convert, value in zip(converters, row, strict=True)
        )
