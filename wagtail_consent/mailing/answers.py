"""What a mail server's answer means for the mail (RFC 5321 section 4.2, RFC 3463).

Threat: servers repeat the address in their answers, and exceptions carry it. What
is kept of one is its code and its words without anything like an address.
"""

from __future__ import annotations

import re
import smtplib

# 552 tells of a full mailbox: RFC 5321 section 4.5.3.1.10, RFC 3463 X.2.2.
PERHAPS_LATER = {552}
LONGEST = 200
ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+")


class NotSent(Exception):
    """The server didn't take the mail; the text holds no address."""


class Temporary(NotSent):
    """It may take it later."""


class Unreachable(Temporary):
    """There is no server at the moment; no other mail will fare better."""


class Permanent(NotSent):
    """It will never take it."""


def classify(error: Exception, recipient: str) -> NotSent:
    """Returns what became of a mail that an error stopped.

    Only what is about the mail itself is permanent: the recipient refused (RCPT),
    the content refused (DATA), an address that can't be written. A refused sender
    or log-in is the site's to repair, and until then nothing is lost.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = _refusal(error)
        return _by_code(code, text, recipient)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Temporary(_words(error.smtp_code, error.smtp_error, recipient))
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error, recipient)
    if isinstance(error, ValueError):
        return Permanent("the address or the subject can't be written in a mail")
    return Temporary(type(error).__name__)


def not_opened(error: Exception) -> Unreachable:
    """Returns what to say of a server that can't be reached or refuses us."""
    if isinstance(error, smtplib.SMTPResponseException):
        return Unreachable(_words(error.smtp_code, error.smtp_error, ""))
    return Unreachable(type(error).__name__)


def _refusal(error: smtplib.SMTPRecipientsRefused) -> tuple[int, bytes | str]:
    return next(iter(error.recipients.values()), (450, ""))


def _by_code(code: int, text: bytes | str, recipient: str) -> NotSent:
    permanent = 500 <= code < 600 and code not in PERHAPS_LATER
    return (Permanent if permanent else Temporary)(_words(code, text, recipient))


def _words(code: int, text: bytes | str, recipient: str) -> str:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {without_addresses(said, recipient)}".strip()[:LONGEST]


def without_addresses(text: str, recipient: str) -> str:
    """Returns a server's words without addresses, nor the recipient's parts."""
    text = ADDRESS.sub("…", " ".join(text.split()))
    for part in (recipient, *recipient.rpartition("@")[::2]):
        if part:
            word = rf"(?<!\w){re.escape(part)}(?!\w)"
            text = re.sub(word, "…", text, flags=re.IGNORECASE)
    return text
