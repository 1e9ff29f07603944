"""System checks of the room. Ids are stable: ``wagtail_consent_mailing.E001`` …"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error, Warning

from wagtail_consent import addresses, conf

from . import transport

LABEL = "wagtail_consent_mailing"

# Backends that send nothing to anybody.
DEVELOPMENT = {
    f"django.core.mail.backends.{name}"
    for name in ("console", "dummy", "filebased", "locmem")
}


def register() -> None:
    checks.register(check_settings, LABEL)
    checks.register(check_deployment, LABEL, deploy=True)


def check_settings(**kwargs: Any) -> list[CheckMessage]:
    return [*_sender(), *_times()]


def check_deployment(**kwargs: Any) -> list[CheckMessage]:
    return [*_placeholder_sender(), *_backend()]


def _sender() -> Iterator[CheckMessage]:
    sender = transport.sender()
    address = parseaddr(sender)[1]
    if "\n" in sender or "\r" in sender or "@" not in address:
        yield Error(
            "The sender of all mails is no e-mail address.",
            hint="Set WAGTAIL_CONSENT['FROM_EMAIL'] or DEFAULT_FROM_EMAIL.",
            id=f"{LABEL}.E001",
        )


def _times() -> Iterator[CheckMessage]:
    timeout, lease = conf.get("SMTP_TIMEOUT"), conf.get("LEASE_SECONDS")
    if not timeout or timeout < 0:
        yield Error(
            "Mails are sent without a time-out.",
            hint="Set WAGTAIL_CONSENT['SMTP_TIMEOUT'] to seconds above 0.",
            id=f"{LABEL}.E002",
        )
    elif lease < 4 * timeout:
        yield Error(
            "A mail may take longer than its lease, so that it is sent twice.",
            hint="Set WAGTAIL_CONSENT['LEASE_SECONDS'] to at least four times "
            "SMTP_TIMEOUT.",
            id=f"{LABEL}.E003",
        )


def _placeholder_sender() -> Iterator[CheckMessage]:
    try:
        addresses.parse(parseaddr(transport.sender())[1])
    except addresses.InvalidAddress:
        yield Warning(
            "No mail server will take mails from the sender that is set.",
            hint="Set WAGTAIL_CONSENT['FROM_EMAIL'] to an address of your domain.",
            id=f"{LABEL}.W001",
        )


def _backend() -> Iterator[CheckMessage]:
    try:
        backend = transport.backend()
    except Exception as error:
        yield Error(
            "Django's mail settings are wrong: no mail can be sent.",
            hint=f"Opening the mail backend ended with {type(error).__name__}.",
            id=f"{LABEL}.E004",
        )
        return
    if any(base.__module__ in DEVELOPMENT for base in type(backend).__mro__):
        yield Warning(
            "Mails reach nobody: the mail backend is one for development.",
            hint="Set MAILERS (Django 6.1) or EMAIL_BACKEND.",
            id=f"{LABEL}.W002",
        )
