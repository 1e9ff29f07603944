"""May an address be contacted? A no is the default, and a refusal always wins."""

import unicodedata
from datetime import datetime, timedelta, timezone
from itertools import product

import pytest

from tests import factories
from wagtail_consent import addresses, keys, ledger, suppression
from wagtail_consent.models import (
    Consent,
    Contact,
    Origin,
    Purpose,
    Status,
    Suppression,
    SuppressionReason,
)
from wagtail_consent.permission import (
    Decision,
    Facts,
    Reason,
    decide,
    filter_permitted,
    may_contact,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOW = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
LONG_AGO = NOW - timedelta(days=400)
OLD_KEY, NEW_KEY = "an-old-key-of-the-tests", "a-new-key-of-the-tests"


def granted(since=NOW, **facts):
    return Facts(since=since, status="granted", basis="consent", evidence=7, **facts)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(), Reason.NO_RECORD),
        (Facts(status="requested"), Reason.PENDING),
        (Facts(status="withdrawn"), Reason.WITHDRAWN),
        (Facts(status="objected"), Reason.OBJECTED),
        (Facts(status="objected", basis="legitimate_interests"), Reason.OBJECTED),
        (Facts(status="expired"), Reason.EXPIRED),
        (granted(), Reason.GRANTED),
        (granted(LONG_AGO), Reason.GRANTED),
        (granted(LONG_AGO, lapse_age=400), Reason.EXPIRED),
        (granted(LONG_AGO, lapse_age=401), Reason.GRANTED),
        (granted(suppressed_since=LONG_AGO), Reason.SUPPRESSED),
        (granted(suppressed_since=NOW, suppression="objection"), Reason.OBJECTED),
        (Facts(suppressed_since=NOW, status="withdrawn"), Reason.SUPPRESSED),
    ],
)
def test_decide(facts, reason):
    decision = decide(facts, NOW)
    assert decision.reason == reason
    assert bool(decision) is decision.allowed is (reason == Reason.GRANTED)


def test_decide_knows_every_status():
    for status in Status.values:
        decide(Facts(status=status, since=NOW), NOW)


@pytest.mark.parametrize(("days", "warns"), [(None, False), (401, False), (400, True)])
def test_decide_warns_of_age(days, warns):
    assert decide(granted(LONG_AGO, warning_age=days), NOW).warning is warns


def test_the_answer_names_its_ground():
    consent = factories.consent(factories.contact("ann@example.org"))
    assert may_contact("ann@example.org", "newsletter") == Decision(
        allowed=True,
        reason=Reason.GRANTED,
        basis="consent",
        since=consent.since,
        evidence=consent.event_id,
    )


def test_a_purpose_is_taken_as_such_or_by_its_identifier():
    consent = factories.consent(factories.contact("ann@example.org"))
    assert may_contact("ann@example.org", consent.purpose)


def test_a_stranger_is_not_contacted():
    factories.purpose()
    assert may_contact("nobody@example.org", "newsletter").reason == Reason.NO_RECORD


def test_another_purpose_is_no_permission():
    factories.consent(factories.contact("ann@example.org"))
    factories.purpose("calls", channel="phone")
    assert may_contact("ann@example.org", "calls").reason == Reason.NO_RECORD


def test_an_unknown_purpose_fails_closed():
    factories.consent(factories.contact("ann@example.org"))
    decision = may_contact("ann@example.org", "newsleter")
    assert not decision
    assert decision.reason == Reason.UNKNOWN_PURPOSE


@pytest.mark.parametrize(
    "email", ["", "ann", "@example.org", "ann@", None, "a\ud800@é.de"]
)
def test_an_unreadable_address_fails_closed(email, django_assert_num_queries):
    with django_assert_num_queries(0):
        decision = may_contact(email, "newsletter")
    assert not decision
    assert decision.reason == Reason.INVALID_ADDRESS


def test_withdrawal_ends_it():
    consent = factories.consent(factories.contact("ann@example.org"))
    ledger.withdraw(consent.contact, consent.purpose)
    assert may_contact("ann@example.org", "newsletter").reason == Reason.WITHDRAWN


@pytest.mark.parametrize("basis", ["consent", "contract", "legitimate_interests"])
def test_objection_beats_every_basis(basis):
    purpose = factories.purpose(lawful_basis=basis)
    consent = factories.consent(factories.contact("ann@example.org"), purpose)
    event = ledger.object(consent.contact, purpose)
    decision = may_contact("ann@example.org", "newsletter")
    assert not decision
    assert (decision.reason, decision.evidence) == (Reason.OBJECTED, event.pk)


def test_objection_to_everything_covers_purposes_made_later():
    consent = factories.consent(factories.contact("ann@example.org"))
    ledger.object(consent.contact)
    factories.purpose("later")
    assert may_contact("ann@example.org", "newsletter").reason == Reason.OBJECTED
    assert may_contact("ann@example.org", "later").reason == Reason.OBJECTED


def suppress(email="ann@example.org", **values):
    defaults = {
        "controller": Purpose.objects.get(identifier="newsletter").controller,
        "address": addresses.parse(email),
        "reason": SuppressionReason.BOUNCE,
        "origin": Origin.SYSTEM,
    }
    return suppression.suppress(**defaults | values)


def test_suppression_beats_permission():
    factories.consent(factories.contact("ann@example.org"))
    row = suppress()
    decision = may_contact("ann@example.org", "newsletter")
    assert (decision.reason, decision.since) == (Reason.SUPPRESSED, row.since)


def test_another_controllers_suppression_is_not_ours():
    factories.consent(factories.contact("ann@example.org"))
    suppress(controller=factories.controller())
    assert may_contact("ann@example.org", "newsletter")


def test_another_purposes_suppression_is_not_ours():
    factories.consent(factories.contact("ann@example.org"))
    suppress(purpose=factories.purpose("calls"))
    assert may_contact("ann@example.org", "newsletter")


def test_a_lifted_suppression_no_longer_counts():
    factories.consent(factories.contact("ann@example.org"))
    Suppression.objects.filter(pk=suppress().pk).update(lifted_at=NOW)
    assert may_contact("ann@example.org", "newsletter")


def aged(days, **values):
    at = datetime.now(timezone.utc) - timedelta(days=days)
    purpose = factories.purpose(**values)
    return factories.consent(factories.contact("ann@example.org"), purpose, at)


def test_age_counts_when_it_is_asked_not_when_a_job_ran():
    assert aged(30, lapse_age=30).status == Status.GRANTED
    assert may_contact("ann@example.org", "newsletter").reason == Reason.EXPIRED


def test_an_ageing_permission_says_so():
    aged(30, warning_age=30, lapse_age=60)
    decision = may_contact("ann@example.org", "newsletter")
    assert decision.allowed
    assert decision.warning


SPELLINGS = {
    "ann@example.org": ["ANN@Example.ORG", " ann@example.org "],
    "ann@bücher.example": ["ann@xn--bcher-kva.example", "Ann@BÜCHER.example"],
    "иван@почта.рф": ["ИВАН@ПОЧТА.РФ", "Иван@xn--80a1acny.xn--p1ai"],
    "jos\u00e9@example.org": ["jose\u0301@example.org", "JOSE\u0301@example.org"],
    "ann@cafe\u0301.example": ["ann@caf\u00e9.example", "ann@xn--caf-dma.example"],
    "straße@example.org": ["STRAßE@example.org"],
}


@pytest.mark.parametrize(
    ("given", "asked"),
    [(given, asked) for given, others in SPELLINGS.items() for asked in others],
)
def test_one_address_in_many_spellings(given, asked):
    factories.consent(factories.contact(given))
    assert may_contact(asked, "newsletter")
    assert list(filter_permitted([asked], "newsletter")) == [asked]


@pytest.mark.parametrize("given", SPELLINGS)
def test_unicode_forms_are_one(given):
    factories.consent(factories.contact(unicodedata.normalize("NFC", given)))
    assert may_contact(unicodedata.normalize("NFD", given), "newsletter")


@pytest.mark.parametrize(
    "other",
    [
        "ann+shop@example.org",
        "an.n@example.org",
        "аnn@example.org",
        "straße@example.org",
    ],
)
def test_tags_dots_and_lookalikes_are_other_people(other):
    factories.consent(factories.contact("ann@example.org"))
    factories.consent(factories.contact("strasse@example.org"))
    assert may_contact(other, "newsletter").reason == Reason.NO_RECORD


@pytest.mark.parametrize(
    "email", ["ann@example.org", "stranger@example.org", "suppressed@example.org"]
)
def test_one_query_whatever_the_answer(email, django_assert_num_queries):
    factories.consent(factories.contact("ann@example.org"))
    suppress("suppressed@example.org")
    with django_assert_num_queries(1):
        may_contact(email, "newsletter")


@pytest.fixture
def rotate(settings):
    def to(*ring):
        settings.WAGTAIL_CONSENT = {"KEYS": list(ring)}

    to(OLD_KEY)
    return to


def test_permission_survives_a_new_key(rotate):
    factories.consent(factories.contact("ann@example.org"))
    rotate(NEW_KEY, OLD_KEY)
    assert may_contact("ann@example.org", "newsletter")
    assert list(filter_permitted(["ann@example.org"], "newsletter"))


def test_a_suppression_under_another_key_counts(rotate):
    factories.consent(factories.contact("ann@example.org"))
    rotate(NEW_KEY, OLD_KEY)
    suppress()
    assert may_contact("ann@example.org", "newsletter").reason == Reason.SUPPRESSED
    assert not list(filter_permitted(["ann@example.org"], "newsletter"))


def test_a_refusal_under_any_key_wins(rotate):
    old = factories.consent(factories.contact("ann@example.org"))
    rotate(NEW_KEY)
    factories.consent(factories.contact("ann@example.org"))
    rotate(NEW_KEY, OLD_KEY)
    assert Contact.objects.count() == 2
    ledger.withdraw(old.contact, old.purpose)
    assert may_contact("ann@example.org", "newsletter").reason == Reason.WITHDRAWN
    assert not list(filter_permitted(["ann@example.org"], "newsletter"))


def test_without_any_key_nothing_is_answered(settings):
    settings.WAGTAIL_CONSENT = {}
    with pytest.raises(keys.ImproperlyConfigured):
        may_contact("ann@example.org", "newsletter")


AGES = [0, 45, 90]
BARRIERS = [None, "all", "this", "other", "lifted", "stranger"]


def test_the_batch_agrees_with_the_single_question():
    purpose = factories.purpose(warning_age=30, lapse_age=60)
    other = factories.purpose("other")
    stranger = factories.controller()
    emails = []
    for status, age, barrier in product([None, *Status.values], AGES, BARRIERS):
        email = f"{status}-{age}-{barrier}@example.org"
        emails.append(email)
        if status:
            set_state(factories.contact(email), purpose, status, age)
        raise_barrier(barrier, email, purpose, other, stranger)
    allowed = [email for email in emails if may_contact(email, purpose)]
    assert list(filter_permitted(emails, purpose)) == allowed
    assert len(allowed) == 8


def set_state(contact, purpose, status, age):
    consent = factories.consent(contact, purpose)
    since = datetime.now(timezone.utc) - timedelta(days=age)
    Consent.objects.filter(pk=consent.pk).update(status=status, since=since)


def raise_barrier(barrier, email, purpose, other, stranger):
    scopes = {"this": {"purpose": purpose}, "other": {"purpose": other}}
    scopes["stranger"] = {"controller": stranger}
    if barrier:
        row = suppress(email, **scopes.get(barrier, {}))
        if barrier == "lifted":
            Suppression.objects.filter(pk=row.pk).update(lifted_at=NOW)


def test_the_batch_keeps_order_spelling_and_repetition():
    for name in ("ann", "bob"):
        factories.consent(factories.contact(f"{name}@example.org"))
    asked = ["Bob@Example.org", "no", "", "x@example.org", "ann@example.org"]
    asked += ["BOB@example.org", None]
    assert list(filter_permitted(asked, "newsletter")) == [
        "Bob@Example.org",
        "ann@example.org",
        "BOB@example.org",
    ]


def test_the_batch_knows_no_unknown_purpose():
    assert list(filter_permitted(["ann@example.org"], "newsleter")) == []
