"""Who is known: rows as the product would have written them, chains and all.

Out of twenty contacts, one came for the guide alone; fifteen confirmed the newsletter,
two of them withdrew and one objected later, one was imported: two events each, on
average. Each has a submission and its confirmation; one in ten a message that is not
purged yet, one in fifty used its allowance today. Times spread over a thousand days.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from wagtail_consent import addresses, chain, keys
from wagtail_consent.journal import Line
from wagtail_consent.ledger import STATUS_AFTER
from wagtail_consent.mailing.models import MailAllowance, Message
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    Controller,
    EventKind,
    EventPayload,
    Notice,
    Purpose,
    Suppression,
)
from wagtail_consent.models.contact import reference_of
from wagtail_consent.optin.models import Confirmation, FormPlacement, Submission
from wagtail_consent.proof import Proof, Source

SITE = "http://testserver"
DOMAINS = 97
DAYS = 1000
MINUTE = timedelta(minutes=1)

CONFIRMED = (EventKind.REQUESTED, EventKind.CONFIRMED)
STORIES = [
    (),
    *[CONFIRMED] * 15,
    *[(*CONFIRMED, EventKind.WITHDRAWN)] * 2,
    (*CONFIRMED, EventKind.OBJECTED),
    (EventKind.IMPORTED,),
]

Row = tuple[Any, ...]


def email_of(number: int) -> str:
    return f"person.{number:07}@mail{number % DOMAINS}.example.org"


@dataclass(frozen=True)
class World:
    """What the rows refer to."""

    now: datetime
    controller: Controller
    purpose: Purpose
    placement: FormPlacement
    letter: Notice

    @property
    def form(self) -> Notice:
        return self.placement.form

    @property
    def statement(self) -> str:
        return self.form.content["boxes"][0]["notice"]


@dataclass
class Crowd:
    """Numbered contacts with all rows of theirs, gathered by model."""

    world: World
    rows: dict[type, list[Row]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    events: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(20)  # noqa: S311  (the same in each database)

    def chunks(self, count: int, size: int = 5000) -> Iterator[dict[type, list[Row]]]:
        """Yields the rows of that many contacts, a few thousand at a time."""
        for number in range(1, count + 1):
            self._add_person(number)
            if number % size == 0 or number == count:
                yield self.rows
                self.rows, self.lines = {}, []

    def _add_person(self, number: int) -> None:
        address = addresses.Address(email_of(number), email_of(number))
        subject, at = self._uuid(), self._time()
        reference = reference_of(subject)
        owner, digest = self.world.controller.pk, address.digest
        self._add(
            Contact,
            (number, subject, reference, owner, address.delivery, digest, "en", at),
        )
        self._add_submission(number, address, digest, at)
        if story := STORIES[number % len(STORIES)]:
            self._add_story(number, subject, digest, at, story)
        if number % 10 == 0:
            self._add_message(number, address, digest, at)
        if number % 50 == 0:
            today = self.world.now - MINUTE * (number % 1000)
            mailbox = address.mailbox_digest
            self._add(MailAllowance, (number, owner, mailbox, None, None, today))

    def _add_story(
        self,
        number: int,
        subject: uuid.UUID,
        digest: str,
        at: datetime,
        story: tuple[EventKind, ...],
    ) -> None:
        previous = ""
        for sequence, kind in enumerate(story, 1):
            at += MINUTE * sequence
            previous = self._add_event(subject, sequence, kind, at, previous)
        if story[-1] == EventKind.OBJECTED:
            self._add_suppression(number, digest, at)
        status, basis = STATUS_AFTER[story[-1]], self.world.purpose.lawful_basis
        purpose = self.world.purpose.pk
        row = (number, number, purpose, digest, status, basis, at, self.events)
        self._add(Consent, row)

    def _add_event(
        self,
        subject: uuid.UUID,
        sequence: int,
        kind: EventKind,
        at: datetime,
        previous: str,
    ) -> str:
        salt, payload = chain.new_salt(), self._proof().payload()
        facts = {
            "subject": subject,
            "sequence": sequence,
            "kind": kind.value,
            "controller": self.world.controller.pk,
            "purpose": self.world.purpose.identifier,
            "notice": self.world.statement,
            "occurred_at": at,
            "recorded_at": at,
            "commitment": chain.commitment(salt, payload),
            "previous": previous,
            "key": keys.newest().id,
        }
        self.events += 1
        digest = chain.hash_of(facts)
        self._add(ConsentEvent, (self.events, *facts.values(), digest))
        self._add(EventPayload, (self.events, salt, payload))
        self.lines.append(Line(self.events, subject.hex, sequence, digest))
        return digest

    def _proof(self) -> Proof:
        placed = self.world.placement
        source = Source(
            site=SITE,
            page=placed.page_id,
            url=f"{SITE}/en/guide/",
            title=placed.page_title,
            block=placed.block_id,
        )
        return Proof(
            source=source,
            form=self.world.form.digest,
            mail=self.world.letter.digest,
            message_id=f"<{self._uuid()}@example.com>",
            data={"submission": str(self._uuid()), "coupled": False},
        )

    def _add_suppression(self, number: int, digest: str, at: datetime) -> None:
        owner, purpose = self.world.controller.pk, self.world.purpose.pk
        row = (number, owner, purpose, digest, "objection", "person", at, None, "")
        self._add(Suppression, row)

    def _add_submission(
        self, number: int, address: addresses.Address, digest: str, at: datetime
    ) -> None:
        placed = self.world.placement
        box = {
            "purpose": self.world.purpose.identifier,
            "notice": self.world.statement,
            "coupled": False,
        }
        self._add(
            Submission,
            (
                number,
                self._uuid(),
                self.world.controller.pk,
                self.world.form.pk,
                address.delivery,
                digest,
                {"name": f"Person {number}", "company": "Example Ltd"},
                [box] if STORIES[number % len(STORIES)] else [],
                "en",
                placed.site_id,
                SITE,
                placed.page_id,
                f"{SITE}/en/guide/",
                placed.page_title,
                placed.block_id,
                "",
                at,
                at + timedelta(days=7),
            ),
        )
        self._add(Confirmation, (number, number, number, "link", at + MINUTE))

    def _add_message(
        self, number: int, address: addresses.Address, digest: str, at: datetime
    ) -> None:
        row = self._uuid()
        self._add(
            Message,
            (
                number,
                row,
                "optin.confirm",
                self.world.controller.pk,
                self.world.letter.pk,
                self._uuid(),
                address.delivery,
                digest,
                True,
                "en",
                SITE,
                f"<{row}@example.com>",
                "sent",
                at,
                at,
                1,
                None,
                None,
                at,
                "",
            ),
        )

    def _add(self, model: type, row: Row) -> None:
        self.rows.setdefault(model, []).append(row)

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def _time(self) -> datetime:
        minutes = self.random.randrange(DAYS * 24 * 60)
        return self.world.now - timedelta(days=1, minutes=minutes)
