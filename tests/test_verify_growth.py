"""Verification takes time with the ledger, and no more memory."""

import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from wagtail_consent import chain, keys, seal, verify
from wagtail_consent.models import (
    ConsentEvent,
    Contact,
    EventPayload,
    UnsealedEvent,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def grow(purpose, count):
    """Write many contacts' events at once, as the ledger would."""
    start = Contact.objects.count()
    contacts = [
        Contact(
            controller=purpose.controller,
            email=f"p{start + number}@example.org",
            digest=f"test:{start + number}",
            language="en",
            reference="TEST",
        )
        for number in range(count)
    ]
    Contact.objects.bulk_create(contacts, batch_size=500)
    made = [linked(contact, purpose) for contact in contacts]
    ConsentEvent.objects.bulk_create([event for event, _ in made], batch_size=500)
    known = dict(
        ConsentEvent.objects.filter(
            subject__in=[contact.subject for contact in contacts]
        ).values_list("subject", "pk")
    )
    for event, payload in made:
        payload.event_id = known[event.subject]
    EventPayload.objects.bulk_create([each for _, each in made], batch_size=500)
    UnsealedEvent.objects.bulk_create(
        [UnsealedEvent(event_id=pk) for pk in known.values()], batch_size=500
    )


def linked(contact, purpose):
    payload = EventPayload(salt=chain.new_salt(), data={"how": "import"})
    facts = {
        "subject": contact.subject,
        "sequence": 1,
        "kind": "imported",
        "controller": contact.controller_id,
        "purpose": purpose.identifier,
        "notice": "",
        "occurred_at": timezone.now(),
        "recorded_at": timezone.now(),
        "commitment": chain.commitment(payload.salt, payload.data),
        "previous": "",
        "key": keys.newest().id,
    }
    return ConsentEvent(**facts, hash=chain.hash_of(facts)), payload


def peak():
    tracemalloc.start()
    assert list(verify.findings()) == []
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def queries():
    with CaptureQueriesContext(connection) as captured:
        assert list(verify.findings()) == []
    return len(captured)


def test_five_times_the_events_take_the_same_memory_and_five_times_the_pages(
    monkeypatch,
):
    """Promise 24."""
    monkeypatch.setattr(verify, "PAGE", 50)
    purpose = factories.purpose()
    grow(purpose, 500)
    seal.seal_pending()
    few, small = queries(), peak()
    grow(purpose, 2000)
    seal.seal_pending()
    many, large = queries(), peak()
    assert large < 1.3 * small
    assert many <= 5 * few
