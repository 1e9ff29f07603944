"""Whether the ledger still says what it said: names every row that doesn't.

Two streams are merged by the events' ids: the table's rows, page by page, and what the
seals list, sorted on disk. So time grows with the ledger and memory doesn't.

A removed event shows once it is sealed; one that was removed earlier, within
UNSEALED_SECONDS, shows if something of its contact or of the queue is left.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from heapq import merge
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import (
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import chain, conf, journal
from .keys import KeyLost
from .ledger import STATUS_AFTER
from .models import Consent, ConsentEvent, EventKind, Status, UnsealedEvent
from .sealed import Sealed

PAGE = 1000
BEFORE_ALL = -(2**63)
ENDING = (EventKind.WITHDRAWN, EventKind.OBJECTED, EventKind.EXPIRED)

Row = dict[str, Any]


class Kind(str, Enum):
    CHANGED = "changed"
    INSERTED = "inserted"
    REMOVED = "removed"
    SEAL = "seal"
    KEY = "key"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        row: what it is about: ``event 17 (<subject>/<number>)``, a seal, a state.
        detail: one sentence.
    """

    kind: Kind
    row: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.row}: {self.detail}"


def findings() -> Iterator[Finding]:
    """Yields all that is wrong, while it looks; it changes nothing."""
    with closing(Sealed()) as sealed:
        yield from _seals(sealed)
        yield from _events(sealed)
        yield from _uncovered(sealed)
    yield from _queue()
    yield from _states()


def _seals(sealed: Sealed) -> Iterator[Finding]:
    before: set[str] | None = set()
    for _number, group in groupby(journal.seals(), key=lambda seal: seal.number):
        digests, readable = set(), True
        for seal in group:
            if problem := _read(seal, sealed):
                yield problem
                readable = False
            elif seal.digest:
                digests.add(seal.digest)
                if not _follows(seal, before):
                    detail = _("A seal before it is missing or was changed.")
                    yield Finding(Kind.SEAL, seal.name, detail)
        before = (digests or before) if readable else None


def _read(seal: journal.Seal, sealed: Sealed) -> Finding | None:
    try:
        sealed.add(seal.lines())
    except journal.CutShort:
        return None
    except journal.BadSeal as error:
        return Finding(Kind.SEAL, seal.name, str(error))
    except KeyLost as error:
        return Finding(Kind.KEY, seal.name, str(error))
    return None


def _follows(seal: journal.Seal, before: set[str] | None) -> bool:
    if before is None:
        return True
    return bool(seal.previous) == bool(before) and before.issuperset(seal.previous)


def _events(sealed: Sealed) -> Iterator[Finding]:
    both = merge(_rows(), sealed.lines(), key=_id)
    for _key, group in groupby(both, key=_id):
        rows, lines = [], []
        for item in group:
            (rows if isinstance(item, dict) else lines).append(item)
        if rows:
            yield from _judge(rows[0], lines, sealed)
        else:
            yield from _removed(lines, sealed)


def _id(item: Row | journal.Line) -> int:
    return item["id"] if isinstance(item, dict) else item.id


def _rows() -> Iterator[Row]:
    last = BEFORE_ALL
    while page := list(_page(last)):
        yield from page
        last = page[-1]["id"]


def _page(after: int) -> QuerySet:
    # Never below zero: MySQL refuses to compute that with unsigned numbers.
    before = ConsentEvent.objects.filter(
        subject=OuterRef("subject"),
        sequence=Greatest(OuterRef("sequence"), Value(1)) - 1,
    )
    queued = UnsealedEvent.objects.filter(pk=OuterRef("pk"))
    # Or PostgreSQL merges the payloads from their beginning, page after page.
    kept = FilteredRelation("payload", condition=Q(payload__pk__gt=after))
    return (
        ConsentEvent.objects.filter(pk__gt=after)
        .order_by("pk")
        .annotate(
            before=Subquery(before.values("hash")), queued=Exists(queued), kept=kept
        )
        .values(
            "id",
            *chain.FIELDS,
            "hash",
            "before",
            "queued",
            "kept__salt",
            "kept__data",
        )[:PAGE]
    )


def _judge(row: Row, lines: list[journal.Line], sealed: Sealed) -> Iterator[Finding]:
    name = _name(row)
    try:
        intact = chain.is_intact(row)
    except KeyLost as error:
        yield Finding(Kind.KEY, name, str(error))
        return
    others = [line for line in lines if line[1:] != _sealable(row)]
    if not intact:
        yield _forged(name, known=bool(lines or row["queued"]))
    elif lines and others == lines and not row["queued"]:
        yield Finding(Kind.CHANGED, name, _("It isn't what was sealed."))
    else:
        yield from _removed(others, sealed)
        yield from _link(row, sealed)
        yield from _payload(row)
    if not lines and not row["queued"]:
        sealed.leave_open(row["id"], name)


def _forged(name: str, *, known: bool) -> Finding:
    if known:
        return Finding(Kind.CHANGED, name, _("It doesn't match its hash."))
    return Finding(Kind.INSERTED, name, _("It wasn't written by the ledger."))


def _removed(lines: list[journal.Line], sealed: Sealed) -> Iterator[Finding]:
    for line in lines:
        sealed.miss(line)
        name = _name({**line._asdict(), "subject": UUID(line.subject)})
        yield Finding(Kind.REMOVED, name, _("It was sealed, and is gone."))


def _link(row: Row, sealed: Sealed) -> Iterator[Finding]:
    """Looks back at the event before. One that was sealed was named already."""
    if row["before"] == row["previous"] or row["sequence"] == 1:
        return
    earlier = ConsentEvent.objects.filter(
        subject=row["subject"], sequence__lt=row["sequence"]
    )
    last = earlier.order_by("-sequence").values("sequence", "hash", *chain.FIELDS)
    if row["before"] is None:
        yield from _gap(row, last.first(), sealed)
    elif _is_surely_intact(last.first()):
        detail = _("It doesn't follow the event before it.")
        yield Finding(Kind.CHANGED, _name(row), detail)


def _gap(row: Row, last: Row | None, sealed: Sealed) -> Iterator[Finding]:
    for number in range(last["sequence"] + 1 if last else 1, row["sequence"]):
        if not sealed.is_missed(row["subject"].hex, number):
            name = f"event {row['subject']}/{number}"
            detail = _("The event after it is there, and it is gone.")
            yield Finding(Kind.REMOVED, name, detail)


def _is_surely_intact(row: Row) -> bool:
    try:
        return chain.is_intact(row)
    except KeyLost:
        return False


def _payload(row: Row) -> Iterator[Finding]:
    salt, data = row["kept__salt"], row["kept__data"]
    if salt is not None and not _is_committed(salt, data, row["commitment"]):
        detail = _("Its payload isn't what was recorded.")
        yield Finding(Kind.CHANGED, _name(row), detail)


def _is_committed(salt: str, data: Any, commitment: str) -> bool:
    try:
        return hmac.compare_digest(chain.commitment(salt, data), commitment)
    except ValueError:
        return False


def _name(row: Row) -> str:
    return f"event {row['id']} ({row['subject']}/{row['sequence']})"


def _sealable(row: Row) -> tuple[str, int, str]:
    return row["subject"].hex, row["sequence"], row["hash"]


def _uncovered(sealed: Sealed) -> Iterator[Finding]:
    """Events that left the queue without a seal, or never stood in it."""
    if not sealed.uncovered()[0]:
        return
    for seal in journal.seals():  # Some may have been written since.
        _read(seal, sealed)
    count, first = sealed.uncovered()
    if count:
        detail = ngettext(
            "No seal names it, nor does it wait for one.",
            "No seal names it and others (%(count)d in all), nor do they wait for one.",
            count,
        )
        yield Finding(Kind.SEAL, first, detail % {"count": count})


def _queue() -> Iterator[Finding]:
    waiting = UnsealedEvent.objects.order_by("pk")
    gone = waiting.exclude(Exists(ConsentEvent.objects.filter(pk=OuterRef("pk"))))
    for pk in gone.values_list("pk", flat=True).iterator(PAGE):
        yield Finding(
            Kind.REMOVED, f"event {pk}", _("It is gone before it was sealed.")
        )
    seconds = conf.get("UNSEALED_SECONDS")
    limit = timezone.now() - timedelta(seconds=seconds)
    overdue = waiting.filter(event__recorded_at__lt=limit).count()
    if overdue:
        detail = ngettext(
            "%(count)d event waits for its seal longer than %(seconds)d seconds. "
            "Does consent_maintenance run?",
            "%(count)d events wait for their seal longer than %(seconds)d seconds. "
            "Does consent_maintenance run?",
            overdue,
        )
        values = {"count": overdue, "seconds": seconds}
        yield Finding(Kind.SEAL, _("queue"), detail % values)


def _states() -> Iterator[Finding]:
    """Today's state has to follow from an event of the same person and purpose."""
    last = BEFORE_ALL
    while page := list(_states_after(last)):
        for state in page:
            if problem := _contradiction(state):
                row = f"consent {state.pk} (event {state.event_id})"
                yield Finding(Kind.STATE, row, problem)
        last = page[-1].pk


def _states_after(pk: int) -> QuerySet[Consent]:
    later = ConsentEvent.objects.filter(
        subject=OuterRef("contact__subject"),
        sequence__gt=OuterRef("event__sequence"),
        purpose__in=["", OuterRef("purpose__identifier")],
        kind__in=ENDING,
    )
    states = Consent.objects.filter(pk__gt=pk).order_by("pk")
    related = states.select_related("contact", "purpose", "event")
    return related.annotate(ended_later=Exists(later))[:PAGE]


def _contradiction(state: Consent) -> str:
    event = state.event
    if event.subject != state.contact.subject or event.purpose not in (
        "",
        state.purpose.identifier,
    ):
        return _("It names an event of another person or purpose.")
    if STATUS_AFTER.get(event.kind) != state.status:
        return _("Its status isn't what its event says.")
    if state.status == Status.GRANTED and state.ended_later:
        return _("A later event ended it.")
    if state.digest != state.contact.digest:
        return _("It bears the digest of another address.")
    return ""
