"""What a service says, in one shape for the catalogue's entry and for the site's row.

Comparing the two, and both to what was added, tells whether an editor changed it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale

from ..models import Service
from . import entries
from .entries import Entry

STORED = ("kind", "name", "domain", "lifetime", "unit")


def of_entry(entry: Entry, locales: Iterable[Locale]) -> dict[str, Any]:
    return {
        "name": entry.name,
        "category": entry.category,
        "hosts": entry.hosts,
        "signal": entry.signal,
        "stored": [it.fields for it in entry.stored],
        "texts": texts(entry, locales),
    }


def texts(entry: Entry, locales: Iterable[Locale]) -> dict[str, str]:
    """Returns the purpose in each locale that we speak; none: English, to translate."""
    ordered = sorted(locales, key=lambda it: it.pk)
    found = {it.language_code: _text(entry, it) for it in ordered}
    spoken = {code: text for code, text in found.items() if text}
    return spoken or {Locale.get_default().language_code: entry.texts[entries.SOURCE]}


def is_spoken(entry: Entry) -> bool:
    """Tells whether the site's visitors can read what the catalogue says."""
    return any(_text(entry, locale) for locale in Locale.objects.all())


def _text(entry: Entry, locale: Locale) -> str | None:
    return entries.in_language(entry.texts, locale.language_code)


def of_service(service: Service) -> dict[str, Any]:
    stored = service.stored.all()
    return {
        "name": service.name,
        "category": service.category.key,
        "hosts": service.host_list,
        "signal": service.signal,
        "stored": [{name: getattr(it, name) for name in STORED} for it in stored],
        "texts": {it.locale.language_code: it.purpose for it in service.texts.all()},
    }


def digest(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
