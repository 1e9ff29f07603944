"""Promise 11: at most one worker has a message in hand, on every database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.at_once import at_once
from tests.mailing import parts
from wagtail_consent import conf
from wagtail_consent.mailing import lease
from wagtail_consent.mailing.models import Message, MessageStatus

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

WORKERS = 6


def test_of_many_workers_one_gets_each_message() -> None:
    for _ in range(10):
        message = parts.queue()
        held = [
            each
            for each in at_once(*[lambda pk=message.pk: lease.take(pk)] * WORKERS)
            if each
        ]
        assert len(held) == 1
        message.refresh_from_db()
        assert message.lease == held[0].message.lease
        assert message.attempts == 1


def test_of_many_workers_one_inherits_a_lapsed_lease() -> None:
    for _ in range(5):
        message = parts.queue()
        lease.take(message.pk)
        lapse(message)
        held = [
            each
            for each in at_once(*[lambda pk=message.pk: lease.take(pk)] * WORKERS)
            if each
        ]
        assert [each.interrupted for each in held] == [True]


def test_a_message_in_hand_or_not_due_is_not_taken() -> None:
    message = parts.queue()
    assert lease.take(message.pk)
    assert lease.take(message.pk) is None
    later = parts.queue()
    Message.objects.filter(pk=later.pk).update(
        due_at=timezone.now() + timedelta(minutes=1)
    )
    assert lease.take(later.pk) is None


@pytest.mark.parametrize("status", [s for s in MessageStatus if s != "due"])
def test_a_message_that_is_done_is_not_taken(status: str) -> None:
    message = parts.queue()
    Message.objects.update(status=status)
    assert lease.take(message.pk) is None


def test_a_task_that_is_quicker_than_the_clocks_agree_finds_its_message() -> None:
    message = parts.queue()
    Message.objects.update(due_at=timezone.now() + timedelta(seconds=2))
    assert lease.take(message.pk)


def test_a_worker_that_lost_its_lease_can_neither_renew_nor_settle(
    caplog: pytest.LogCaptureFixture,
) -> None:
    message = parts.queue()
    slow = lease.take(message.pk)
    lapse(message)
    quick = lease.take(message.pk)
    assert slow and quick
    assert not lease.renew(slow.message)
    assert not lease.settle(slow.message, status=MessageStatus.REFUSED)
    assert lease.renew(quick.message)
    assert lease.settle(quick.message, status=MessageStatus.SENT)
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT


def test_a_lapsed_lease_is_logged_without_the_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    message = parts.queue("ann@example.org")
    lease.take(message.pk)
    lapse(message)
    lease.take(message.pk)
    assert str(message.uuid) in caplog.text
    assert message.message_id in caplog.text
    assert "ann@" not in caplog.text


def test_renewing_extends_the_lease() -> None:
    message = parts.queue()
    held = lease.take(message.pk)
    assert held
    Message.objects.update(leased_until=timezone.now() + timedelta(seconds=1))
    lease.renew(held.message)
    message.refresh_from_db()
    left = message.leased_until - timezone.now()
    assert left > timedelta(seconds=conf.get("LEASE_SECONDS") - 5)


def lapse(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )
