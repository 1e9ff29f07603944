"""What the room holds on a person, deletes in time and finishes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.mailing import parts
from wagtail_consent import addresses, conf, maintenance, registry, retention
from wagtail_consent.mailing.models import MailAllowance, Message, MessageStatus

pytestmark = pytest.mark.django_db

ANN = addresses.parse("ann@example.org")


def source() -> registry.PersonalDataSource:
    name = "wagtail_consent_mailing.messages"
    return next(each for each in registry.sources() if each.name == name)


def test_the_room_is_registered() -> None:
    assert "mailing" in maintenance.names()
    assert source().label


def test_messages_are_found_under_any_spelling_and_key(settings: object) -> None:
    parts.queue("Ann@Example.org")
    parts.queue("bob@example.org")
    assert source().find(ANN) == 1
    assert source().find(addresses.parse("ann+tag@example.org")) == 0
    old = settings.WAGTAIL_CONSENT["KEYS"]  # type: ignore[attr-defined]
    settings.WAGTAIL_CONSENT = {"KEYS": ["a-newer-key-that-signs", *old]}  # type: ignore[attr-defined]
    assert source().find(ANN) == 1


def test_each_controller_answers_for_its_own() -> None:
    ours, theirs = factories.controller(), factories.controller()
    parts.queue("ann@example.org", of=ours)
    assert source().find(ANN, ours) == 1
    assert source().find(ANN, theirs) == 0


def test_messages_are_previewed_and_exported() -> None:
    message = parts.queue("ann@example.org")
    [item] = source().preview(ANN)
    assert item.label == str(message.uuid)
    [row] = source().export(ANN)
    assert row["recipient"] == "ann@example.org"
    assert row["status"] == "due" and row["sent"] is None


def test_erasing_empties_the_address_and_ends_what_is_due() -> None:
    message = parts.queue("ann@example.org")
    assert source().erase(ANN).anonymised == 1
    message.refresh_from_db()
    assert (message.recipient, message.digest) == ("", "")
    assert message.status == MessageStatus.CANCELLED
    assert source().find(ANN) == 0
    assert source().erase(ANN).anonymised == 0


@pytest.mark.parametrize("status", MessageStatus.values)
def test_messages_go_when_their_days_are_over(status: str) -> None:
    days = conf.get("MESSAGE_DAYS")
    old, young = parts.queue(), parts.queue()
    now = timezone.now()
    Message.objects.update(status=status)
    Message.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=days))
    retention.run(now)
    left = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    assert left == ([old.pk, young.pk] if status == "due" else [young.pk])


def test_allowances_go_when_they_limit_nobody() -> None:
    parts.capped()
    retention.run(timezone.now() + timedelta(hours=20))
    assert MailAllowance.objects.exists()
    retention.run(timezone.now() + timedelta(hours=25))
    assert not MailAllowance.objects.exists()
