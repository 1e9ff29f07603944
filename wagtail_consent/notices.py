"""The exact wordings that people are shown, kept once each, by their SHA-256."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.db import transaction

from .html import clean
from .models import Controller, Notice, NoticeKind, Wording

# A row that may still be rolled back must not be remembered by this process.
_uncommitted: set[str] = set()


def canonical(content: dict[str, Any]) -> str:
    """Returns the one JSON spelling of a form or mail."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def make(kind: NoticeKind | str, language: str, body: str | dict[str, Any]) -> Notice:
    """Returns the notice with this text: the same one for the same text.

    Args:
        language: the language code that the text is written in.
        body: HTML, which is sanitised here, or the content of a form or mail, whose
            HTML its maker has sanitised.
    """
    text = clean(body) if isinstance(body, str) else canonical(body)
    digest = Notice.digest_of(str(kind), language, text)
    notice, created = Notice.objects.get_or_create(
        digest=digest, defaults={"kind": kind, "language": language, "body": text}
    )
    if created:
        _uncommitted.add(digest)
        transaction.on_commit(lambda: _uncommitted.discard(digest))
    return notice


def get(digest: str) -> Notice:
    """Returns the notice; this process remembers it, for notices never change.

    Raises:
        Notice.DoesNotExist: no such wording was ever published here.
    """
    if digest in _uncommitted:
        return Notice.objects.get(digest=digest)
    return _remembered(digest)


@lru_cache(maxsize=1024)
def _remembered(digest: str) -> Notice:
    return Notice.objects.get(digest=digest)


def forget() -> None:
    """Empties this process's memory, as after the database was replaced."""
    _remembered.cache_clear()
    _uncommitted.clear()


def statement(wording: Wording, controller: Controller | None = None) -> Notice:
    """Returns the notice of a consent box's sentence, made on publish."""
    language = wording.locale.language_code
    return make(NoticeKind.STATEMENT, language, wording.filled(controller))
