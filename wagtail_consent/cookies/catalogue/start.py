"""The categories that a new site needs, in its languages."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Locale

from wagtail_consent.starters import Start

from ..models import Category, CategoryText
from . import entries
from .entries import Group


def write_categories(start: Start) -> list[str]:
    """Makes the usual categories; what is there stays, a missing language is added."""
    return [
        line
        for order, group in enumerate(entries.groups().values())
        for line in _written(group, order, start.locales)
    ]


def category(key: str) -> Category:
    """Returns a category of the catalogue, made in all locales if it isn't there.

    Raises:
        KeyError: the catalogue knows no such category.
    """
    known = Category.objects.filter(key=key).first()
    if known is None:
        group = entries.groups()[key]
        order = [*entries.groups()].index(key)
        _written(group, order, Locale.objects.order_by("pk"))
    return known or Category.objects.get(key=key)


def _written(group: Group, order: int, locales: Iterable[Locale]) -> list[str]:
    found = Category.objects.filter(key=group.key).first()
    made = found or Category.objects.create(
        key=group.key, necessary=group.necessary, order=order
    )
    present = set(made.texts.values_list("locale", flat=True))
    spoken = [
        it for it in locales if entries.in_language(group.texts, it.language_code)
    ]
    if not present and not spoken:
        spoken = [Locale.get_default()]
    missing = [it for it in spoken if it.pk not in present]
    for locale in missing:
        _write(made, group, locale)
    return [f"Cookie category: {group.key} ({it.language_code})" for it in missing]


def _write(made: Category, group: Group, locale: Locale) -> None:
    texts = entries.in_language(group.texts, locale.language_code)
    name, description = texts or group.texts[entries.SOURCE]
    CategoryText.objects.create(
        category=made, locale=locale, name=name, description=description
    )
