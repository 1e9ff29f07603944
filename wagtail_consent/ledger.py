"""The only writer of consent: of events, payloads and today's state.

Every verb runs in a transaction of its own or in the caller's, one at a time for each
contact: the contact's row is locked, and the event's number, unique for its subject,
has the last word. News goes out after commit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from . import suppression
from .addresses import Address
from .entries import NO_PROOF, Entry, announce, append
from .models import (
    Consent,
    ConsentEvent,
    Contact,
    Controller,
    EventKind,
    Origin,
    Purpose,
    Status,
    Suppression,
    SuppressionReason,
)
from .proof import Proof, Source
from .signals import permission_ended, permission_granted

ATTEMPTS = 3

STATUS_AFTER = {
    EventKind.REQUESTED: Status.REQUESTED,
    EventKind.CONFIRMED: Status.GRANTED,
    EventKind.RENEWED: Status.GRANTED,
    EventKind.IMPORTED: Status.GRANTED,
    EventKind.RECORDED: Status.GRANTED,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
    EventKind.OBJECTED: Status.OBJECTED,
    EventKind.EXPIRED: Status.EXPIRED,
}
ENDED = (Status.WITHDRAWN, Status.OBJECTED)

__all__ = [
    "Proof",
    "Source",
    "Suppressed",
    "ask",
    "confirm",
    "contact_for",
    "expire",
    "import_",
    "object",
    "record",
    "renew",
    "withdraw",
]

P = ParamSpec("P")
R = TypeVar("R")


class Suppressed(ValueError):
    """The person said no; what comes from elsewhere can't undo that."""


def contact_for(controller: Controller, address: Address, language: str) -> Contact:
    """Returns the contact of an address, made if the controller doesn't know it yet."""
    known = Contact.objects.filter(controller=controller, digest__in=address.digests)
    if contact := known.order_by("pk").first():
        return contact
    try:
        with transaction.atomic():
            return Contact.objects.create(
                controller=controller,
                email=address.delivery,
                digest=address.digest,
                language=language,
            )
    except IntegrityError:
        return known.get()


def _in_turn(
    verb: Callable[Concatenate[Contact, P], R],
) -> Callable[Concatenate[Contact, P], R]:
    """Runs a verb alone for its contact, and again if another was quicker."""

    @wraps(verb)
    def turn(contact: Contact, *args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    _lock(contact)
                    return verb(contact, *args, **kwargs)
            except IntegrityError:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError

    return turn


@_in_turn
def ask(contact: Contact, purpose: Purpose, proof: Proof, at: datetime) -> ConsentEvent:
    """Records that somebody asked for contact, before the mailbox's owner confirmed.

    It gives no permission and takes none away: a yes or a no of theirs stands.
    """
    state = _state(contact, purpose)
    [event] = append(contact, purpose, [Entry(EventKind.REQUESTED, at, proof)])
    if state is None or state.status in (Status.REQUESTED, Status.EXPIRED):
        _settle(contact, purpose, state, event)
    return event


@_in_turn
def confirm(
    contact: Contact,
    purpose: Purpose,
    proof: Proof,
    requested_at: datetime,
    at: datetime | None = None,
) -> ConsentEvent | None:
    """Records the request and its confirmation; lifts what the person had set before.

    Returns:
        The confirmation, or None if the person said no after ``requested_at``: an old
        link never undoes a later withdrawal.
    """
    at = at or timezone.now()
    state = _state(contact, purpose)
    barriers = _barriers(contact, purpose)
    if _said_no_since(requested_at, state, barriers):
        return None
    entries = [Entry(EventKind.CONFIRMED, at, proof)]
    if not _is_asked(state, requested_at):
        entries.insert(0, Entry(EventKind.REQUESTED, requested_at, proof))
    *_, event = append(contact, purpose, entries)
    _settle(contact, purpose, state, event, effective=_lift(contact, purpose, barriers))
    return event


@_in_turn
def renew(
    contact: Contact,
    purpose: Purpose,
    proof: Proof,
    requested_at: datetime,
    at: datetime | None = None,
) -> ConsentEvent | None:
    """Begins a consent anew, granted or lapsed; None if the person said no since."""
    state = _state(contact, purpose)
    barriers = _barriers(contact, purpose)
    renewable = state and state.status in (Status.GRANTED, Status.EXPIRED)
    if not renewable or _said_no_since(requested_at, state, barriers):
        return None
    entry = Entry(EventKind.RENEWED, at or timezone.now(), proof)
    [event] = append(contact, purpose, [entry])
    _settle(contact, purpose, state, event, effective=_lift(contact, purpose, barriers))
    return event


@_in_turn
def withdraw(
    contact: Contact, purpose: Purpose, proof: Proof | None = None
) -> ConsentEvent:
    """Ends a consent (GDPR Art. 7(3)); recorded even where none was known."""
    return _end(contact, purpose, EventKind.WITHDRAWN, proof)


@_in_turn
def object(
    contact: Contact, purpose: Purpose | None = None, proof: Proof | None = None
) -> ConsentEvent:
    """Ends a purpose on any basis (GDPR Art. 21); without one, all the controller's."""
    suppression.suppress(
        contact.controller,
        contact.address,
        SuppressionReason.OBJECTION,
        Origin.PERSON,
        purpose,
    )
    if purpose:
        return _end(contact, purpose, EventKind.OBJECTED, proof)
    entry = Entry(EventKind.OBJECTED, timezone.now(), proof or NO_PROOF)
    [event] = append(contact, None, [entry])
    for state in contact.consents.select_related("event", "purpose"):
        _settle(contact, state.purpose, state, event)
    return event


def expire(consent: Consent) -> ConsentEvent | None:
    """Ends a consent that grew too old; None if it was renewed or ended meanwhile."""
    return _expire(consent.contact, consent)


@_in_turn
def _expire(contact: Contact, consent: Consent) -> ConsentEvent | None:
    state = _state(contact, consent.purpose)
    if (
        not state
        or state.status != Status.GRANTED
        or state.event_id != consent.event_id
    ):
        return None
    return _end(contact, consent.purpose, EventKind.EXPIRED, None)


@_in_turn
def import_(
    contact: Contact, purpose: Purpose, *, when: datetime, how: str, reference: str
) -> ConsentEvent:
    """Takes over a consent that was given elsewhere.

    Raises:
        Suppressed: the address is suppressed, or the person withdrew here.
        ValueError: ``when`` lies in the future.
    """
    _refuse_future(when)
    proof = Proof(data={"how": how, "reference": reference})
    return _grant(contact, purpose, Entry(EventKind.IMPORTED, when, proof))


@_in_turn
def record(
    contact: Contact,
    purpose: Purpose,
    *,
    user_id: int,
    when: datetime,
    how: str,
    reference: str,
    granted: bool = True,
) -> ConsentEvent:
    """Records what a person told a member of staff: a yes, or a no.

    Raises:
        Suppressed: a yes, but the address is suppressed, or the person said no later.
        ValueError: ``when`` lies in the future.
    """
    _refuse_future(when)
    data = {"user": user_id, "how": how, "reference": reference}
    proof = Proof(data=data)
    if granted:
        return _grant(contact, purpose, Entry(EventKind.RECORDED, when, proof))
    return _end(contact, purpose, EventKind.WITHDRAWN, proof, at=when)


def _refuse_future(when: datetime) -> None:
    if when > timezone.now():
        raise ValueError("A consent can't be given in the future.")


def _grant(contact: Contact, purpose: Purpose, entry: Entry) -> ConsentEvent:
    state = _state(contact, purpose)
    if _barriers(contact, purpose) or _forbids(state, entry):
        raise Suppressed(str(contact))
    [event] = append(contact, purpose, [entry])
    _settle(contact, purpose, state, event)
    return event


def _forbids(state: Consent | None, entry: Entry) -> bool:
    if not state or state.status not in ENDED:
        return False
    is_import = entry.kind == EventKind.IMPORTED
    return is_import or state.event.occurred_at >= entry.occurred_at


def _end(
    contact: Contact,
    purpose: Purpose,
    kind: EventKind,
    proof: Proof | None,
    at: datetime | None = None,
) -> ConsentEvent:
    state = _state(contact, purpose)
    entry = Entry(kind, at or timezone.now(), proof or NO_PROOF)
    [event] = append(contact, purpose, [entry])
    _settle(contact, purpose, state, event)
    return event


def _lock(contact: Contact) -> None:
    """Raises Contact.DoesNotExist if the person was erased meanwhile."""
    rows = Contact.objects.filter(pk=contact.pk)
    features = connection.features
    if features.has_select_for_update:
        no_key = features.has_select_for_no_key_update
        rows.select_for_update(no_key=no_key).values_list("pk").get()
    elif not rows.update(language=F("language")):
        # A write takes SQLite's only lock, and waits for it as a read would not.
        raise Contact.DoesNotExist


def _state(contact: Contact, purpose: Purpose) -> Consent | None:
    rows = Consent.objects.filter(contact=contact, purpose=purpose)
    return rows.select_related("event").first()


def _barriers(contact: Contact, purpose: Purpose) -> list[Suppression]:
    return list(suppression.covering(contact.controller_id, contact.address, purpose))


def _said_no_since(
    moment: datetime, state: Consent | None, barriers: list[Suppression]
) -> bool:
    if state and state.status in ENDED and state.event.occurred_at > moment:
        return True
    return any(
        barrier.origin == Origin.PERSON and barrier.since > moment
        for barrier in barriers
    )


def _is_asked(state: Consent | None, requested_at: datetime) -> bool:
    return bool(
        state
        and state.status == Status.REQUESTED
        and state.event.occurred_at == requested_at
    )


def _lift(contact: Contact, purpose: Purpose, barriers: list[Suppression]) -> bool:
    """Lifts what the person had set; returns whether nothing else stands."""
    if not barriers:
        return True
    suppression.lift(contact.controller_id, contact.address, purpose, by=Origin.PERSON)
    return all(barrier.origin == Origin.PERSON for barrier in barriers)


def _settle(
    contact: Contact,
    purpose: Purpose,
    state: Consent | None,
    event: ConsentEvent,
    *,
    effective: bool = True,
) -> None:
    """Derives today's state from an event, and tells what it means."""
    status = STATUS_AFTER[EventKind(event.kind)]
    before = state.status if state else None
    if before == status and event.occurred_at < state.event.occurred_at:
        return
    state = state or Consent(contact=contact, purpose=purpose)
    if before != status or status == Status.GRANTED:
        state.since = event.occurred_at
    state.digest = contact.digest
    state.status = status
    state.basis = purpose.lawful_basis
    state.event = event
    state.save()
    if status == Status.GRANTED and effective:
        announce(permission_granted, event, contact, purpose=purpose)
    if status != Status.GRANTED == before:
        announce(permission_ended, event, contact, purpose=purpose)
