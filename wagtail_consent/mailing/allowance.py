"""At most three confirmation mails for one mailbox in any 24 hours.

Threat: somebody uses the sign-up form to flood a stranger's mailbox, from many
networks, in parallel, with ``+tag`` spellings of one address. The limit is the
predicate of an UPDATE, so that the database decides, whatever happens at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wagtail_consent import retention
from wagtail_consent.addresses import Address
from wagtail_consent.models import Controller

from .models import MailAllowance

DAY = timedelta(hours=24)
# A mail may leave this much later than it was allowed; so the window is longer.
LATE = timedelta(minutes=15)


def take(controller: Controller, address: Address, now: datetime | None = None) -> bool:
    """Takes one of the mailbox's mails; False: there is none left for now."""
    now = now or timezone.now()
    row = _row(controller, address)
    free = row.filter(Q(first=None) | Q(first__lte=now - DAY - LATE))
    # In this order: MariaDB assigns from left to right.
    return bool(free.update(first=F("second"), second=F("third"), third=now))


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


def _row(controller: Controller, address: Address) -> QuerySet[MailAllowance]:
    """The mailbox's row, made if there is none.

    Threat: a mailbox that never had a mail must not take longer than one that had.
    So the same statements run for both. An upsert, because a plain INSERT that fails
    takes a shared lock on MariaDB, on which two at once would come to a deadlock.
    """
    digests = address.mailbox_digests
    known = _known(controller, address) if len(digests) > 1 else None
    digest = known.mailbox if known else digests[0]
    MailAllowance.objects.bulk_create(
        [MailAllowance(controller=controller, mailbox=digest)],
        update_conflicts=True,
        update_fields=["mailbox"],
        unique_fields=_target(),
    )
    return _of(controller, [digest])


def _target() -> list[str] | None:
    features = connection.features
    names = ["mailbox", "controller"]
    return names if features.supports_update_conflicts_with_target else None
