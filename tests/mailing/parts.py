"""A kind of mail of the tests' own, and rows of the outbox."""

import uuid
from typing import Any

from django.db import transaction

from tests import factories
from wagtail_consent import addresses
from wagtail_consent.mailing import kinds, letters, outbox
from wagtail_consent.mailing.models import Letter, Message
from wagtail_consent.models import Controller, Notice

KIND = "tests.hello"
SITE = "https://www.example.com"
BUTTON = f"{SITE}/consent/hello/abc/"
DEFAULTS = {
    "subject": "Hello from {company}",
    "body": "<p>Please press the button within {days} days.</p>",
    "button": "Say hello",
    "closing": "<p>You did nothing? Then ignore this.</p>",
}


class Probe:
    """Answers what a room would: `context` is what mails of the kind say."""

    def __init__(self) -> None:
        self.context: dict[str, Any] | None = {
            "button_url": BUTTON,
            "links": [("That wasn't me", f"{SITE}/consent/not-me/abc/")],
            "days": 7,
        }
        self.sent: list[uuid.UUID] = []
        self.kind = kinds.Kind(
            name=KIND,
            label="Hello",
            placeholders=("company", "title", "days"),
            defaults=DEFAULTS,
            context=lambda message: self.context,
            sent=lambda message: self.sent.append(message.uuid),
            links=("That wasn't me",),
        )


def letter(language: str = "en", **values: Any) -> Letter:
    """A published letter."""
    made = draft(language, **values)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def draft(language: str = "en", **values: Any) -> Letter:
    defaults = {"kind": KIND, "locale": factories.locale(language), "live": False}
    return Letter.objects.create(**defaults | DEFAULTS | values)


def notice() -> Notice:
    found = letters.published(KIND, None, "en")
    return found or letters.store(letter())


def queue(recipient: str = "ann@example.org", **values: Any) -> Message:
    """A message that is due, as a room makes it."""
    defaults = {
        "controller": values.pop("of", None)
        or Controller.objects.first()
        or factories.controller(name="Ann's Gardens Ltd"),
        "notice": notice(),
        "subject_id": uuid.uuid4(),
        "recipient": recipient,
        "language": "en",
        "site_url": SITE,
    }
    with transaction.atomic():
        message = outbox.queue(KIND, **defaults | values)
    assert message, "The mailbox has had its share."
    return message


def capped(recipient: str = "ann@example.org", **values: Any) -> Message:
    return queue(recipient, mailbox=addresses.parse(recipient), **values)
