"""Promise 11: `kill -9` of a worker before, during and after a send.

The worker is a process of its own, the mail server a real one that holds it where
the test wants it to die.
"""

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone

from tests.mailing import parts, worker
from tests.smtp import HOST, Moods, SMTPServer
from wagtail_consent.mailing import delivery
from wagtail_consent.mailing.models import Message, MessageStatus

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.smtp,
    pytest.mark.slow,
]
WAIT = 60


class Gate(Moods):
    """Holds each mail at DATA until the test lets it through: before it is accepted,
    or, where `accepts_first`, between that and the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.accepts_first = False
        self.arrived = threading.Event()
        self.open = threading.Event()
        self.over = threading.Event()

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        accept = super().handle_DATA
        answer = await accept(server, session, envelope) if self.accepts_first else ""
        self.arrived.set()
        try:
            await server.loop.run_in_executor(None, self.open.wait, WAIT)
            return answer or await accept(server, session, envelope)
        finally:
            # Also when the worker is gone, which cancels this.
            self.over.set()


@pytest.fixture
def gate(settings: Any) -> Iterator[Gate]:
    server = SMTPServer()
    server.moods = gate = Gate()
    with server:
        server.configure(settings)
        yield gate
        gate.open.set()


@contextmanager
def listening(settings: Any) -> Iterator[socket.socket]:
    """A mail server that accepts a connection and says nothing."""
    with socket.create_server((HOST, 0)) as listener:
        listener.settimeout(WAIT)
        server = SMTPServer()
        server.port = listener.getsockname()[1]
        server.configure(settings)
        yield listener


@contextmanager
def told(process: subprocess.Popen[str]) -> Iterator[None]:
    """Says what the worker said if it never came to where the test waits for it."""
    try:
        yield
    except BaseException:
        process.kill()
        print(process.communicate()[0])
        raise


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=WAIT)
    assert process.returncode == -signal.SIGKILL


def lapse() -> None:
    """The clock runs until the dead worker's lease is over."""
    past = timezone.now() - timedelta(seconds=1)
    assert Message.objects.exclude(lease=None).update(leased_until=past) == 1


def test_killed_before_the_send_it_arrives_once(
    settings: Any, smtp: SMTPServer
) -> None:
    message = parts.queue()
    with listening(settings) as listener:
        process = worker.start("deliver", message.pk)
        with told(process):
            peer, _address = listener.accept()
        kill(process)
        peer.close()
    assert delivery.send_due() == 0, "The lease still holds."
    smtp.configure(settings)
    lapse()
    assert delivery.send_due() == 1
    assert [mail["Message-ID"] for mail in smtp.messages] == [message.message_id]


def test_killed_during_the_send_it_arrives_once(gate: Gate) -> None:
    """The server has the whole mail, and nobody to answer to."""
    message = parts.queue()
    process = worker.start("deliver", message.pk)
    with told(process):
        assert gate.arrived.wait(WAIT)
    kill(process)
    assert gate.over.wait(WAIT)
    assert not gate.envelopes
    gate.open.set()
    lapse()
    assert delivery.send_due() == 1
    assert len(gate.envelopes) == 1


def test_killed_after_the_send_it_arrives_twice_at_most_and_that_is_logged(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    """Between the server's acceptance and our commit."""
    gate.accepts_first = True
    message = parts.queue("ann@example.org")
    process = worker.start("deliver", message.pk)
    with told(process):
        assert gate.arrived.wait(WAIT)
    kill(process)
    assert gate.over.wait(WAIT)
    assert len(gate.envelopes) == 1
    gate.open.set()
    lapse()
    assert [delivery.send_due() for _ in range(3)] == [1, 0, 0]
    ids = [
        message_from_bytes(bytes(envelope.content))["Message-ID"]
        for envelope in gate.envelopes
    ]
    assert ids == [message.message_id] * 2
    assert message.message_id in caplog.text
    assert "ann@" not in caplog.text
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.SENT, 2)
