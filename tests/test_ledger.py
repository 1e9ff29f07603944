"""Consent is written once, in a chain, by one module; a no is never undone by an old
link, an import or bad luck."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests import factories
from wagtail_consent import addresses, chain, ledger, signals, suppression
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    EventPayload,
    Origin,
    Status,
    Suppression,
    SuppressionReason,
    UnsealedEvent,
)
from wagtail_consent.permission import may_contact

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ann():
    return factories.contact("Ann@Example.org")


@pytest.fixture
def newsletter(ann):
    return factories.purpose("newsletter", controller=ann.controller)


@pytest.fixture
def offers(ann):
    return factories.purpose("offers", controller=ann.controller)


@pytest.fixture
def news(django_capture_on_commit_callbacks):
    """Collect what the signals told."""
    heard = []

    def listen(name):
        def receiver(sender, **kwargs):
            heard.append((name, kwargs))

        getattr(signals, name).connect(receiver, weak=False, dispatch_uid="test")

    names = ["event_recorded", "permission_granted", "permission_ended"]
    for name in names:
        listen(name)
    yield heard
    for name in names:
        getattr(signals, name).disconnect(dispatch_uid="test")


def kinds(contact):
    events = ConsentEvent.objects.filter(subject=contact.subject).order_by("sequence")
    return [event.kind for event in events]


def state(contact, purpose):
    return Consent.objects.get(contact=contact, purpose=purpose)


def test_a_confirmation_writes_the_request_too_with_its_own_time(ann, newsletter):
    asked = timezone.now() - 3 * MINUTE
    event = ledger.confirm(ann, newsletter, factories.proof(), asked)
    requested, confirmed = ConsentEvent.objects.order_by("sequence")
    assert (requested.kind, requested.occurred_at) == ("requested", asked)
    assert (confirmed, confirmed.kind) == (event, "confirmed")
    assert confirmed.previous == requested.hash
    assert may_contact("ann@example.org", "newsletter")


def test_events_of_one_contact_form_one_chain(ann, newsletter, offers):
    ledger.confirm(ann, newsletter, factories.proof(), timezone.now())
    ledger.confirm(ann, offers, factories.proof(), timezone.now())
    ledger.withdraw(ann, newsletter)
    events = list(ConsentEvent.objects.order_by("sequence").values())
    assert [event["sequence"] for event in events] == [1, 2, 3, 4, 5]
    assert [event["previous"] for event in events[1:]] == [
        event["hash"] for event in events[:-1]
    ]
    assert all(chain.is_intact(event) for event in events)


def test_the_proof_lies_in_the_payload_that_the_event_commits_to(ann, newsletter):
    proof = factories.proof(mail="ef" * 32, message_id="<a@b>", data={"box": True})
    event = ledger.confirm(ann, newsletter, proof, timezone.now())
    payload = EventPayload.objects.get(event=event)
    assert event.notice == proof.notice
    assert payload.data["source"]["url"] == "/en/guide/"
    assert payload.data["mail"] == "ef" * 32
    assert payload.data["data"] == {"box": True}
    assert event.commitment == chain.commitment(payload.salt, payload.data)


def test_an_event_holds_no_personal_data(ann, newsletter):
    event = factories.event(ann, newsletter)
    values = ConsentEvent.objects.filter(pk=event.pk).values().get()
    text = " ".join(map(str, values.values())).lower()
    assert "ann" not in text and "example.org" not in text and "guide" not in text


def test_every_event_waits_for_its_seal(ann, newsletter):
    factories.event(ann, newsletter)
    assert UnsealedEvent.objects.count() == 2


def test_an_old_link_never_undoes_a_later_withdrawal(ann, newsletter):
    """Promise 6."""
    asked = timezone.now() - MINUTE
    ledger.withdraw(ann, newsletter)
    assert ledger.confirm(ann, newsletter, factories.proof(), asked) is None
    assert kinds(ann) == ["withdrawn"]
    assert not may_contact("ann@example.org", "newsletter")


def test_a_second_withdrawal_counts_against_what_was_asked_in_between(ann, newsletter):
    ledger.withdraw(ann, newsletter)
    asked = timezone.now()
    ledger.withdraw(ann, newsletter)
    assert ledger.confirm(ann, newsletter, factories.proof(), asked) is None


def test_asking_again_doesnt_wipe_a_withdrawal_away(ann, newsletter):
    first = timezone.now()
    ledger.withdraw(ann, newsletter)
    ledger.ask(ann, newsletter, factories.proof(), timezone.now())
    assert ledger.confirm(ann, newsletter, factories.proof(), first) is None


def test_who_asks_after_a_withdrawal_is_heard(ann, newsletter):
    ledger.withdraw(ann, newsletter)
    assert ledger.confirm(ann, newsletter, factories.proof(), timezone.now())
    assert may_contact("ann@example.org", "newsletter")


def test_a_general_objection_stops_what_was_asked_before(ann, newsletter):
    """Also where nothing was ever consented to, so that no state remembers it."""
    asked = timezone.now()
    ledger.object(ann)
    assert ledger.confirm(ann, newsletter, factories.proof(), asked) is None


def test_asking_gives_no_permission_and_is_told_once(ann, newsletter):
    asked = timezone.now() - MINUTE
    ledger.ask(ann, newsletter, factories.proof(), asked)
    assert not may_contact("ann@example.org", "newsletter")
    ledger.confirm(ann, newsletter, factories.proof(), asked)
    assert kinds(ann) == ["requested", "confirmed"]


def test_asking_takes_no_permission_away(ann, newsletter):
    factories.event(ann, newsletter)
    ledger.ask(ann, newsletter, factories.proof(), timezone.now())
    assert may_contact("ann@example.org", "newsletter")


def test_an_objection_to_everything_ends_every_purpose(ann, newsletter, offers):
    for purpose in (newsletter, offers):
        factories.event(ann, purpose)
    event = ledger.object(ann)
    assert event.purpose == ""
    assert {each.status for each in Consent.objects.all()} == {Status.OBJECTED}
    assert not may_contact("ann@example.org", "newsletter")
    assert not may_contact("ann@example.org", "offers")


def test_an_objection_survives_the_contact(ann, newsletter):
    ledger.object(ann, newsletter)
    Consent.objects.all().delete()
    ann.delete()
    again = factories.contact("ann@EXAMPLE.org", newsletter.controller)
    with pytest.raises(ledger.Suppressed):
        ledger.import_(
            again, newsletter, when=timezone.now(), how="list", reference="row 1"
        )


def test_confirming_anew_lifts_only_the_persons_own_barrier(ann, newsletter):
    ledger.object(ann, newsletter)
    suppression.suppress(
        ann.controller, ann.address, SuppressionReason.BOUNCE, Origin.SYSTEM
    )
    assert ledger.confirm(ann, newsletter, factories.proof(), timezone.now())
    standing = Suppression.objects.get(lifted_at=None)
    assert standing.origin == Origin.SYSTEM
    assert not may_contact("ann@example.org", "newsletter")


def test_confirming_one_purpose_leaves_the_objection_to_the_others(
    ann, newsletter, offers
):
    ledger.object(ann)
    ledger.confirm(ann, newsletter, factories.proof(), timezone.now())
    assert may_contact("ann@example.org", "newsletter")
    assert not may_contact("ann@example.org", "offers")
    assert suppression.is_suppressed(ann.controller, ann.address, offers)


def test_another_controller_is_not_told(ann, newsletter):
    other = factories.controller()
    theirs = factories.purpose("other", controller=other)
    namesake = factories.contact("ann@example.org", other)
    factories.event(namesake, theirs)
    ledger.object(ann)
    assert may_contact("ann@example.org", "other")


@pytest.mark.parametrize("end", [ledger.withdraw, ledger.object])
def test_no_import_undoes_a_no(ann, newsletter, end):
    end(ann, newsletter)
    with pytest.raises(ledger.Suppressed):
        ledger.import_(
            ann, newsletter, when=timezone.now(), how="list", reference="row 1"
        )
    assert not may_contact("ann@example.org", "newsletter")


def test_an_import_ages_from_when_the_consent_was_given(ann, newsletter):
    when = timezone.now() - timedelta(days=700)
    ledger.import_(ann, newsletter, when=when, how="old system", reference="row 1")
    assert state(ann, newsletter).since == when


def test_an_older_import_doesnt_age_a_newer_consent(ann, newsletter):
    event = factories.event(ann, newsletter)
    when = timezone.now() - timedelta(days=700)
    ledger.import_(ann, newsletter, when=when, how="old system", reference="row 1")
    assert state(ann, newsletter).event == event


def test_staff_record_a_yes_and_a_no(ann, newsletter):
    facts = {"user_id": 1, "how": "on the phone", "reference": "note 7"}
    ledger.record(ann, newsletter, when=timezone.now(), **facts)
    assert may_contact("ann@example.org", "newsletter")
    ledger.record(ann, newsletter, when=timezone.now(), granted=False, **facts)
    assert kinds(ann) == ["recorded", "withdrawn"]
    assert not may_contact("ann@example.org", "newsletter")
    payload = EventPayload.objects.latest("pk")
    assert payload.data["data"]["user"] == 1


def test_staff_cant_record_a_yes_from_before_the_no(ann, newsletter):
    yesterday = timezone.now() - timedelta(days=1)
    ledger.withdraw(ann, newsletter)
    with pytest.raises(ledger.Suppressed):
        ledger.record(
            ann, newsletter, user_id=1, when=yesterday, how="card", reference=""
        )


@pytest.mark.parametrize("verb", ["import_", "record"])
def test_nothing_is_taken_over_from_the_future(ann, newsletter, verb):
    facts = {"user_id": 1} if verb == "record" else {}
    with pytest.raises(ValueError, match="future"):
        getattr(ledger, verb)(
            ann,
            newsletter,
            when=timezone.now() + MINUTE,
            how="card",
            reference="",
            **facts,
        )


def test_a_renewal_begins_a_consent_anew(ann, newsletter):
    then = timezone.now() - timedelta(days=300)
    factories.event(ann, newsletter, at=then)
    ledger.renew(ann, newsletter, factories.proof(), timezone.now())
    assert state(ann, newsletter).since > then
    assert kinds(ann)[-1] == "renewed"


def test_a_lapsed_consent_can_be_renewed(ann, newsletter):
    ledger.expire(factories.consent(ann, newsletter))
    assert ledger.renew(ann, newsletter, factories.proof(), timezone.now())
    assert may_contact("ann@example.org", "newsletter")


@pytest.mark.parametrize("end", [ledger.withdraw, ledger.object])
def test_a_no_cant_be_renewed(ann, newsletter, end):
    factories.event(ann, newsletter)
    end(ann, newsletter)
    proof = factories.proof()
    assert ledger.renew(ann, newsletter, proof, timezone.now()) is None


def test_a_consent_expires_once(ann, newsletter):
    consent = factories.consent(ann, newsletter)
    assert ledger.expire(consent)
    assert ledger.expire(consent) is None
    assert kinds(ann) == ["requested", "confirmed", "expired"]


def test_a_consent_that_was_renewed_meanwhile_doesnt_expire(ann, newsletter):
    stale = factories.consent(ann, newsletter)
    ledger.renew(ann, newsletter, factories.proof(), timezone.now())
    assert ledger.expire(stale) is None
    assert may_contact("ann@example.org", "newsletter")


def test_a_state_keeps_when_it_began(ann, newsletter):
    ledger.withdraw(ann, newsletter)
    began = state(ann, newsletter).since
    second = ledger.withdraw(ann, newsletter)
    assert state(ann, newsletter).since == began
    assert state(ann, newsletter).event == second


def test_one_address_is_one_contact_in_any_spelling(ann):
    address = addresses.parse("ANN@example.org")
    assert ledger.contact_for(ann.controller, address, "de") == ann
    assert Contact.objects.get().email == "Ann@example.org"


def test_a_contact_is_found_under_an_older_key(ann, settings):
    [key] = settings.WAGTAIL_CONSENT["KEYS"]
    settings.WAGTAIL_CONSENT = {"KEYS": ["a-newer-key-of-a-test", key]}
    assert ledger.contact_for(ann.controller, ann.address, "en") == ann


def test_two_controllers_have_two_contacts(ann):
    other = ledger.contact_for(factories.controller(), ann.address, "en")
    assert other.subject != ann.subject


def test_an_erased_contact_is_a_clear_error(ann, newsletter):
    erased = Contact.objects.get()
    Contact.objects.all().delete()
    with pytest.raises(Contact.DoesNotExist):
        ledger.withdraw(erased, newsletter)


def test_what_fails_leaves_nothing(ann, newsletter, monkeypatch):
    monkeypatch.setattr(ledger, "_settle", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        factories.event(ann, newsletter)
    assert not ConsentEvent.objects.exists()
    assert not UnsealedEvent.objects.exists()


def test_a_confirmation_takes_few_queries(ann, newsletter, django_assert_num_queries):
    """One for the lock, three to know, one a table to write; two are a savepoint's."""
    contact = Contact.objects.get()
    rows = 4 if connection.features.can_return_rows_from_bulk_insert else 5
    with django_assert_num_queries(2 + 1 + 3 + rows):
        ledger.confirm(contact, newsletter, factories.proof(), timezone.now())


def test_news_goes_out_after_commit(
    ann, newsletter, news, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        event = factories.event(ann, newsletter)
        assert news == []
    names = [name for name, _ in news]
    assert names == ["event_recorded", "event_recorded", "permission_granted"]
    told = news[-1][1]
    assert (told["contact"], told["purpose"], told["event"]) == (ann, newsletter, event)


def test_news_of_an_end_goes_out_once(
    ann, newsletter, news, django_capture_on_commit_callbacks
):
    factories.event(ann, newsletter)
    with django_capture_on_commit_callbacks(execute=True):
        ledger.withdraw(ann, newsletter)
        ledger.withdraw(ann, newsletter)
    assert [name for name, _ in news].count("permission_ended") == 1


def test_no_news_of_a_permission_that_a_suppression_still_bars(
    ann, newsletter, news, django_capture_on_commit_callbacks
):
    suppression.suppress(
        ann.controller, ann.address, SuppressionReason.STAFF, Origin.STAFF
    )
    with django_capture_on_commit_callbacks(execute=True):
        factories.event(ann, newsletter)
    assert "permission_granted" not in [name for name, _ in news]


def test_a_rollback_takes_the_news_back(
    ann, newsletter, news, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            factories.event(ann, newsletter)
            raise ZeroDivisionError
    assert news == []
