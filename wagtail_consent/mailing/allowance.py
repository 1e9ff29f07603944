"""At most three confirmation mails for one mailbox in any 24 hours.

Threat: somebody uses the sign-up form to flood a stranger's mailbox, from many
networks, in parallel, with ``+tag`` spellings of one address. The limit is the
predicate of an UPDATE, so that the database decides, whatever happens at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.constants import OnConflict
from django.utils import timezone

from wagtail_consent import retention
from wagtail_consent.addresses import Address
from wagtail_consent.models import Controller

from .models import MailAllowance

DAY = timedelta(hours=24)
# A mail may leave this much later than it was allowed; so the window is longer.
LATE = timedelta(minutes=15)

# Written by hand: the ORM needs ten times as long to build these as a database to
# run them, and a visitor waits. MariaDB assigns from left to right.
BEGIN = """
INSERT INTO wagtail_consent_mailing_mailallowance (mailbox, controller_id)
VALUES (%s, %s)
"""
SHIFT = """
UPDATE wagtail_consent_mailing_mailallowance
SET first = second, second = third, third = %s
WHERE mailbox = %s AND controller_id = %s AND (first IS NULL OR first <= %s)
"""


def take(controller: Controller, address: Address, now: datetime | None = None) -> bool:
    """Takes one of the mailbox's mails; False: there is none left for now.

    Threat: a mailbox that never had a mail must not take longer than one that had.
    So the same statements run for both.
    """
    now = now or timezone.now()
    mailbox = _mailbox(controller, address)
    at, free_until = map(_adapted, (now, now - DAY - LATE))
    with connection.cursor() as cursor:
        cursor.execute(_begin(connection.alias), [mailbox, controller.pk])
        cursor.execute(SHIFT, [at, mailbox, controller.pk, free_until])
        return bool(cursor.rowcount)


def next_at(
    controller: Controller, address: Address, now: datetime | None = None
) -> datetime:
    """Returns when the mailbox may get its next mail."""
    now = now or timezone.now()
    row = _known(controller, address)
    return max(now, row.first + DAY + LATE) if row and row.first else now


def purge(now: datetime) -> int:
    """Deletes what no longer limits anybody; returns how many rows."""
    return retention.delete(MailAllowance.objects.filter(third__lte=now - DAY - LATE))


def _of(controller: Controller, digests: list[str]) -> QuerySet[MailAllowance]:
    return MailAllowance.objects.filter(controller=controller, mailbox__in=digests)


def _known(controller: Controller, address: Address) -> MailAllowance | None:
    """The row under any key of the ring, so that rotating keys resets no limit."""
    return _of(controller, address.mailbox_digests).order_by("pk").first()


def _mailbox(controller: Controller, address: Address) -> str:
    """Returns the digest under which the mailbox is counted, or will be."""
    digests = address.mailbox_digests
    known = _known(controller, address) if len(digests) > 1 else None
    return known.mailbox if known else digests[0]


@cache
def _begin(alias: str) -> str:
    """Returns what makes a mailbox's row if there is none.

    An upsert, because a plain INSERT that fails takes a shared lock on MariaDB, on
    which two at once would come to a deadlock.
    """
    mailbox = [MailAllowance._meta.get_field("mailbox")]
    key = ["mailbox", "controller_id"]
    suffix = connections[alias].ops.on_conflict_suffix_sql
    return f"{BEGIN} {suffix(mailbox, OnConflict.UPDATE, key[:1], key)}"


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
