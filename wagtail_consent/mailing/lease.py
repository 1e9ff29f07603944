"""Who has a message in hand: for a time, without a lock that outlives a crash.

Every change is one UPDATE whose predicate is the rule, so that at most one worker
holds a row on any database. A worker that dies keeps nothing: its lease lapses.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from wagtail_consent import conf

from .models import Message, MessageStatus

logger = logging.getLogger("wagtail_consent.mailing")

# Clocks of two machines differ a little; a task may be quicker than the difference.
CLOCK_SKEW = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Held:
    """A message in hand.

    ``interrupted``: whoever held it before never said how it ended.
    """

    message: Message
    interrupted: bool


def take(pk: int) -> Held | None:
    """Returns the message, now in this worker's hand; None: not due, or in another's.

    Counts the attempt at once, so that one that kills its worker counts too.
    """
    now = timezone.now()
    token = uuid.uuid4()
    if _claim(pk, token, now, Q(lease=None)):
        return Held(_read(token), interrupted=False)
    if _claim(pk, token, now, Q(leased_until__lte=now)):
        return _after_a_crash(_read(token))
    return None


def renew(message: Message) -> bool:
    """Holds on to a message for another term; False: cancelled, or lost by delay."""
    return bool(_held(message).update(leased_until=_until(timezone.now())))


def settle(message: Message, **changes: Any) -> bool:
    """Puts the message down, with what became of it; False: it was no longer ours."""
    changes |= {"lease": None, "leased_until": None}
    settled = bool(_held(message).update(**changes))
    if not settled:
        logger.warning("Message %s: its lease had lapsed or was ended", message.uuid)
    return settled


def _claim(pk: int, token: uuid.UUID, now: datetime, free: Q) -> int:
    due = Message.objects.filter(
        pk=pk, status=MessageStatus.DUE, due_at__lte=now + CLOCK_SKEW
    )
    return due.filter(free).update(
        lease=token, leased_until=_until(now), attempts=F("attempts") + 1
    )


def _read(token: uuid.UUID) -> Message:
    return Message.objects.select_related("controller", "notice").get(lease=token)


def _held(message: Message) -> Any:
    return Message.objects.filter(
        pk=message.pk, lease=message.lease, status=MessageStatus.DUE
    )


def _until(now: datetime) -> datetime:
    return now + timedelta(seconds=conf.get("LEASE_SECONDS"))


def _after_a_crash(message: Message) -> Held:
    logger.warning(
        "Message %s: a worker stopped with this mail in hand. It is sent again and "
        "may arrive twice, both times with the Message-ID %s",
        message.uuid,
        message.message_id,
    )
    return Held(message, interrupted=True)
