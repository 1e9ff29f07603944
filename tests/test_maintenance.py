"""`consent_maintenance` finishes what lost tasks left, whatever else fails."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import factories
from wagtail_consent import journal, maintenance
from wagtail_consent.models import Consent, Status, UnsealedEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_the_cores_jobs(monkeypatch):
    jobs = {name: maintenance._jobs[name] for name in ("retention", "seal")}
    monkeypatch.setattr(maintenance, "_jobs", jobs)


def run(*arguments):
    out = StringIO()
    call_command("consent_maintenance", *arguments, stdout=out)
    return out.getvalue()


def test_it_seals_what_waits():
    factories.event()
    assert "seal: 2" in run()
    assert not UnsealedEvent.objects.exists()
    assert len(list(journal.seals())) == 1


def test_it_lets_old_consents_lapse_and_seals_that_too():
    purpose = factories.purpose(lapse_age=30)
    factories.event(to=purpose, at=timezone.now() - timedelta(days=31))
    output = run()
    assert "retention: 1" in output and "seal: 3" in output
    assert Consent.objects.get().status == Status.EXPIRED


def test_a_second_run_has_nothing_to_do():
    factories.event()
    run()
    assert run().split() == ["retention:", "0", "seal:", "0"]


def test_a_rooms_job_runs_too():
    maintenance.register("room", lambda: 3)
    assert "room: 3" in run()


def test_a_job_that_fails_is_logged_and_stops_no_other(caplog):
    caplog.set_level(logging.ERROR)
    jobs = dict(maintenance._jobs)
    maintenance._jobs.clear()
    maintenance.register("broken", lambda: 1 // 0)
    maintenance._jobs.update(jobs)
    factories.event()
    out = StringIO()
    with pytest.raises(CommandError, match="broken") as caught:
        call_command("consent_maintenance", stdout=out)
    assert caught.value.returncode == 1
    assert "seal: 2" in out.getvalue()
    assert "Maintenance job broken failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_one_job_can_be_run_alone():
    factories.event()
    assert run("--only=retention").split() == ["retention:", "0"]
    assert UnsealedEvent.objects.count() == 2


def test_an_unknown_job_is_refused_with_the_names_there_are():
    with pytest.raises(CommandError, match="seal"):
        run("--only=everything")


def test_outcomes_can_be_read_by_a_program():
    factories.event()
    outcomes = {each.name: each for each in maintenance.run_all()}
    assert outcomes["seal"].count == 2
    assert outcomes["seal"].error is None
