"""What grew too old ends, in batches; what is young stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from wagtail_consent import ledger, retention
from wagtail_consent.models import Consent, ConsentEvent, EventPayload, Status

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def purpose():
    return factories.purpose(lapse_age=60)


def aged(purpose, days, now):
    at = now - timedelta(days=days)
    return factories.consent(factories.contact(), purpose, at)


def kinds():
    return list(ConsentEvent.objects.values_list("kind", flat=True))


def test_the_lapse_age_ends_a_consent(purpose, now):
    old = aged(purpose, 60, now)
    assert retention.run(now)["consents"] == 1
    old.refresh_from_db()
    assert old.status == Status.EXPIRED
    assert kinds()[-1] == "expired"


def test_a_younger_one_stays(purpose, now):
    young = aged(purpose, 59, now)
    assert retention.run(now)["consents"] == 0
    young.refresh_from_db()
    assert young.status == Status.GRANTED


def test_without_a_lapse_age_nothing_ages(now):
    aged(factories.purpose(), 10_000, now)
    assert retention.run(now)["consents"] == 0


def test_it_happens_once(purpose, now):
    aged(purpose, 60, now)
    retention.run(now)
    assert retention.run(now)["consents"] == 0


def test_who_withdrew_is_left_alone(purpose, now):
    old = aged(purpose, 60, now)
    ledger.withdraw(old.contact, purpose)
    assert retention.run(now)["consents"] == 0


def test_all_batches_are_worked_through(purpose, now, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _number in range(5):
        aged(purpose, 60, now)
    assert retention.run(now)["consents"] == 5
    assert not Consent.objects.filter(status=Status.GRANTED).exists()


def test_rows_are_deleted_in_batches(purpose, now, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _number in range(3):
        aged(purpose, 1, now)
    assert retention.delete(EventPayload.objects.all()) == 6
    assert not EventPayload.objects.exists()


def test_a_room_registers_its_own_rule(monkeypatch, now):
    monkeypatch.setattr(retention, "_rules", {})
    retention.register("room", lambda at: 3 if at == now else 0)
    assert retention.run(now) == {"room": 3}


@pytest.mark.django_db
def test_a_failing_rule_stops_no_other(monkeypatch, caplog):
    def fail(now):
        raise OSError("the disk is full")

    acted = []
    rules = {"first": fail, "second": lambda now: acted.append(now) or 1}
    monkeypatch.setattr(retention, "_rules", rules)
    with pytest.raises(retention.RulesFailed, match="first"):
        retention.run(timezone.now())
    assert acted
    assert "The retention rule first failed" in caplog.text
