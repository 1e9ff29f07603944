"""The one question: may this address be contacted for this purpose, today, and why?

Whatever is unknown, unreadable or too old is a no (GDPR Art. 7(1): the controller has
to demonstrate consent). A suppression beats everything; an objection beats every
lawful basis (Art. 21(3)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import addresses, batches, keys, lookup
from .models import Purpose, Status, SuppressionReason


class Reason(models.TextChoices):
    """Why the answer is what it is."""

    GRANTED = "granted", _("Permission was given.")
    NO_RECORD = "no_record", _("Nobody gave permission for this address.")
    PENDING = "pending", _("The address was not confirmed yet.")
    WITHDRAWN = "withdrawn", _("The person withdrew their consent.")
    OBJECTED = "objected", _("The person objected.")
    EXPIRED = "expired", _("The permission is too old to count.")
    SUPPRESSED = "suppressed", _("The address is on the suppression list.")
    UNKNOWN_PURPOSE = "unknown_purpose", _("There is no such purpose.")
    INVALID_ADDRESS = "invalid_address", _("This is no e-mail address.")


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, with its reason. It is true if contact is allowed.

    Attributes:
        allowed: whether contact is permitted at this moment.
        reason: why.
        basis: the lawful basis that the record rests on (`LawfulBasis`), or None.
        since: when that state began, or None.
        evidence: primary key of the `ConsentEvent` that proves it, or None.
        warning: the permission has passed its purpose's warning age: ask anew.
    """

    allowed: bool
    reason: Reason
    basis: str | None = None
    since: datetime | None = None
    evidence: int | None = None
    warning: bool = False

    def __bool__(self) -> bool:
        return self.allowed


class Facts(NamedTuple):
    """What is known of one address and one purpose. Ages are in days."""

    suppressed_since: datetime | None = None
    since: datetime | None = None
    suppression: str | None = None
    status: str | None = None
    basis: str | None = None
    evidence: int | None = None
    lapse_age: int | None = None
    warning_age: int | None = None


_REFUSALS = {
    None: Reason.NO_RECORD,
    Status.REQUESTED.value: Reason.PENDING,
    Status.WITHDRAWN.value: Reason.WITHDRAWN,
    Status.OBJECTED.value: Reason.OBJECTED,
    Status.EXPIRED.value: Reason.EXPIRED,
}


def decide(facts: Facts, now: datetime) -> Decision:
    """Returns the answer to known facts; the only home of this rule."""
    record = (facts.basis, facts.since, facts.evidence)
    if facts.suppressed_since:
        return _suppressed(facts)
    if facts.status != Status.GRANTED.value:
        return Decision(False, _REFUSALS[facts.status], *record)
    if _is_older(facts.since, facts.lapse_age, now):
        return Decision(False, Reason.EXPIRED, *record)
    warning = _is_older(facts.since, facts.warning_age, now)
    return Decision(True, Reason.GRANTED, *record, warning)


def _suppressed(facts: Facts) -> Decision:
    objected = facts.suppression == SuppressionReason.OBJECTION.value
    reason = Reason.OBJECTED if objected else Reason.SUPPRESSED
    proven = facts.status == Status.OBJECTED.value
    evidence = facts.evidence if proven else None
    return Decision(False, reason, None, facts.suppressed_since, evidence)


def _is_older(since: datetime, days: int | None, now: datetime) -> bool:
    return bool(days) and since <= now - timedelta(days=days)


def may_contact(email: str, purpose: str | Purpose) -> Decision:
    """Returns whether this address may be contacted for this purpose now.

    One query, whatever the answer. It never raises for bad input: an unreadable
    address or an unknown purpose is a no, with that reason.

    Args:
        email: in any spelling of the same address (case, IDN, Unicode form).
        purpose: an identifier, or the purpose itself.
    """
    digests = _digests(email, keys.ring())
    if not digests:
        return Decision(False, Reason.INVALID_ADDRESS)
    rows = lookup.facts(digests, _identifier(purpose))
    if not rows:
        return Decision(False, Reason.UNKNOWN_PURPOSE)
    now = timezone.now()
    return min((decide(Facts(*row), now) for row in rows), key=bool)


def answers(email: str, purposes: models.QuerySet[Purpose]) -> dict[int, Decision]:
    """Returns what `may_contact` says for each purpose, by its primary key: one query
    for all of them."""
    found: dict[int, Decision] = {}
    now = timezone.now()
    for pk, *row in lookup.facts_of(_digests(email, keys.ring()), purposes):
        decision = decide(Facts(*row), now)
        found[pk] = min(found.get(pk, decision), decision, key=bool)
    return found


def filter_permitted(emails: Iterable[str], purpose: str | Purpose) -> Iterator[str]:
    """Yields those addresses that `may_contact` would allow, as they were spelled.

    It streams: one query for each batch, memory that doesn't grow. A batch is 2,000
    addresses and grows to 100,000 while they are read quickly; no answer is more than
    ten seconds old when it is read, so read it as you send.

    Args:
        emails: any iterable; unreadable ones are left out.
        purpose: an identifier, or the purpose itself.
    """
    known = Purpose.objects.filter(identifier=_identifier(purpose)).first()
    if known:
        ask = partial(_permitted, purpose=known)
        most = lookup.most_at_once() // len(keys.ring())
        yield from batches.allowed(iter(emails), ask, most)


def _permitted(batch: list[str], purpose: Purpose) -> list[int]:
    ring = keys.ring()
    known = [_digests(email, ring) for email in batch]
    digests = [digest for own in known for digest in own]
    granted, refused = lookup.verdicts(digests, purpose, timezone.now())
    return [
        position
        for position, own in enumerate(known)
        if not granted.isdisjoint(own) and refused.isdisjoint(own)
    ]


def _identifier(purpose: str | Purpose) -> str:
    return purpose.identifier if isinstance(purpose, Purpose) else purpose


def _digests(email: str, ring: Iterable[keys.Key]) -> list[str]:
    try:
        identity = addresses.identity(email)
        return [key.digest("address", identity) for key in ring]
    except (ValueError, AttributeError):
        return []
