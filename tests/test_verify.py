"""Whoever changes, inserts or removes a row of the ledger is found out, and the row is
named: here it is really done, in SQL, past the guards."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import factories
from tests.tampering import (
    EVENTS,
    change,
    events,
    execute,
    foreign_keys_off,
    insert,
    name,
    remove,
)
from wagtail_consent import chain, guards, journal, keys, ledger, seal, verify
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    EventPayload,
    UnsealedEvent,
)
from wagtail_consent.verify import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(scope="module", autouse=True)
def unguarded(django_db_setup, django_db_blocker):
    """For the whole module: to lift them ends a transaction on MySQL and MariaDB."""
    with django_db_blocker.unblock(), guards.lifted():
        yield


@pytest.fixture
def ann():
    """Asked, confirmed, withdrew, came back: five events."""
    contact, purpose = factories.contact("ann@example.org"), factories.purpose()
    factories.event(contact, purpose)
    ledger.withdraw(contact, purpose)
    ledger.confirm(contact, purpose, factories.proof(), timezone.now())
    return contact


@pytest.fixture
def bob(ann):
    contact = factories.contact("bob@example.org")
    factories.event(contact)
    return contact


@pytest.fixture
def sealed(ann, bob):
    seal.seal_pending()
    assert found() == []


def found():
    return [(each.kind, each.row) for each in verify.findings()]


def test_an_untouched_ledger_is_intact(ann, bob):
    assert found() == []
    seal.seal_pending()
    assert found() == []
    factories.event()
    assert found() == []


CHANGES = {
    "kind": "renewed",
    "controller": 4711,
    "purpose": "everything",
    "notice": "00" * 32,
    "occurred_at": timezone.now() - timedelta(days=3),
    "recorded_at": timezone.now() - timedelta(days=3),
    "commitment": "00" * 32,
    "previous": "00" * 32,
    "hash": "00" * 32,
    "sequence": 99,
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_row_is_named(sealed, ann, column):
    victim = events(ann)[1]
    change(victim, column, CHANGES[column])
    victim.refresh_from_db()
    assert (Kind.CHANGED, name(victim)) in found()
    assert not {row for _, row in found()} & {name(each) for each in events(ann)[3:]}


@pytest.mark.parametrize("column", ["kind", "hash", "occurred_at"])
def test_a_changed_row_is_named_before_it_is_sealed(ann, bob, column):
    victim = events(bob)[0]
    change(victim, column, CHANGES[column])
    assert found() == [(Kind.CHANGED, name(victim))]


def test_nothing_but_the_changed_row_is_named(sealed, ann):
    victim = events(ann)[2]
    change(victim, "notice", "00" * 32)
    assert found() == [(Kind.CHANGED, name(victim))]


def test_a_change_with_a_new_hash_is_named(sealed, ann, settings):
    """The attacker knows how we hash, though not the key."""
    victim = events(ann)[2]
    ring = settings.WAGTAIL_CONSENT
    values = ConsentEvent.objects.filter(pk=victim.pk).values().get()
    settings.WAGTAIL_CONSENT = {"KEYS": ["the-attackers-key"]}
    forged = chain.hash_of({**values, "kind": "renewed", "key": keys.newest().id})
    settings.WAGTAIL_CONSENT = ring
    change(victim, "kind", "renewed")
    change(victim, "hash", forged)
    assert found() == [(Kind.CHANGED, name(victim))]


def test_a_row_that_names_a_key_of_nobodys_is_named(sealed, bob):
    victim = events(bob)[0]
    change(victim, "key", "deadbeef")
    assert found() == [(Kind.KEY, name(victim))]


def test_a_changed_payload_is_named(sealed, bob):
    victim = events(bob)[1]
    payload = EventPayload.objects.get(pk=victim.pk)
    payload.data["source"]["url"] = "/en/elsewhere/"
    payload.save()
    assert found() == [(Kind.CHANGED, name(victim))]


def test_a_changed_salt_is_named(sealed, bob):
    victim = events(bob)[1]
    EventPayload.objects.filter(pk=victim.pk).update(salt="no salt")
    assert found() == [(Kind.CHANGED, name(victim))]


def test_erasing_a_person_breaks_nothing(sealed, ann):
    """GDPR Art. 17: payload and contact go; the chain still verifies."""
    Consent.objects.filter(contact=ann).delete()
    subject = ann.subject
    EventPayload.objects.filter(event__subject=subject).delete()
    Contact.objects.filter(pk=ann.pk).delete()
    assert ConsentEvent.objects.filter(subject=subject).count() == 5
    assert found() == []


def test_an_inserted_row_is_named(sealed, ann):
    """A consent that never was, behind the last one."""
    last = events(ann)[-1]
    forged = insert(last, sequence=6, previous=last.hash)
    assert found()[0] == (Kind.INSERTED, name(forged))


def test_an_inserted_row_in_a_chain_of_its_own_is_named(sealed, ann):
    forged = insert(events(ann)[0], subject="1234" * 8)
    assert found()[0][0] == Kind.INSERTED
    assert f"event {forged.pk} " in found()[0][1]


def test_an_inserted_row_is_named_with_a_negative_number(sealed, ann):
    forged = insert(events(ann)[-1], sequence=6, id=-5)
    assert (Kind.INSERTED, name(forged)) in found()


def test_a_row_removed_from_the_middle_is_named(sealed, ann):
    victim = events(ann)[2]
    remove(victim)
    assert found() == [(Kind.REMOVED, name(victim))]


def test_the_removed_tail_is_named(sealed, ann):
    *_, withdrawn, requested, confirmed = events(ann)
    remove(requested, confirmed)
    assert found() == [(Kind.REMOVED, name(requested)), (Kind.REMOVED, name(confirmed))]


def test_a_removed_contact_is_named_with_every_event(sealed, ann):
    gone = events(ann)
    remove(*gone)
    Contact.objects.filter(pk=ann.pk).delete()
    assert found() == [(Kind.REMOVED, name(event)) for event in gone]


def test_an_emptied_ledger_is_named(sealed, ann, bob):
    gone = events(ann) + events(bob)
    remove(*gone)
    assert found() == [(Kind.REMOVED, name(event)) for event in gone]


def test_a_row_removed_before_its_seal_is_named_by_what_follows(ann):
    _, second, third, *_ = events(ann)
    remove(second, third)
    assert found() == [
        (Kind.REMOVED, f"event {event.subject}/{event.sequence}")
        for event in (second, third)
    ]


def test_a_tail_removed_before_its_seal_is_named_by_the_queue(ann):
    """Where nothing else of the contact is left; foreign keys are off, as in a dump
    that is restored."""
    last = events(ann)[-1]
    with foreign_keys_off():
        remove(last, queue=False)
        assert found() == [(Kind.REMOVED, f"event {last.pk}")]
        UnsealedEvent.objects.filter(pk=last.pk).delete()


def test_rows_that_changed_places_are_named(sealed, ann, bob):
    """Both are ours, and each stands where the other was sealed."""
    one, other = events(ann)[0].pk, events(bob)[0].pk
    EventPayload.objects.filter(pk__in=[one, other]).delete()
    with foreign_keys_off():
        for old, new in ((one, 0), (other, one), (0, other)):
            execute(f"UPDATE {EVENTS} SET id = %s WHERE id = %s", new, old)  # noqa: S608
    named = [(kind, row.split(" (")[0]) for kind, row in found()]
    assert named == [(Kind.CHANGED, f"event {pk}") for pk in (one, other)]


def test_a_row_that_left_the_queue_unsealed_is_named(sealed):
    """Threat: who empties the queue could remove the rows later without a trace."""
    event = factories.event(factories.contact())
    UnsealedEvent.objects.all().delete()
    first = ConsentEvent.objects.get(subject=event.subject, sequence=1)
    assert found() == [(Kind.SEAL, name(first))]


def test_a_seal_that_is_written_meanwhile_is_taken_into_account(sealed, monkeypatch):
    factories.event(factories.contact())
    read = verify._events

    def sealing_first(sealed):
        seal.seal_pending()
        yield from read(sealed)

    monkeypatch.setattr(verify, "_events", sealing_first)
    assert found() == []


def test_a_queue_that_waits_too_long_is_a_finding(sealed, settings):
    factories.event(factories.contact())
    assert found() == []
    settings.WAGTAIL_CONSENT = {**settings.WAGTAIL_CONSENT, "UNSEALED_SECONDS": -1}
    [finding] = verify.findings()
    assert finding.kind == Kind.SEAL
    assert "2 events" in finding.detail and "consent_maintenance" in finding.detail


def seals(count):
    for _ in range(count):
        factories.event(factories.contact())
        seal.seal_pending()
    return [each.name for each in journal.seals()]


def test_a_changed_seal_is_named(ann):
    _, middle, _ = seals(3)
    storage = journal.storage()
    with storage.open(middle) as file:
        content = file.read()
    storage.delete(middle)
    storage.save(middle, ContentFile(content.replace(b",1,", b",7,")))
    assert found()[0] == (Kind.SEAL, middle)


def test_a_removed_seal_is_named_by_the_next(ann):
    _, middle, last = seals(3)
    journal.storage().delete(middle)
    kinds, rows = zip(*found(), strict=True)
    assert set(kinds) == {Kind.SEAL}
    assert last in rows


def test_the_first_seal_removed_is_named(ann):
    first, second, _ = seals(3)
    journal.storage().delete(first)
    assert (Kind.SEAL, second) in found()


def test_the_last_seal_removed_shows_by_the_rows_it_covered(ann):
    *_, last = seals(3)
    journal.storage().delete(last)
    [(kind, row)] = found()
    assert kind == Kind.SEAL
    assert row == name(ConsentEvent.objects.order_by("-pk")[1])


def test_a_seal_of_somebody_elses_key_is_a_finding(ann, settings):
    ring = settings.WAGTAIL_CONSENT
    settings.WAGTAIL_CONSENT = {"KEYS": ["the-attackers-key"]}
    forged = journal.write([journal.Line(1, "ab" * 16, 1, "cd" * 32)])
    settings.WAGTAIL_CONSENT = ring
    assert found() == [(Kind.KEY, forged)]


def test_an_id_given_anew_after_a_restored_backup_names_what_was_lost(sealed, ann):
    """The seals know events that the backup doesn't; their numbers are used again."""
    lost = events(ann)[-1]
    remove(lost)
    contact = factories.contact()
    entry = ledger.withdraw(contact, factories.purpose("offers"))
    reused = ConsentEvent.objects.filter(pk=entry.pk)
    UnsealedEvent.objects.filter(pk=entry.pk).delete()
    EventPayload.objects.filter(pk=entry.pk).delete()
    Consent.objects.filter(event=entry).delete()
    execute(f"UPDATE {EVENTS} SET id = %s WHERE id = %s", lost.pk, entry.pk)  # noqa: S608
    assert not reused.exists()
    UnsealedEvent.objects.create(event_id=lost.pk)
    assert found() == [(Kind.REMOVED, name(lost))]


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"status": "granted"}, "status"),
        ({"digest": "00:00"}, "digest"),
    ],
)
def test_a_state_that_no_event_bears_out_is_named(ann, changes, detail):
    """Threat: `may_contact` reads the state; it has to follow from the chain."""
    ledger.withdraw(ann, Consent.objects.get().purpose)
    state = Consent.objects.get()
    Consent.objects.update(**changes)
    [finding] = verify.findings()
    assert finding.kind == Kind.STATE
    assert finding.row == f"consent {state.pk} (event {state.event_id})"
    assert detail in finding.detail


def test_a_state_that_points_back_past_a_withdrawal_is_named(ann):
    ledger.withdraw(ann, Consent.objects.get().purpose)
    Consent.objects.update(status="granted", event=events(ann)[1])
    [finding] = verify.findings()
    assert (finding.kind, finding.detail) == (Kind.STATE, "A later event ended it.")


def test_a_state_that_borrows_anothers_event_is_named(ann, bob):
    Consent.objects.filter(contact=ann).update(event=events(bob)[1])
    [finding] = verify.findings()
    assert finding.kind == Kind.STATE
    assert "another person" in finding.detail


def test_an_objection_to_everything_is_no_contradiction(ann, bob):
    ledger.object(ann)
    assert found() == []


def command(*arguments):
    out = StringIO()
    call_command("consent_verify", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_is_content_with_an_intact_ledger(sealed):
    assert "intact" in command()


def test_the_command_names_the_row_and_exits_with_one(sealed, ann):
    victim = events(ann)[2]
    remove(victim)
    out = StringIO()
    with pytest.raises(CommandError, match="1 finding") as caught:
        call_command("consent_verify", stdout=out)
    assert caught.value.returncode == 1
    assert f"removed: {name(victim)}" in out.getvalue()


def test_the_command_says_what_to_do_about_a_lost_key(sealed, settings):
    settings.WAGTAIL_CONSENT = {"KEYS": ["another"]}
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("consent_verify", stdout=out)
    assert "Put it back behind the newest one" in out.getvalue()


def test_the_command_prints_no_more_than_it_is_asked_for(sealed, ann, bob):
    remove(*events(ann), *events(bob))
    out = StringIO()
    with pytest.raises(CommandError, match="7 findings"):
        call_command("consent_verify", "--limit=2", stdout=out)
    assert len(out.getvalue().splitlines()) == 2


def test_the_command_says_which_setting_is_missing(sealed, settings):
    settings.WAGTAIL_CONSENT = {}
    with pytest.raises(CommandError, match="KEYS"):
        command()
