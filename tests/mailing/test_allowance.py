"""Promise 5: at most three confirmation mails in 24 hours for one mailbox."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.at_once import at_once
from tests.mailing import parts
from tests.smtp import SMTPServer
from wagtail_consent import addresses
from wagtail_consent.mailing import allowance, delivery
from wagtail_consent.mailing.models import MailAllowance, Message, MessageStatus
from wagtail_consent.models import Controller

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

ANN = addresses.parse("ann@example.org")


@pytest.fixture
def company() -> Controller:
    return factories.controller()


def test_three_mails_in_a_day(company: Controller) -> None:
    assert [allowance.take(company, ANN) for _ in range(5)] == [True] * 3 + [False] * 2


def test_never_more_than_three_in_any_24_hours(company: Controller) -> None:
    """Somebody tries every hour for a week."""
    begin = timezone.now()
    hours = [begin + timedelta(hours=hour) for hour in range(24 * 7)]
    taken = [hour for hour in hours if allowance.take(company, ANN, hour)]
    assert len(taken) >= 18
    assert all(within_a_day(taken, hour) <= 3 for hour in taken)


def within_a_day(taken: list[datetime], start: datetime) -> int:
    return sum(start <= each <= start + timedelta(hours=24) for each in taken)


@pytest.mark.parametrize("spent", [0, 1, 2, 3])
def test_whatever_happens_at_once(company: Controller, spent: int) -> None:
    for _ in range(spent):
        assert allowance.take(company, ANN)
    taken = at_once(*[lambda: allowance.take(company, ANN)] * 8)
    assert sum(taken) == 3 - spent
    assert MailAllowance.objects.count() == 1


@pytest.mark.parametrize(
    "spelling", ["ann+a@example.org", "ANN@Example.ORG", "Ann+b+c@example.org"]
)
def test_spellings_share_the_allowance(company: Controller, spelling: str) -> None:
    other = addresses.parse(spelling)
    assert [allowance.take(company, each) for each in (ANN, other) * 2] == [
        True,
        True,
        True,
        False,
    ]


def test_controllers_and_mailboxes_have_their_own(company: Controller) -> None:
    for _ in range(3):
        assert allowance.take(company, ANN)
    assert allowance.take(factories.controller(), ANN)
    assert allowance.take(company, addresses.parse("bob@example.org"))


def test_a_rotated_key_resets_no_limit(company: Controller, settings: object) -> None:
    for _ in range(3):
        allowance.take(company, ANN)
    old = settings.WAGTAIL_CONSENT["KEYS"]  # type: ignore[attr-defined]
    settings.WAGTAIL_CONSENT = {"KEYS": ["a-newer-key-that-signs", *old]}  # type: ignore[attr-defined]
    assert not allowance.take(company, ANN)


def test_nothing_personal_lies_in_the_row(company: Controller) -> None:
    allowance.take(company, ANN)
    row = MailAllowance.objects.values().get()
    assert "ann" not in str(row)


def test_at_the_cap_no_message_is_made() -> None:
    company = factories.controller()
    for _ in range(3):
        parts.capped(of=company)
    with pytest.raises(AssertionError, match="had its share"):
        parts.capped(of=company)
    assert Message.objects.count() == 3


def test_what_limits_nobody_any_more_is_deleted(company: Controller) -> None:
    now = timezone.now()
    allowance.take(company, ANN, now - timedelta(hours=26))
    allowance.take(company, addresses.parse("bob@example.org"), now)
    assert allowance.purge(now) == 1
    assert MailAllowance.objects.count() == 1


@pytest.mark.smtp
def test_mails_held_up_by_an_outage_count_in_the_day_they_leave(
    smtp: SMTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three of yesterday and three of today would be six in one hour."""
    begin = timezone.now()
    clock = [begin]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    messages = [parts.capped() for _ in range(3)]
    Message.objects.update(created_at=begin)
    clock[0] = begin + timedelta(hours=24, minutes=20)
    messages += [parts.capped() for _ in range(3)]
    Message.objects.filter(created_at__gt=begin).update(created_at=clock[0])
    left: list[datetime] = []
    while clock[0] < begin + timedelta(days=4):
        left += [clock[0]] * delivery.send_due()
        clock[0] += timedelta(hours=1)
    assert all(within_a_day(left, hour) <= 3 for hour in left)
    assert len(smtp.messages) == len(messages)
    statuses = set(Message.objects.values_list("status", flat=True))
    assert statuses == {MessageStatus.SENT}
