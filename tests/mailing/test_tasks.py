"""Sending in the background: nobody waits, nothing personal is handed over, and what
a lost task leaves is finished."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.local import Local
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend, task_backends
from django_tasks.backends.base import BaseTaskBackend

from tests import factories
from tests.mailing import parts, worker
from tests.mailing.test_crash import WAIT, Gate, gate, lapse  # noqa: F401
from tests.smtp import SMTPServer
from wagtail_consent import threads
from wagtail_consent.mailing import lease, tasks
from wagtail_consent.mailing.models import Message, MessageStatus

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smtp]

IMMEDIATE = "django_tasks.backends.immediate.ImmediateBackend"
THREADS = "wagtail_consent.threads.ThreadBackend"
USE_REDIS = "redis://127.0.0.1:6379/14"

Use = Callable[..., None]


def _reset() -> None:
    task_backends.__dict__.pop("settings", None)
    task_backends._settings = None
    task_backends._connections = Local(task_backends.thread_critical)


@pytest.fixture
def use(settings: Any) -> Iterator[Use]:
    """Sets the task backend. Name it behind the mail server, which it may need until
    its threads are done."""

    def set_backend(path: str, **options: Any) -> None:
        settings.TASKS = {"default": {"BACKEND": path, **options}}
        _reset()

    yield set_backend
    for alias in ("consent", "default"):
        assert threads.pool(alias).wait(WAIT)
    del settings.TASKS
    _reset()


@pytest.mark.parametrize(
    ("path", "pool"), [(IMMEDIATE, "consent"), (THREADS, "default")]
)
def test_nobody_waits_for_a_mail_server_that_hangs(
    gate: Gate,  # noqa: F811
    use: Use,
    path: str,
    pool: str,
) -> None:
    use(path)
    message = parts.queue()
    # The mail server holds the mail still: whoever had waited wouldn't be here.
    assert gate.arrived.wait(WAIT)
    message.refresh_from_db()
    assert (message.status, message.error) == (MessageStatus.DUE, "")
    assert message.lease
    gate.open.set()
    assert threads.pool(pool).wait(WAIT)
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT


@pytest.mark.parametrize("answer", ["250 OK", "451 Later", "550 Never"])
@pytest.mark.parametrize("path", [IMMEDIATE, THREADS])
def test_the_answer_does_not_depend_on_the_mails_fate(
    smtp: SMTPServer, use: Use, path: str, answer: str
) -> None:
    use(path)
    smtp.moods.rcpt = answer
    assert parts.queue().status == MessageStatus.DUE


def test_the_answer_does_not_depend_on_a_queue_that_is_down(
    smtp: SMTPServer, use: Use, caplog: pytest.LogCaptureFixture
) -> None:
    class Down(BaseTaskBackend):
        def enqueue(self, *arguments: Any) -> Any:
            raise ConnectionError("redis://:secret@10.0.0.1 refused ann@example.org")

    globals()["Down"] = Down
    notice, company = parts.notice(), factories.controller()
    use(f"{__name__}.Down")
    message = parts.queue("ann@example.org", notice=notice, of=company)
    assert f"Message {message.pk} waits for consent_maintenance" in caplog.text
    assert "ann" not in caplog.text and "secret" not in caplog.text
    call_command("consent_maintenance")
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT


@pytest.mark.parametrize("lost", ["before it began", "with the mail in hand"])
def test_maintenance_finishes_what_a_lost_task_left(
    smtp: SMTPServer, lost: str
) -> None:
    message = parts.queue()
    default_task_backend.clear()
    if lost == "with the mail in hand":
        lease.take(message.pk)
        lapse()
    call_command("consent_maintenance")
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert len(smtp.messages) == 1


class Deferring(BaseTaskBackend):
    supports_defer = True
    seen: list[Any] = []

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        self.seen.append((task.run_after, list(args), kwargs))


def test_a_retry_is_handed_to_a_backend_that_can_wait(
    smtp: SMTPServer, use: Use
) -> None:
    notice, company = parts.notice(), factories.controller()
    use(f"{__name__}.Deferring")
    Deferring.seen.clear()
    smtp.moods.rcpt = "451 Later"
    message = parts.queue(notice=notice, of=company)
    tasks.deliver_message.call(message.pk)
    message.refresh_from_db()
    assert Deferring.seen == [
        (None, [message.pk], {}),
        (message.due_at, [message.pk], {}),
    ]


def test_a_task_that_comes_too_early_or_twice_does_nothing(smtp: SMTPServer) -> None:
    message = parts.queue()
    Message.objects.update(due_at=timezone.now() + timedelta(minutes=5))
    tasks.deliver_message.call(message.pk)
    assert not smtp.messages
    Message.objects.update(due_at=timezone.now())
    tasks.deliver_message.call(message.pk)
    tasks.deliver_message.call(message.pk)
    tasks.deliver_message.call(message.pk + 1000)
    assert len(smtp.messages) == 1


def test_a_rolled_back_message_hands_over_no_task(smtp: SMTPServer, use: Use) -> None:
    use(IMMEDIATE)
    notice = parts.notice()
    with transaction.atomic():
        parts.queue(notice=notice)
        transaction.set_rollback(True)
    assert threads.pool("consent").wait(WAIT)
    assert not smtp.messages


@pytest.mark.database
@pytest.mark.slow
def test_a_worker_of_the_database_sends(smtp: SMTPServer) -> None:
    """django-tasks-db, in a process of its own."""
    message = parts.queue()
    changes = {"TASKS": {"default": {"BACKEND": worker.DB}}}
    worker.run("enqueue", message.pk, **changes)
    said = worker.run("db_worker", "--batch", "--no-startup-delay", **changes)
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert [mail["To"] for mail in smtp.messages] == ["ann@example.org"]
    assert "ann@" not in said


@pytest.mark.redis
@pytest.mark.slow
@pytest.mark.usefixtures("redis_url")
def test_a_worker_on_redis_sends(smtp: SMTPServer) -> None:
    """RQ, in a process of its own, which learns a key and no address."""
    import redis

    message = parts.queue()
    changes = {
        "TASKS": {"default": {"BACKEND": worker.RQ}},
        "RQ_QUEUES": {"default": {"URL": USE_REDIS}},
    }
    server = redis.Redis.from_url(USE_REDIS)
    server.flushdb()
    worker.run("enqueue", message.pk, **changes)
    stored = b"".join(everything(server))
    said = worker.run("rqworker", "--burst", "--job-class", worker.JOB, **changes)
    server.flushdb()
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT, said
    assert [mail["To"] for mail in smtp.messages] == ["ann@example.org"]
    assert stored and b"ann" not in stored
    assert "ann@" not in said


def everything(server: Any) -> Iterator[bytes]:
    import zlib

    for key in server.scan_iter():
        yield key
        if server.type(key) == b"hash":
            for value in server.hvals(key):
                yield value
                try:
                    yield zlib.decompress(value)
                except zlib.error:
                    continue
