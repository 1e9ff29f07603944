"""Writes events that no seal covers yet to one outside the database."""

from __future__ import annotations

from . import journal
from .models import UnsealedEvent

BATCH = 5000
CHUNK = 500


def seal_pending() -> int:
    """Seals what waits, in batches; returns how many events.

    It runs after the events were committed, whatever order they were committed in. An
    event leaves the queue only after its seal is written: a crash in between, or a
    second sealer at the same time, seals it twice, which does no harm.
    """
    sealed = 0
    while lines := _waiting():
        journal.write(lines)
        _take_off([line.id for line in lines])
        sealed += len(lines)
        if len(lines) < BATCH:
            break
    return sealed


def _waiting() -> list[journal.Line]:
    rows = UnsealedEvent.objects.order_by("pk").values_list(
        "pk", "event__subject", "event__sequence", "event__hash"
    )
    return [journal.Line(pk, subject.hex, *rest) for pk, subject, *rest in rows[:BATCH]]


def _take_off(ids: list[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        UnsealedEvent.objects.filter(pk__in=ids[start : start + CHUNK]).delete()
