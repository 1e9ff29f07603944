"""Editors' mails as they are sent: a notice, made when the letter is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from wagtail_consent import notices
from wagtail_consent.models import Notice, NoticeKind, Purpose

from .models import Letter


class Gap(NamedTuple):
    """A mail that has no published text in a language."""

    kind: str
    purpose: Purpose | None


def store(letter: Letter) -> Notice:
    """Makes the letter's notice. On publish alone: drafts are saved all the time."""
    return notices.make(NoticeKind.MAIL, letter.language, letter.content)


def published(kind: str, purpose: Purpose | None, language: str) -> Notice | None:
    """Returns the text that a mail would be sent with now.

    A letter for the purpose wins over the one for all purposes. None: there is no
    letter, or it went live without being published, so that nobody approved it.
    """
    letter = _live(kind, purpose, language).first()
    if letter is None:
        return None
    body = notices.canonical(letter.content)
    digest = Notice.digest_of(NoticeKind.MAIL.value, language, body)
    return Notice.objects.filter(digest=digest).first()


def missing(
    kinds: Iterable[str], purposes: Iterable[Purpose | None], language: str
) -> list[Gap]:
    """Returns the mails that could not be written in a language."""
    return list(_gaps(list(kinds), list(purposes) or [None], language))


def _gaps(
    kinds: list[str], purposes: list[Purpose | None], language: str
) -> Iterator[Gap]:
    for kind in kinds:
        for purpose in purposes:
            if published(kind, purpose, language) is None:
                yield Gap(kind, purpose)


def _live(kind: str, purpose: Purpose | None, language: str) -> QuerySet[Letter]:
    letters = Letter.objects.filter(
        Q(purpose=None) | Q(purpose=purpose),
        kind=kind,
        live=True,
        locale__language_code=language,
    )
    return letters.select_related("locale").order_by(
        F("purpose").desc(nulls_last=True), "-last_published_at", "-pk"
    )
