"""One permission, against the same look-up written by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from benchmarks import timing
from benchmarks.population import email_of
from wagtail_consent import keys
from wagtail_consent.models import Consent, Status, Suppression
from wagtail_consent.permission import may_contact

PAIRS, WARM_UP = 4000, 200
PURPOSE = "newsletter"


def measure(contacts: int) -> dict[str, float]:
    emails = [_email(contacts) for _number in range(WARM_UP + PAIRS)]
    _agree(emails[:500])
    with CaptureQueriesContext(connection) as queries:
        may_contact(emails[0], PURPOSE)
    ours, by_hand = timing.medians(_pairs(emails), WARM_UP)
    return {
        "queries": len(queries),
        "ours_us": ours * 1e6,
        "baseline_us": by_hand * 1e6,
        "ratio": ours / by_hand,
    }


def look_up(email: str) -> tuple | None:
    digest = keys.digest("address", email.strip().lower())
    suppressions = Suppression.objects.filter(
        Q(purpose=None) | Q(purpose=OuterRef("purpose")),
        digest=digest,
        controller=OuterRef("purpose__controller"),
        lifted_at=None,
    )
    return (
        Consent.objects.filter(digest=digest, purpose__identifier=PURPOSE)
        .annotate(suppressed=Exists(suppressions))
        .values_list("status", "basis", "since", "event", "suppressed")
        .first()
    )


def _pairs(emails: list[str]) -> Iterator[tuple[timing.Call, timing.Call]]:
    for email in emails:
        yield partial(may_contact, email, PURPOSE), partial(look_up, email)


def _email(contacts: int) -> str:
    return email_of(random.randint(1, contacts * 5 // 4))  # noqa: S311


def _agree(emails: list[str]) -> None:
    for email in emails:
        decision, row = may_contact(email, PURPOSE), look_up(email)
        assert decision.evidence == (row[3] if row else None), email
        assert not decision or (row[0] == Status.GRANTED and not row[4]), email
