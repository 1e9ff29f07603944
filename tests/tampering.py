"""What somebody with access to the database does to the ledger, past its guards."""

from contextlib import contextmanager

from django.db import connection

from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    EventPayload,
    UnsealedEvent,
)

EVENTS = ConsentEvent._meta.db_table


def events(contact):
    return list(ConsentEvent.objects.filter(subject=contact.subject).order_by("pk"))


def name(event):
    return f"event {event.pk} ({event.subject}/{event.sequence})"


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def change(event, column, value):
    quoted = connection.ops.quote_name(column)
    field = ConsentEvent._meta.get_field(column)
    value = field.get_db_prep_save(value, connection)
    execute(f"UPDATE {EVENTS} SET {quoted} = %s WHERE id = %s", value, event.pk)  # noqa: S608


def remove(*gone, queue=True):
    keys = [event.pk for event in gone]
    Consent.objects.filter(event__in=keys).delete()
    EventPayload.objects.filter(pk__in=keys).delete()
    if queue:
        UnsealedEvent.objects.filter(pk__in=keys).delete()
    marks = ", ".join(["%s"] * len(keys))
    execute(f"DELETE FROM {EVENTS} WHERE id IN ({marks})", *keys)  # noqa: S608


@contextmanager
def foreign_keys_off():
    """SQLite and PostgreSQL look at them only when a transaction ends."""
    with connection.constraint_checks_disabled():
        yield


def insert(like, **changes):
    """Copy an event with changes, as somebody without the key would."""
    values = ConsentEvent.objects.filter(pk=like.pk).values().get()
    del values["id"]
    return ConsentEvent.objects.create(**{**values, **changes})
