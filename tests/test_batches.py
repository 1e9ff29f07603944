"""Many addresses: few queries, flat memory, answers that are fresh."""

import tracemalloc

import pytest

from tests import factories
from wagtail_consent import batches, lookup
from wagtail_consent.models import (
    Consent,
)
from wagtail_consent.permission import (
    filter_permitted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_one_query_a_batch(monkeypatch, django_assert_num_queries):
    factories.consent(factories.contact("ann@example.org"))
    monkeypatch.setattr(batches, "LEAST", 10)
    asked = ["ann@example.org"] * 95
    with django_assert_num_queries(1 + 3):  # 10, 80, and what is left
        assert list(filter_permitted(iter(asked), "newsletter")) == asked


def test_a_batch_grows_no_further_than_a_query_may_take(
    monkeypatch, django_assert_num_queries
):
    factories.consent(factories.contact("ann@example.org"))
    monkeypatch.setattr(batches, "LEAST", 10)
    monkeypatch.setattr(lookup, "most_at_once", lambda: 20)
    with django_assert_num_queries(1 + 4):  # 10, 20, 20, 20
        assert len(list(filter_permitted(["ann@example.org"] * 70, "newsletter"))) == 70


def test_an_answer_that_waited_is_asked_for_again(monkeypatch):
    contacts = [factories.contact(f"{name}@example.org") for name in ("ann", "bob")]
    asked = [contact.email for contact in contacts]
    for contact in contacts:
        factories.consent(contact)
    for fresh, still_there in ((60, True), (-1, False)):
        monkeypatch.setattr(batches, "FRESH", fresh)
        answers = filter_permitted(asked, "newsletter")
        assert next(answers) == asked[0]
        withdrawn = Consent.objects.filter(contact=contacts[1])
        withdrawn.update(status="withdrawn")
        assert (asked[1] in answers) is still_there
        withdrawn.update(status="granted")


def test_who_reads_slowly_is_told_everything_once(monkeypatch):
    factories.consent(factories.contact("ann@example.org"))
    monkeypatch.setattr(batches, "LEAST", 4)
    monkeypatch.setattr(batches, "FRESH", -1)
    asked = ["ann@example.org", "bob@example.org", "Ann@example.org"] * 9
    expected = [email for email in asked if email[0] != "b"]
    assert list(filter_permitted(asked, "newsletter")) == expected


def test_a_whole_batch_fits_a_query(settings, monkeypatch):
    ring = [f"key-{number}-of-a-long-ring" for number in range(8)]
    settings.WAGTAIL_CONSENT = {"KEYS": ring}
    factories.consent(factories.contact("ann@example.org"))
    size = max(batches.LEAST, lookup.most_at_once() // 8)
    monkeypatch.setattr(batches, "LEAST", size)
    asked = [f"person{number}@example.org" for number in range(size)]
    asked[-1] = "ann@example.org"
    assert list(filter_permitted(asked, "newsletter")) == ["ann@example.org"]


def test_the_stream_is_read_no_further_than_it_is_used(monkeypatch):
    factories.consent(factories.contact("ann@example.org"))
    monkeypatch.setattr(batches, "LEAST", 10)
    source = iter(["ann@example.org"] * 100)
    next(filter_permitted(source, "newsletter"))
    assert len(list(source)) == 90


@pytest.mark.slow
def test_memory_stays_flat(monkeypatch):
    """Ten times the addresses, the same peak: nothing is kept from batch to batch."""
    monkeypatch.setattr(lookup, "most_at_once", lambda: 2_000)
    factories.consent(factories.contact("ann@example.org"))
    peak(4_000)
    assert peak(40_000) < 1.2 * peak(4_000)


def peak(count):
    asked = (f"person{number:09}@example.org" for number in range(count))
    tracemalloc.start()
    for _email in filter_permitted(asked, "newsletter"):
        pass
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size
