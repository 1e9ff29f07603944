"""Appends to a contact's chain. `ledger` alone calls it, and holds the lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.dispatch import Signal
from django.utils import timezone

from . import chain, keys
from .models import (
    ConsentEvent,
    Contact,
    EventKind,
    EventPayload,
    Purpose,
    UnsealedEvent,
)
from .proof import Proof
from .signals import event_recorded

NO_PROOF = Proof()


@dataclass(frozen=True, slots=True)
class Entry:
    kind: EventKind
    occurred_at: datetime
    proof: Proof = NO_PROOF


def append(
    contact: Contact, purpose: Purpose | None, entries: list[Entry]
) -> list[ConsentEvent]:
    """Writes entries behind the contact's last one, with payload, due for the seal."""
    events, payloads = [], []
    sequence, previous = _head(contact)
    for number, entry in enumerate(entries, sequence + 1):
        payload = EventPayload(salt=chain.new_salt(), data=entry.proof.payload())
        event = _linked(contact, purpose, entry, payload, number, previous)
        previous = event.hash
        events.append(event)
        payloads.append(payload)
    _insert(events, payloads)
    for event in events:
        announce(event_recorded, event, contact)
    return events


def _head(contact: Contact) -> tuple[int, str]:
    events = ConsentEvent.objects.filter(subject=contact.subject)
    last = events.order_by("-sequence").values_list("sequence", "hash").first()
    return last or (0, "")


def _linked(
    contact: Contact,
    purpose: Purpose | None,
    entry: Entry,
    payload: EventPayload,
    sequence: int,
    previous: str,
) -> ConsentEvent:
    facts = {
        "subject": contact.subject,
        "sequence": sequence,
        "kind": entry.kind.value,
        "controller": contact.controller_id,
        "purpose": purpose.identifier if purpose else "",
        "notice": entry.proof.notice,
        "occurred_at": entry.occurred_at,
        "recorded_at": timezone.now(),
        "commitment": chain.commitment(payload.salt, payload.data),
        "previous": previous,
        "key": keys.newest().id,
    }
    return ConsentEvent(**facts, hash=chain.hash_of(facts))


def _insert(events: list[ConsentEvent], payloads: list[EventPayload]) -> None:
    if connection.features.can_return_rows_from_bulk_insert:
        ConsentEvent.objects.bulk_create(events)
    else:
        for event in events:
            event.save()
    for event, payload in zip(events, payloads, strict=True):
        payload.event = event
    EventPayload.objects.bulk_create(payloads)
    UnsealedEvent.objects.bulk_create(UnsealedEvent(event=event) for event in events)


def announce(
    signal: Signal, event: ConsentEvent, contact: Contact, **more: Any
) -> None:
    news = partial(
        signal.send_robust, ConsentEvent, event=event, contact=contact, **more
    )
    transaction.on_commit(news)
