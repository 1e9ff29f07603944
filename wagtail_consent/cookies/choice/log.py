"""The log of choices: nothing else writes or deletes its rows.

Threat: a reference may become known, from a receipt for example. So it opens nothing;
the secret that only the visitor's cookie holds does, and the database keeps a keyed
digest of it alone. Rows of one reference with different secrets are strangers.
"""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from wagtail.models import Site

from wagtail_consent import keys, retention

from ..models import BannerRevision, Choice, CookieSettings, Source
from .decide import Decision

USE = "cookies.choice"
# Two tabs may decide in the same microsecond; nobody decides ten times in one.
ATTEMPTS = 10
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a visitor's cookie holds of the log: 32 hex digits each, or nothing."""

    reference: str = ""
    secret: str = ""

    def __bool__(self) -> bool:
        return bool(self.reference and self.secret)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a choice came about. No address, no network, no browser."""

    revision: BannerRevision
    source: Source
    page: str
    language: str
    at: datetime


NO_TICKET = Ticket()
_ID = re.compile(r"[0-9a-f]{32}")


def ticket(reference: str, secret: str) -> Ticket:
    """Returns what a browser sent as a ticket; none if it isn't shaped like one."""
    if _ID.fullmatch(reference) and _ID.fullmatch(secret):
        return Ticket(reference, secret)
    return NO_TICKET


def record(decision: Decision, how: Circumstances, held: Ticket) -> Ticket:
    """Writes a choice; returns what the visitor's cookie keeps of it.

    A reference goes on if its secret is right; otherwise there is a fresh one, and the
    answer doesn't tell. Who refuses everything gets none, so that a refusal makes
    nobody known; if it ends an earlier consent, it is the last row of that reference.
    """
    own = _continued(held) if decision.allows else _existing(held)
    _write(decision, how, own)
    return own if decision.allows else NO_TICKET


def rows(held: Ticket) -> QuerySet[Choice]:
    """Returns the choices that a visitor may read and delete, oldest first."""
    if not held:
        return Choice.objects.none()
    return (
        Choice.objects.filter(
            reference=uuid.UUID(hex=held.reference),
            secret_digest__in=keys.digests(USE, held.secret),
        )
        .select_related("revision")
        .order_by("made_at")
    )


def forget(held: Ticket) -> int:
    """Deletes a visitor's rows; returns how many there were."""
    return rows(held).delete()[0]


def purge(now: datetime) -> int:
    """Deletes rows that are older than their site keeps proof; returns how many."""
    return sum(retention.delete(due) for due in _due(now))


def _due(now: datetime) -> Iterator[QuerySet[Choice]]:
    known = list(Site.objects.all())
    for site in known:
        of_site = BannerRevision.objects.filter(site=site.root_url)
        yield _older(of_site, now, CookieSettings.for_site(site))
    others = BannerRevision.objects.exclude(site__in=[it.root_url for it in known])
    yield _older(others, now, CookieSettings())


def _older(
    revisions: QuerySet[BannerRevision], now: datetime, settings: CookieSettings
) -> QuerySet[Choice]:
    """What still counts is still to be proven (GDPR Art. 7(1))."""
    age = timedelta(days=max(settings.log_days, settings.days))
    return Choice.objects.filter(
        made_at__lt=now - age, revision__in=list(revisions.values_list("pk", flat=True))
    )


def _continued(held: Ticket) -> Ticket:
    if held and not _is_strangers(held):
        return held
    return Ticket(uuid.uuid4().hex, secrets.token_hex(16))


def _existing(held: Ticket) -> Ticket:
    return held if rows(held).exists() else NO_TICKET


def _is_strangers(held: Ticket) -> bool:
    """One look, or another tab of the same visitor could write between two."""
    of_reference = Choice.objects.filter(reference=uuid.UUID(hex=held.reference))
    known = set(of_reference.values_list("secret_digest", flat=True))
    return bool(known) and known.isdisjoint(keys.digests(USE, held.secret))


def _write(decision: Decision, how: Circumstances, held: Ticket) -> None:
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                _row(decision, how, held, how.at + attempt * INSTANT).save()
            return
        except IntegrityError:
            if not held or attempt + 1 == ATTEMPTS:
                raise


def _row(decision: Decision, how: Circumstances, held: Ticket, at: datetime) -> Choice:
    return Choice(
        reference=uuid.UUID(hex=held.reference) if held else None,
        secret_digest=keys.digest(USE, held.secret) if held else "",
        revision=how.revision,
        granted=list(decision.granted),
        refused=list(decision.refused),
        source=how.source,
        page=how.page,
        language=how.language,
        made_at=at,
    )
