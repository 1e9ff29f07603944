"""The room's share of a new site: every kind of mail in every language."""

from __future__ import annotations

from django.utils import translation
from wagtail.models import Locale

from wagtail_consent.starters import Start

from . import kinds
from .kinds import Kind
from .models import Letter


def write_letters(start: Start) -> list[str]:
    """Publishes each kind's own words where there is no mail text for all purposes."""
    return [
        line
        for kind in kinds.all()
        for locale in start.locales
        for line in _written(kind, locale)
    ]


def _written(kind: Kind, locale: Locale) -> list[str]:
    letters = Letter.objects.filter(kind=kind.name, purpose=None)
    if letters.filter(locale=locale).exists():
        return []
    letter = Letter(kind=kind.name, locale=locale, live=False, **_words(kind, locale))
    if sibling := letters.first():
        letter.translation_key = sibling.translation_key
    letter.full_clean()
    letter.save()
    letter.save_revision().publish()
    return [f"Mail text: {kind.name} ({locale.language_code})"]


def _words(kind: Kind, locale: Locale) -> dict[str, str]:
    with translation.override(locale.language_code):
        return {name: str(words) for name, words in kind.defaults.items()}
