"""At most three confirmation mails for one mailbox in any 24 hours.

Threat: somebody uses the sign-up form to flood a stranger's mailbox, from many
networks, in parallel, with ``+tag`` spellings of one address. The limit is the
predicate of an UPDATE, so that the database decides, whatever happens at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from wagtail_consent.addresses import Address
from wagtail_consent.models import Controller

from .models import MailAllowance

DAY = timedelta(hours=24)
# A mail may leave this much later than it was allowed; so the window is longer.
LATE = timedelta(minutes=15)


def take(controller: Controller, address: Address, now: datetime | None = None) -> bool:
    """Takes one of the mailbox's mails; False: there is none left for now."""
    now = now or timezone.now()
    spent = MailAllowance.objects.filter(pk=_row(controller, address).pk).filter(
        Q(first=None) | Q(first__lte=now - DAY - LATE)
    )
    # In this order: MariaDB assigns from left to right.
    return bool(spent.update(first=F("second"), second=F("third"), third=now))


def next_at(
    controller: Controller, address: Address, now: datetime | None = None
) -> datetime:
    """Returns when the mailbox may get its next mail."""
    now = now or timezone.now()
    first = _row(controller, address).first
    return max(now, first + DAY + LATE) if first else now


def purge(now: datetime) -> int:
    """Deletes what no longer limits anybody; returns how many rows."""
    stale = MailAllowance.objects.filter(third__lte=now - DAY - LATE)
    return stale.delete()[0]


def _row(controller: Controller, address: Address) -> MailAllowance:
    """The row under any key of the ring, so that rotating keys resets no limit."""
    known = MailAllowance.objects.filter(
        controller=controller, mailbox__in=address.mailbox_digests
    ).order_by("pk")
    return known.first() or _create(controller, address)


def _create(controller: Controller, address: Address) -> MailAllowance:
    return MailAllowance.objects.get_or_create(
        controller=controller, mailbox=address.mailbox_digest
    )[0]
