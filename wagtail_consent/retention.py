"""What is due for deletion, or grew too old to count (GDPR Art. 5(1)(e))."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import QuerySet

from . import ledger
from .models import Consent, Purpose, Status

logger = logging.getLogger("wagtail_consent")

BATCH = 500

Rule = Callable[[datetime], int]

_rules: dict[str, Rule] = {}


class RulesFailed(RuntimeError):
    """Some rules failed; the others acted all the same."""


def register(name: str, rule: Rule) -> None:
    """Adds a rule: called with the time, it returns how many rows it dealt with."""
    _rules[name] = rule


def run(now: datetime) -> dict[str, int]:
    """Lets every rule act; returns the number of rows by the rule's name.

    Raises:
        RulesFailed: at the end, naming those that failed. Each failure is logged.
    """
    counts = {name: _act(name, rule, now) for name, rule in _rules.items()}
    if failed := [name for name, count in counts.items() if count is None]:
        raise RulesFailed(", ".join(failed))
    return counts


def _act(name: str, rule: Rule, now: datetime) -> int | None:
    try:
        return rule(now)
    except Exception:
        logger.exception("The retention rule %s failed", name)
        return None


def batches(rows: QuerySet) -> Iterator[list]:
    """Yields the primary keys of the rows in batches, each row once, though they
    leave the query while it runs."""
    rows, last = rows.order_by("pk").values_list("pk", flat=True), None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:BATCH]):
        yield batch
        last = batch[-1]


def delete(rows: QuerySet) -> int:
    """Deletes rows in batches, so that no lock is held for long; returns how many."""
    gone = 0
    for batch in batches(rows):
        _total, by_model = rows.model.objects.filter(pk__in=batch).delete()
        gone += by_model.get(rows.model._meta.label, 0)
    return gone


def expire_consents(now: datetime) -> int:
    """Ends the consents that are older than their purpose's lapse age."""
    ageing = Purpose.objects.exclude(lapse_age=None)
    return sum(_expire(purpose, now) for purpose in ageing)


def _expire(purpose: Purpose, now: datetime) -> int:
    old = Consent.objects.filter(
        purpose=purpose, status=Status.GRANTED, since__lte=now - purpose.lapses_after
    )
    return sum(
        ledger.expire(consent) is not None
        for batch in batches(old)
        for consent in old.filter(pk__in=batch).select_related("contact", "purpose")
    )


register("consents", expire_consents)
