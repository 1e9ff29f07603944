"""A sign-up through the real view, against the least that a view could do."""

from __future__ import annotations

import html
import random
import secrets
from collections.abc import Iterator
from functools import partial

from django.db import models

from benchmarks import timing, web
from benchmarks.models import BareLead
from benchmarks.population import email_of
from wagtail_consent.mailing.models import MailAllowance, Message
from wagtail_consent.optin.models import Submission
from wagtail_consent.optin.signup import reference

PAIRS, WARM_UP = 500, 50
WRITTEN = [Submission, Message, MailAllowance]


def measure(contacts: int) -> dict[str, float]:
    before = {model: _last(model) for model in [*WRITTEN, BareLead]}
    try:
        ours, bare = timing.medians(_pairs(contacts), WARM_UP)
        _check(before)
    finally:
        for model, last in before.items():
            model.objects.filter(pk__gt=last).delete()
    return {"ours_ms": ours * 1000, "baseline_ms": bare * 1000, "ratio": ours / bare}


def _pairs(contacts: int) -> Iterator[tuple[timing.Call, timing.Call]]:
    word = html.unescape(web.REFERENCE.search(web.get(web.FORM).body.decode())[1])
    bare = f"/bare/{reference.read(word).form}/"
    for number in range(WARM_UP + PAIRS):
        data = {
            "reference": word,
            "website": "",
            "email": _email(number, contacts),
            "name": f"Person {number}",
            "company": "Example Ltd",
            "consent_newsletter": "on",
        }
        yield (
            partial(_send, web.posting(web.SUBMIT, data)),
            partial(_send, web.posting(bare, data)),
        )


def _email(number: int, contacts: int) -> str:
    if number % 2:
        return email_of(random.randint(1, contacts))  # noqa: S311
    return f"new.{secrets.token_hex(6)}@example.net"


def _send(environ: dict[str, object]) -> None:
    assert web.Answer(environ).status in (302, 303)


def _check(before: dict[type[models.Model], int]) -> None:
    """Each request left all of its rows; but for a mailbox that had its share."""
    for model in (Submission, BareLead):
        rows = model.objects.filter(pk__gt=before[model]).count()
        assert rows == WARM_UP + PAIRS, (model, rows)
    queued = Message.objects.filter(pk__gt=before[Message]).count()
    assert queued > 0.98 * (WARM_UP + PAIRS), queued


def _last(model: type[models.Model]) -> int:
    return model.objects.aggregate(last=models.Max("pk"))["last"] or 0
