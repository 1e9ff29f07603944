"""One e-mail address in its three forms.

Delivery keeps it as typed; identity decides whether two spellings are one person;
the mailbox, without the ``+tag`` (RFC 5233), is what a limit on mails counts.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from . import keys


class InvalidAddress(ValueError):
    """This is no e-mail address (RFC 5321, RFC 6531)."""


@dataclass(frozen=True, slots=True)
class Address:
    delivery: str
    identity: str

    @property
    def mailbox(self) -> str:
        local, _, domain = self.identity.rpartition("@")
        return f"{local.partition('+')[0] or local}@{domain}"

    @property
    def digest(self) -> str:
        return keys.digest("address", self.identity)

    @property
    def digests(self) -> list[str]:
        return keys.digests("address", self.identity)

    @property
    def mailbox_digest(self) -> str:
        return keys.digest("mailbox", self.mailbox)

    @property
    def mailbox_digests(self) -> list[str]:
        return keys.digests("mailbox", self.mailbox)


def parse(raw: str) -> Address:
    """Returns the address in its forms.

    Raises:
        InvalidAddress: with the validator's sentence for a person.
    """
    try:
        valid = validate_email(raw.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidAddress(str(error)) from error
    return Address(valid.normalized, identity(valid.normalized))


def identity(address: str) -> str:
    """Returns the spelling that decides who is meant, cheaply, without validation.

    Raises:
        InvalidAddress: there is no local part or no domain.
    """
    local, at, domain = address.strip().rpartition("@")
    if not (at and local and domain):
        raise InvalidAddress(address)
    if address.isascii():
        return f"{local}@{domain}".lower()
    return f"{_folded(local)}@{ascii_domain(domain)}"


def _folded(local: str) -> str:
    """Full case folding would make one person of two: of ß and ss, of ſ and s."""
    lower = unicodedata.normalize("NFC", local).lower()
    return unicodedata.normalize("NFC", lower).replace("ς", "σ")


@lru_cache(maxsize=1024)
def ascii_domain(domain: str) -> str:
    """Returns the domain in ASCII (IDNA 2008, RFC 5891).

    Raises:
        InvalidAddress: it is no domain.
    """
    try:
        return validate_email(f"a@{domain}", check_deliverability=False).ascii_domain
    except EmailNotValidError as error:
        raise InvalidAddress(domain) from error
