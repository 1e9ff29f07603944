"""Rows that tests start from: each call makes one, and what it rests on."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from wagtail_consent import addresses, ledger
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    Controller,
    Purpose,
    Wording,
)

STATEMENT = "<p>Yes, {company} may write to me by {channel} about the garden.</p>"

_numbers = count(1)


def locale(language: str = "en") -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def controller(**values: Any) -> Controller:
    number = next(_numbers)
    defaults = {
        "name": f"Example {number} Ltd",
        "address": "1 High Street\nOldtown",
        "country": "DE",
        "email": f"privacy{number}@example.com",
    }
    return Controller.objects.create(**defaults | values)


def purpose(identifier: str = "newsletter", **values: Any) -> Purpose:
    """Without a controller, the first one there is; made if there is none."""
    values.setdefault("controller", Controller.objects.first() or controller())
    values.setdefault("name", identifier.title())
    return Purpose.objects.create(identifier=identifier, **values)


def wording(of: Purpose, language: str = "en", **values: Any) -> Wording:
    values.setdefault("name", of.name)
    values.setdefault("statement", STATEMENT)
    return Wording.objects.create(purpose=of, locale=locale(language), **values)


def contact(email: str = "", of: Controller | None = None, **values: Any) -> Contact:
    """Without a controller, the first one there is; made if there is none."""
    address = addresses.parse(email or f"person{next(_numbers)}@example.org")
    of = of or Controller.objects.first() or controller()
    found = ledger.contact_for(of, address, values.pop("language", "en"))
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    return found


def event(
    of: Contact | None = None, to: Purpose | None = None, at: datetime | None = None
) -> ConsentEvent:
    """A confirmation, asked for a minute before it was given."""
    of = of or contact()
    to = to or Purpose.objects.first() or purpose(controller=of.controller)
    at = at or timezone.now()
    confirmed = ledger.confirm(of, to, proof(), at - timedelta(minutes=1), at)
    assert confirmed, "The person said no meanwhile."
    return confirmed


def consent(
    of: Contact | None = None, to: Purpose | None = None, at: datetime | None = None
) -> Consent:
    """A granted permission, with its events."""
    return Consent.objects.get(event=event(of, to, at))


def proof(**values: Any) -> ledger.Proof:
    source = ledger.Source(
        site="http://testserver",
        page=7,
        url="/en/guide/",
        title="The guide",
        block="0b6a",
    )
    defaults = {"source": source, "notice": "ab" * 32, "form": "cd" * 32}
    return ledger.Proof(**defaults | values)
