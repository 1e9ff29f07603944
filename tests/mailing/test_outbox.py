"""Promise 11: a mail that is due is never lost and never sent twice knowingly."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend

from tests import factories
from tests.mailing import parts
from tests.mailing.parts import Probe
from tests.smtp import SMTPServer
from wagtail_consent import addresses
from wagtail_consent.mailing import delivery, lease, outbox, tasks
from wagtail_consent.mailing.models import Message, MessageStatus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_tasks() -> None:
    default_task_backend.clear()


def due_now() -> None:
    """The clock runs until everything is due."""
    Message.objects.filter(status=MessageStatus.DUE).update(
        due_at=timezone.now(), leased_until=None, lease=None
    )


def handed_over() -> list[Any]:
    """What the task backend got of ours; Wagtail has tasks of its own."""
    results = default_task_backend.results
    return [each for each in results if each.task.func is tasks.deliver_message.func]


class Regret(Exception):
    pass


def test_a_rollback_after_queueing_leaves_nothing() -> None:
    notice, controller = parts.notice(), factories.controller()
    with pytest.raises(Regret), transaction.atomic():
        parts.queue(notice=notice, of=controller)
        raise Regret
    assert not Message.objects.exists()
    assert not handed_over()


def test_the_task_is_handed_over_after_the_commit_with_a_key_alone() -> None:
    with transaction.atomic():
        message = parts.queue()
        assert not handed_over()
    [result] = handed_over()
    assert (result.args, result.kwargs) == ([message.pk], {})


def test_a_message_keeps_its_id_and_says_nothing_of_the_person() -> None:
    message = parts.queue("ann@example.org")
    assert message.message_id == f"<{message.uuid}@example.com>"
    assert "ann" not in str(message)
    assert message.digest == addresses.parse("ann@example.org").digest


@pytest.mark.smtp
def test_a_due_message_is_sent_once(smtp: SMTPServer, probe: Probe) -> None:
    message = parts.queue()
    assert delivery.deliver(message.pk).sent
    assert not delivery.deliver(message.pk).sent
    assert delivery.send_due() == 0
    assert len(smtp.messages) == 1
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert message.sent_at
    assert message.lease is None
    assert probe.sent == [message.uuid]


@pytest.mark.smtp
def test_a_room_that_stumbles_over_the_news_sends_nothing_twice(
    smtp: SMTPServer, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe.sent = None  # type: ignore[assignment]
    message = parts.queue()
    assert delivery.deliver(message.pk).sent
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert delivery.send_due() == 0


@pytest.mark.smtp
def test_a_temporary_refusal_is_tried_again(smtp: SMTPServer) -> None:
    smtp.moods.rcpt = "451 4.7.1 Greylisted, come back later"
    message = parts.queue()
    outcome = delivery.deliver(message.pk)
    message.refresh_from_db()
    assert message.status == MessageStatus.DUE
    assert message.due_at == outcome.again_at
    assert (
        timedelta(seconds=40) < message.due_at - timezone.now() <= timedelta(seconds=75)
    )
    assert message.error.startswith("451 4.7.1 Greylisted")
    assert delivery.send_due() == 0, "It isn't due yet."
    smtp.moods.rcpt = "250 OK"
    due_now()
    assert delivery.send_due() == 1
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.SENT, 2)
    assert message.error == ""


@pytest.mark.smtp
def test_a_permanent_refusal_is_marked_and_not_repeated(smtp: SMTPServer) -> None:
    smtp.moods.rcpt = "550 5.1.1 <ann@example.org>: no such user ann"
    message = parts.queue()
    delivery.deliver(message.pk)
    due_now()
    assert delivery.send_due() == 0
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.REFUSED, 1)
    assert message.error.startswith("550 5.1.1")
    assert "ann" not in message.error


@pytest.mark.smtp
def test_a_server_that_is_down_for_a_day_loses_nothing(
    smtp: SMTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock is turned, nobody sleeps."""
    messages = [parts.queue(f"person{number}@example.org") for number in range(3)]
    clock = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    smtp.stop()
    begin = clock[0]
    while clock[0] < begin + timedelta(days=1):
        assert delivery.send_due() == 0
        clock[0] += timedelta(minutes=30)
    statuses = set(Message.objects.values_list("status", flat=True))
    assert statuses == {MessageStatus.DUE}
    smtp.start()
    while Message.objects.filter(status=MessageStatus.DUE).exists():
        clock[0] += timedelta(minutes=30)
        assert clock[0] < begin + timedelta(days=2)
        delivery.send_due()
    sent = [mail["Message-ID"] for mail in smtp.messages]
    assert sorted(sent) == sorted(message.message_id for message in messages)


@pytest.mark.smtp
def test_without_a_server_the_first_message_speaks_for_all(smtp: SMTPServer) -> None:
    """Ten thousand messages must not each wait for a time-out."""
    first, second = parts.queue(), parts.queue("bob@example.org")
    smtp.stop()
    delivery.send_due()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)


@pytest.mark.smtp
def test_a_mail_is_given_up_in_the_end_and_can_be_retried(smtp: SMTPServer) -> None:
    message = parts.queue()
    Message.objects.update(created_at=timezone.now() - timedelta(days=6), attempts=12)
    smtp.moods.data = "451 4.3.0 Not now"
    delivery.deliver(message.pk)
    message.refresh_from_db()
    assert message.status == MessageStatus.ABANDONED
    assert outbox.retry(Message.objects.all()) == 1
    smtp.moods.data = "250 OK"
    assert delivery.send_due() == 1


def test_only_failed_messages_are_retried() -> None:
    for status in MessageStatus:
        Message.objects.filter(pk=parts.queue().pk).update(status=status)
    assert outbox.retry(Message.objects.all()) == 2
    assert Message.objects.filter(status=MessageStatus.DUE).count() == 3


@pytest.mark.smtp
def test_a_message_that_is_no_longer_due_is_cancelled(
    smtp: SMTPServer, probe: Probe
) -> None:
    message = parts.queue()
    probe.context = None
    delivery.deliver(message.pk)
    message.refresh_from_db()
    assert message.status == MessageStatus.CANCELLED
    assert message.recipient == message.digest == ""
    assert not smtp.messages


def test_cancelling_ends_what_is_due_for_one_subject() -> None:
    subject = uuid.uuid4()
    ended = parts.queue(subject_id=subject)
    other = parts.queue()
    assert outbox.cancel(parts.KIND, subject) == 1
    ended.refresh_from_db()
    other.refresh_from_db()
    assert (ended.status, ended.recipient) == (MessageStatus.CANCELLED, "")
    assert other.status == MessageStatus.DUE


@pytest.mark.smtp
def test_cancelling_reaches_a_message_in_a_workers_hand(
    smtp: SMTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked again right before DATA."""
    message = parts.queue()
    may_leave = delivery._may_leave

    def meanwhile(held: lease.Held) -> bool:
        outbox.cancel(parts.KIND, message.subject_id)
        return may_leave(held)

    monkeypatch.setattr(delivery, "_may_leave", meanwhile)
    assert not delivery.deliver(message.pk).sent
    assert not smtp.messages


def test_forgetting_empties_addresses_and_ends_what_is_due() -> None:
    sent, due = parts.queue(), parts.queue()
    Message.objects.filter(pk=sent.pk).update(status=MessageStatus.SENT)
    assert outbox.forget_subject(sent.subject_id) == 1
    assert outbox.forget(Message.objects.filter(digest=due.digest)) == 1
    rows = Message.objects.order_by("pk").values_list("status", "recipient", "digest")
    assert list(rows) == [
        (MessageStatus.SENT, "", ""),
        (MessageStatus.CANCELLED, "", ""),
    ]
    assert due.pk > sent.pk


@pytest.mark.smtp
def test_our_own_mistake_loses_no_mail_and_tells_no_address(
    smtp: SMTPServer, probe: Probe, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(message: Message) -> None:
        raise RuntimeError(f"can't write to {message.recipient}")

    object.__setattr__(probe.kind, "context", broken)
    message = parts.queue("ann@example.org")
    delivery.deliver(message.pk)
    message.refresh_from_db()
    assert message.status == MessageStatus.DUE
    assert message.error == "this site: RuntimeError"
    assert "in broken" in caplog.text, "where it happened"
    assert "ann" not in caplog.text


def test_a_kind_whose_room_was_removed_waits() -> None:
    message = parts.queue()
    Message.objects.update(kind="gone.kind")
    delivery.deliver(message.pk)
    message.refresh_from_db()
    assert message.status == MessageStatus.DUE
