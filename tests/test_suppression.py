"""Who must not be contacted stays so, until whoever set it lifts it."""

import pytest

from tests import factories
from wagtail_consent import addresses, suppression
from wagtail_consent.models import Origin, Suppression, SuppressionReason

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ANN = addresses.parse("ann@example.org")


@pytest.fixture
def company():
    return factories.controller()


@pytest.fixture
def newsletter(company):
    return factories.purpose("newsletter", controller=company)


@pytest.fixture
def offers(company):
    return factories.purpose("offers", controller=company)


def suppress(company, origin=Origin.PERSON, purpose=None, reason="objection"):
    return suppression.suppress(
        company, ANN, SuppressionReason(reason), origin, purpose
    )


def test_a_row_tells_nothing_of_the_address(company):
    row = suppress(company)
    values = Suppression.objects.filter(pk=row.pk).values().get()
    assert "ann" not in str(values)


def test_an_address_is_known_in_any_spelling(company):
    suppress(company)
    assert suppression.is_suppressed(company, addresses.parse("ANN@Example.ORG"))


def test_without_a_purpose_every_purpose_is_stopped(company, newsletter):
    suppress(company)
    assert suppression.is_suppressed(company, ANN)
    assert suppression.is_suppressed(company, ANN, newsletter)


def test_with_a_purpose_no_other_is_stopped(company, newsletter, offers):
    suppress(company, purpose=newsletter)
    assert suppression.is_suppressed(company, ANN, newsletter)
    assert not suppression.is_suppressed(company, ANN, offers)
    assert not suppression.is_suppressed(company, ANN)


def test_another_company_and_another_address_arent_stopped(company):
    suppress(company)
    assert not suppression.is_suppressed(factories.controller(), ANN)
    tagged = addresses.parse("ann+news@example.org")
    assert not suppression.is_suppressed(company, tagged)


def test_a_rotated_key_forgets_nobody(company, settings):
    suppress(company)
    [key] = settings.WAGTAIL_CONSENT["KEYS"]
    settings.WAGTAIL_CONSENT = {"KEYS": ["a-newer-key-of-a-test", key]}
    assert suppression.is_suppressed(company, ANN)
    assert suppression.lift(company, ANN, by=Origin.PERSON) == 1


@pytest.mark.parametrize(
    ("by", "origin", "lifted"),
    [
        (Origin.PERSON, Origin.PERSON, True),
        (Origin.PERSON, Origin.STAFF, False),
        (Origin.PERSON, Origin.SYSTEM, False),
        (Origin.STAFF, Origin.STAFF, True),
        (Origin.STAFF, Origin.SYSTEM, True),
        (Origin.STAFF, Origin.PERSON, False),
        (Origin.SYSTEM, Origin.SYSTEM, True),
        (Origin.SYSTEM, Origin.STAFF, False),
        (Origin.SYSTEM, Origin.PERSON, False),
    ],
)
def test_who_may_lift_what(company, by, origin, lifted):
    suppress(company, origin)
    assert suppression.lift(company, ANN, by=by) == lifted
    assert suppression.is_suppressed(company, ANN) is not lifted


def test_lifting_is_a_fact_with_a_time_not_a_deletion(company):
    row = suppress(company)
    suppression.lift(company, ANN, by=Origin.PERSON)
    row.refresh_from_db()
    assert row.lifted_at > row.since
    assert row.lifted_by == Origin.PERSON


def test_only_what_was_set_for_a_reason_is_lifted(company):
    suppress(company, reason="objection")
    suppress(company, reason="not_me")
    suppression.lift(company, ANN, by=Origin.PERSON, reason=SuppressionReason.NOT_ME)
    assert Suppression.objects.get(lifted_at=None).reason == "objection"


def test_lifting_one_purpose_leaves_the_objection_to_the_others(
    company, newsletter, offers
):
    since = suppress(company).since
    suppression.lift(company, ANN, newsletter, by=Origin.PERSON)
    assert not suppression.is_suppressed(company, ANN, newsletter)
    assert suppression.is_suppressed(company, ANN, offers)
    assert Suppression.objects.get(purpose=offers).since == since


def test_lifting_one_purpose_touches_no_other(company, newsletter, offers):
    suppress(company, purpose=newsletter)
    suppress(company, purpose=offers)
    suppression.lift(company, ANN, newsletter, by=Origin.PERSON)
    assert suppression.is_suppressed(company, ANN, offers)


def test_lifting_everything_leaves_a_single_purpose_stopped(company, newsletter):
    suppress(company, purpose=newsletter)
    assert suppression.lift(company, ANN, by=Origin.PERSON) == 0
    assert suppression.is_suppressed(company, ANN, newsletter)


def test_that_wasnt_me_leaves_nothing_behind_when_lifted(company, newsletter, offers):
    suppress(company, reason="not_me")
    suppression.lift(company, ANN, newsletter, by=Origin.PERSON)
    assert not suppression.is_suppressed(company, ANN, offers)


def test_a_barrier_of_staff_on_all_isnt_spread_when_the_person_returns(
    company, newsletter, offers
):
    suppress(company, Origin.STAFF)
    suppression.lift(company, ANN, newsletter, by=Origin.PERSON)
    assert Suppression.objects.count() == 1
