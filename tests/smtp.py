"""A real SMTP server for the tests, with the moods of one."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import django
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Moods:
    """Answers RCPT and DATA with what the test has set, and keeps what it takes."""

    def __init__(self) -> None:
        self.rcpt = "250 OK"
        self.data = "250 OK"
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.data.startswith("250"):
            self.envelopes.append(envelope)
        return self.data


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class SMTPServer:
    """Runs in a thread of its own for the length of a `with` block.

    Set `moods.rcpt` or `moods.data` to another answer, such as
    "451 Try again later", to see how the site takes it.
    """

    def __init__(self) -> None:
        self.moods = Moods()
        self.port = free_port()

    def __enter__(self) -> "SMTPServer":
        self.start()
        return self

    def __exit__(self, *exception: Any) -> None:
        self.stop()

    def start(self) -> None:
        """Listen, again after a `stop`; what was accepted before is kept."""
        self._controller = Controller(self.moods, hostname=HOST, port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Be down; stopping twice is fine."""
        if self._controller.server:
            self._controller.stop()

    @property
    def messages(self) -> list[EmailMessage]:
        """What was accepted, parsed, oldest first."""
        return [
            message_from_bytes(bytes(envelope.content), policy=policy.default)
            for envelope in self.moods.envelopes
        ]

    def configure(self, settings: Any) -> None:
        """Make the site send through this server, in the installed Django's words."""
        if django.VERSION >= (6, 1):
            options = {"host": HOST, "port": self.port}
            settings.MAILERS = {"default": {"BACKEND": BACKEND, "OPTIONS": options}}
        else:
            settings.EMAIL_BACKEND = BACKEND
            settings.EMAIL_HOST = HOST
            settings.EMAIL_PORT = self.port
