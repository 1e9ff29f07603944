"""A real SMTP server for the tests, with the moods of one."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import django
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

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


class SMTPServer:
    """Runs in a thread of its own for the length of a `with` block.

    Set `moods.rcpt` or `moods.data` to another answer, such as
    "451 Try again later", to see how the site takes it.
    """

    def __init__(self) -> None:
        self.moods = Moods()
        self._controller = Controller(self.moods, hostname="127.0.0.1", port=0)

    def __enter__(self) -> "SMTPServer":
        self._controller.start()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        return int(self._controller.server.sockets[0].getsockname()[1])

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
            options = {"host": "127.0.0.1", "port": self.port}
            settings.MAILERS = {"default": {"BACKEND": BACKEND, "OPTIONS": options}}
        else:
            settings.EMAIL_BACKEND = BACKEND
            settings.EMAIL_HOST = "127.0.0.1"
            settings.EMAIL_PORT = self.port
