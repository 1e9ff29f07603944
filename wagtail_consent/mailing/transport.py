"""The only place that knows Django's mail API and what a mail server answers.

Django 6.1 configures mail in MAILERS, older versions in EMAIL_BACKEND and its
neighbours; both give a backend, and from there on they are the same.
"""

from __future__ import annotations

import copy
import email
import logging
import smtplib
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.utils import parseaddr
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives

from wagtail_consent import addresses, compat, conf

from .answers import NotSent, Permanent, Temporary, Unreachable, classify, not_opened

logger = logging.getLogger("wagtail_consent.mailing")

__all__ = ["Mail", "NotSent", "Permanent", "Temporary", "Unreachable", "connection"]

# RFC 3834 section 5: no auto-responder answers this.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person. Its headers hold nothing personal but the To."""

    recipient: str
    subject: str
    text: str
    html: str
    message_id: str


def sender() -> str:
    """Returns the From of all mails."""
    return conf.get("FROM_EMAIL") or settings.DEFAULT_FROM_EMAIL


def sender_domain() -> str:
    """Returns the sender's domain in ASCII, or an empty string."""
    return _domain_of(sender())


@lru_cache(maxsize=8)
def _domain_of(sender: str) -> str:
    _local, at, domain = parseaddr(sender)[1].rpartition("@")
    if not at or domain.isascii():
        return domain if at else ""
    return addresses.ascii_domain(domain)


def message_id(row: uuid.UUID) -> str:
    """Returns the Message-ID of a row: the same however often it is sent."""
    return f"<{row}@{sender_domain() or 'localhost'}>"


def backend() -> Any:
    """Returns a new mail backend of the site whose waits are bounded."""
    made = _configured()
    if hasattr(made, "timeout"):
        made.timeout = min(made.timeout or limit(), limit())
    return made


def limit() -> float:
    return conf.get("SMTP_TIMEOUT")


def _configured() -> Any:
    if compat.DJANGO_6_1:
        return django_mail.mailers["default"]
    return django_mail.get_connection()


class Connection:
    """An open way to the mail server."""

    def __init__(self, opened: Any) -> None:
        self._backend = opened

    def send(self, mail: Mail) -> None:
        """Returns once the server has accepted the mail.

        Raises:
            Temporary: it may be accepted later.
            Permanent: it never will.
        """
        try:
            with _deadline(self._smtp, conf.get("LEASE_SECONDS") / 2):
                self._send(mail)
        except NotSent:
            raise
        except Exception as error:
            # Without the cause: its text may name the address.
            raise classify(error, mail.recipient) from None

    @property
    def _smtp(self) -> smtplib.SMTP | None:
        opened = getattr(self._backend, "connection", None)
        return opened if isinstance(opened, smtplib.SMTP) else None

    def _send(self, mail: Mail) -> None:
        built = build(mail)
        local = mail.recipient.rpartition("@")[0]
        if self._smtp and not local.isascii():
            _send_utf8(self._smtp, built, mail.recipient)
        elif self._backend.send_messages([built]) == 0:
            raise Temporary("the mail backend took nothing")


@contextmanager
def connection() -> Iterator[Connection]:
    """Opens the way to the mail server.

    Raises:
        Unreachable: there is none at the moment; it isn't the mail's fault.
    """
    opened = backend()
    try:
        opened.open()
    except Exception as error:
        raise not_opened(error) from None
    try:
        yield Connection(opened)
    finally:
        _close(opened)


def _close(opened: Any) -> None:
    """What was accepted is accepted, however the server says goodbye."""
    try:
        opened.close()
    except Exception as error:
        logger.info("The mail server closed badly: %s", type(error).__name__)


def build(mail: Mail) -> EmailMultiAlternatives:
    """Raises ValueError for a line break in a header."""
    _refuse_line_breaks(mail.recipient, mail.subject, mail.message_id)
    built = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender(),
        to=[wire_address(mail.recipient)],
        headers={"Message-ID": mail.message_id, **AUTOMATIC},
    )
    built.attach_alternative(mail.html, "text/html")
    return built


def wire_address(address: str) -> str:
    """Returns the address with its domain in ASCII (IDNA 2008).

    Django's own conversion is of IDNA 2003: it would send a mail for faß.de to
    fass.de, which is somebody else's.
    """
    local, _, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}@{addresses.ascii_domain(domain)}"


def _refuse_line_breaks(*values: str) -> None:
    """Threat: a line break in a header adds headers, recipients, a body."""
    for value in values:
        if any(character in value for character in "\r\n\0"):
            raise ValueError("A header can't hold a line break.")


def _send_utf8(smtp: smtplib.SMTP, built: EmailMultiAlternatives, to: str) -> None:
    """RFC 6531: what lies before the @ can't be put into ASCII, only sent as it is."""
    smtp.ehlo_or_helo_if_needed()
    if not smtp.has_extn("smtputf8"):
        raise Permanent("the mail server doesn't offer SMTPUTF8 for this address")
    options = ["SMTPUTF8", "BODY=8BITMIME"]
    sender_address = wire_address(parseaddr(built.from_email)[1])
    smtp.sendmail(sender_address, [to], _utf8_bytes(built, to), mail_options=options)


def _utf8_bytes(built: EmailMultiAlternatives, to: str) -> bytes:
    """RFC 6532. Django writes ASCII headers, so the To is put in afterwards."""
    draft = copy.copy(built)
    draft.to = ["recipient@localhost"]
    message = email.message_from_bytes(
        draft.message().as_bytes(), policy=policy.SMTPUTF8
    )
    message.replace_header("To", to)
    return message.as_bytes()


@contextmanager
def _deadline(smtp: smtplib.SMTP | None, seconds: float) -> Iterator[None]:
    """Hangs up on a server that answers in drops, each within the time-out."""
    if smtp is None or smtp.sock is None:
        yield
        return
    timer = threading.Timer(seconds, _hang_up, [smtp.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        logger.info("The mail server had hung up already")
