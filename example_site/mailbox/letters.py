"""Mails in the mailbox's folder, read for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Letter:
    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def received(self) -> datetime:
        nanoseconds = int(self.name.partition("-")[0])
        return datetime.fromtimestamp(nanoseconds / 1e9, tz=timezone.utc)

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.path.read_bytes(), policy=policy.default)

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def sender(self) -> str:
        return self.header("From")

    @property
    def recipient(self) -> str:
        return self.header("To")

    def header(self, name: str) -> str:
        return str(self.message.get(name, ""))

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    @property
    def preview(self) -> str:
        return " ".join(self.text.split())[:160]

    def part(self, kind: str) -> str:
        body = self.message.get_body(preferencelist=(kind,))
        return body.get_content() if body else ""


def folder() -> Path:
    return Path(settings.MAILBOX_FOLDER)


def all_letters() -> list[Letter]:
    """Returns every mail, the newest first."""
    names = sorted(folder().glob("*.eml"), reverse=True)
    return [Letter(path) for path in names]


def find_letter(name: str) -> Letter | None:
    """Returns the mail of that name.

    Threat: a name such as ``../secret``. It is only ever compared with the names in
    the folder, never made into a path.
    """
    return next((letter for letter in all_letters() if letter.name == name), None)
