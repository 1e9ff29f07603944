"""Two who write to the ledger at once make one chain without a fork."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.at_once import at_once
from wagtail_consent import addresses, entries, ledger
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    EventKind,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


MINUTE = timedelta(minutes=1)


@pytest.fixture
def ann():
    return factories.contact("Ann@Example.org")


@pytest.fixture
def newsletter(ann):
    return factories.purpose("newsletter", controller=ann.controller)


def kinds(contact):
    events = ConsentEvent.objects.filter(subject=contact.subject).order_by("sequence")
    return [event.kind for event in events]


def test_the_database_allows_no_fork(ann, newsletter):
    event = factories.event(ann, newsletter)
    fork = ConsentEvent.objects.filter(pk=event.pk).values().get()
    del fork["id"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEvent.objects.create(**fork)


def test_who_comes_second_tries_again(ann, newsletter, monkeypatch):
    """The number, unique for its subject, has the last word: here another was quicker
    once, past the lock."""
    factories.event(ann, newsletter)
    heads = iter([(0, ""), entries._head(ann)])
    monkeypatch.setattr(entries, "_head", lambda contact: next(heads))
    ledger.withdraw(ann, newsletter)
    assert kinds(ann) == ["requested", "confirmed", "withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_confirmations_at_once_make_one_chain_without_a_fork():
    ann, newsletter = factories.contact("ann@example.org"), factories.purpose()
    proof, asked = factories.proof(), timezone.now() - MINUTE

    at_once(*[lambda: ledger.confirm(ann, newsletter, proof, asked)] * 6)
    events = list(ConsentEvent.objects.order_by("sequence").values())
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    assert len([each for each in events if each["kind"] == EventKind.CONFIRMED]) == 6
    assert [event["previous"] for event in events] == [
        "",
        *(event["hash"] for event in events[:-1]),
    ]
    assert Consent.objects.get().event_id == events[-1]["id"]


@pytest.mark.django_db(transaction=True)
def test_first_contacts_at_once_make_one_contact():
    controller, address = factories.controller(), addresses.parse("ann@example.org")
    at_once(*[lambda: ledger.contact_for(controller, address, "en")] * 6)
    assert Contact.objects.count() == 1
