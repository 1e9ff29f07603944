"""Proof can't be changed: neither through the models nor past them, in SQL.

PostgreSQL also refuses TRUNCATE, SQLite also REPLACE; MySQL and MariaDB fire no
trigger on TRUNCATE.
"""

import logging

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests import factories
from wagtail_consent import guards
from wagtail_consent.cookies.models import BannerRevision
from wagtail_consent.models import ConsentEvent, ImmutableRow, Notice, NoticeKind

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# What changes the schema ends a transaction on MySQL and MariaDB.
alters_schema = pytest.mark.django_db(transaction=True)


def notice():
    digest = Notice.digest_of("statement", "en", "Yes.")
    return Notice.objects.create(
        kind=NoticeKind.STATEMENT, language="en", body="Yes.", digest=digest
    )


def banner():
    digest = BannerRevision.digest_of("http://testserver", "en", "{}")
    return BannerRevision.objects.create(
        digest=digest,
        material="0123abcd",
        site="http://testserver",
        language="en",
        body="{}",
    )


ROWS = [notice, factories.event, banner]
COLUMNS = {
    Notice: ("body", "digest"),
    ConsentEvent: ("kind", "notice"),
    BannerRevision: ("body", "material"),
}


@pytest.fixture(params=ROWS, ids=["notice", "event", "banner"])
def row(request):
    return request.param()


def execute(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def stored(row):
    return type(row).objects.filter(pk=row.pk).values().get()


def test_a_row_isnt_saved_twice(row):
    with pytest.raises(ImmutableRow):
        row.save()


def test_a_row_that_was_loaded_isnt_saved(row):
    with pytest.raises(ImmutableRow):
        type(row).objects.get(pk=row.pk).save()


def test_a_row_isnt_deleted(row):
    with pytest.raises(ImmutableRow):
        row.delete()


def test_rows_arent_changed_in_bulk(row):
    rows, (column, _) = type(row).objects, COLUMNS[type(row)]
    with pytest.raises(ImmutableRow):
        rows.update(**{column: "x"})
    with pytest.raises(ImmutableRow):
        rows.filter(pk=row.pk).update(**{column: "x"})
    with pytest.raises(ImmutableRow):
        rows.bulk_update([row], [column])
    with pytest.raises(ImmutableRow):
        rows.filter(pk=row.pk).delete()


@alters_schema
def test_a_row_that_was_made_by_hand_replaces_none(row):
    """`save()` of a new object with an old key would be an UPDATE in plain Django;
    the model itself says no, without the guards."""
    before = stored(row)
    copy = type(row)(**{**before, COLUMNS[type(row)][0]: "x"})
    with guards.lifted():
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()
    assert stored(row) == before


def test_the_database_refuses_an_update(row):
    before, table = stored(row), row._meta.db_table
    for column in COLUMNS[type(row)]:
        with pytest.raises(DatabaseError, match="never changed"):
            execute(f"UPDATE {table} SET {column} = 'x'")  # noqa: S608
    assert stored(row) == before


def test_the_database_refuses_a_deletion(row):
    before, table = stored(row), row._meta.db_table
    with pytest.raises(DatabaseError, match="never deleted"):
        execute(f"DELETE FROM {table} WHERE id = %s", row.pk)  # noqa: S608
    with pytest.raises(DatabaseError, match="never deleted"):
        execute(f"DELETE FROM {table}")  # noqa: S608
    assert stored(row) == before


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_its_own_ways_round(row):
    """PostgreSQL has TRUNCATE; the others have REPLACE, which deletes what is in its
    way: by the primary key, or by what else is unique."""
    before, table = stored(row), row._meta.db_table
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never deleted"):
            execute(f"TRUNCATE {table} CASCADE")
        return
    values = {**before, COLUMNS[type(row)][0]: "x"}
    for key in (row.pk, row.pk + 1_000_000):
        with pytest.raises(DatabaseError, match="never changed"):
            replace(type(row), {**values, "id": key}, table)
    assert stored(row) == before


def replace(model, values, table):
    """Write as Django would, but for the verb: by the key, then by what is unique."""
    prepared = [
        field.get_db_prep_save(values[field.attname], connection)
        for field in model._meta.fields
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model._meta.fields)
    marks = ", ".join(["%s"] * len(prepared))
    execute(f"REPLACE INTO {table} ({columns}) VALUES ({marks})", *prepared)  # noqa: S608


def test_all_guards_are_there_after_the_migrations():
    assert guards.missing(connection) == []


def test_installing_twice_does_no_harm():
    guards.install(connection)
    guards.install(connection)
    assert guards.missing(connection) == []


@alters_schema
def test_what_is_missing_is_named(row):
    with guards.lifted():
        missing = guards.missing(connection)
    assert {
        "wagtail_consent_notice_no_update",
        "wagtail_consent_notice_no_delete",
        "wagtail_consent_consentevent_no_update",
        "wagtail_consent_consentevent_no_delete",
        "wagtail_consent_cookies_bannerrevision_no_update",
        "wagtail_consent_cookies_bannerrevision_no_delete",
    } <= set(missing)
    assert guards.missing(connection) == []


@alters_schema
def test_one_that_is_dropped_or_turned_off_is_named():
    table = ConsentEvent._meta.db_table
    name = f"{table}_no_update"
    turned_off = f"ALTER TABLE {table} DISABLE TRIGGER {name}"
    is_postgresql = connection.vendor == "postgresql"
    execute(turned_off if is_postgresql else f"DROP TRIGGER {name}")
    try:
        assert guards.missing(connection) == [name]
    finally:
        with guards.lifted():
            pass
    assert guards.missing(connection) == []


@alters_schema
def test_a_migration_brings_back_what_a_rebuilt_table_lost():
    """SQLite rebuilds a table to alter a column, and its triggers are gone."""
    with connection.cursor() as cursor:
        for guard in guards._guards(connection):
            cursor.execute(guard.removal(connection.vendor))
    assert guards.missing(connection)
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []


@alters_schema
def test_where_triggers_may_not_be_made_the_migration_goes_on(monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    with guards.lifted():
        monkeypatch.setattr(
            guards.Guard, "creation", lambda self, vendor: "CREATE TRIGGER refused"
        )
        call_command("migrate", verbosity=0)
        assert guards.missing(connection)
        monkeypatch.undo()
    assert "guards could not be installed" in caplog.text
