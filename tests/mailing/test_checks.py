"""Each check, by its id."""

from typing import Any

import pytest
from django.core.checks import run_checks

from tests.smtp import SMTPServer
from wagtail_consent import compat
from wagtail_consent.mailing.checks import LABEL

SENDS = "django.core.mail.backends."


def found(deploy: bool = False) -> set[str]:
    messages = run_checks(tags=[LABEL], include_deployment_checks=deploy)
    return {str(message.id).removeprefix(f"{LABEL}.") for message in messages}


def consent(settings: Any, **values: Any) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | values


def send_by(settings: Any, backend: str) -> None:
    if compat.DJANGO_6_1:
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend


def test_the_test_settings_are_in_order() -> None:
    assert not found()


@pytest.mark.parametrize("sender", ["nobody", "", "a@example.com\nBcc: b@example.com"])
def test_e001_the_sender_is_no_address(settings: Any, sender: str) -> None:
    settings.DEFAULT_FROM_EMAIL = sender
    assert found() == {"E001"}


@pytest.mark.parametrize("seconds", [0, -1])
def test_e002_no_time_out(settings: Any, seconds: int) -> None:
    consent(settings, SMTP_TIMEOUT=seconds)
    assert found() == {"E002"}


def test_e003_a_lease_that_is_too_short(settings: Any) -> None:
    consent(settings, SMTP_TIMEOUT=10, LEASE_SECONDS=39)
    assert found() == {"E003"}
    consent(settings, SMTP_TIMEOUT=10, LEASE_SECONDS=40)
    assert not found()


def test_e004_a_backend_that_is_not_there(settings: Any) -> None:
    send_by(settings, "nowhere.Backend")
    assert "E004" in found(deploy=True)
    if compat.DJANGO_6_1:
        settings.MAILERS = {}
        assert "E004" in found(deploy=True)


@pytest.mark.parametrize("sender", ["webmaster@localhost", "a@server.local"])
def test_w001_a_sender_that_nobody_takes_mail_from(settings: Any, sender: str) -> None:
    settings.DEFAULT_FROM_EMAIL = sender
    assert not found()
    assert "W001" in found(deploy=True)


@pytest.mark.parametrize("name", ["console", "dummy", "locmem", "our console"])
def test_w002_a_backend_for_development(settings: Any, name: str) -> None:
    ours = "wagtail_consent.mailing.console"
    module = ours if name == "our console" else f"{SENDS}{name}"
    send_by(settings, f"{module}.EmailBackend")
    assert not found()
    assert "W002" in found(deploy=True)


@pytest.mark.smtp
def test_a_deployment_in_order(settings: Any, smtp: SMTPServer) -> None:
    settings.DEFAULT_FROM_EMAIL = "post@garden-company.com"
    assert not found(deploy=True)
