"""Offers and notes as values, for rules that need no database."""

from __future__ import annotations

from typing import Any

from wagtail_consent.cookies.choice.cookie import Cookie
from wagtail_consent.cookies.offered import (
    Offer,
    OfferedCategory,
    OfferedItem,
    OfferedService,
)


def item(name: str, domain: str = "", kind: str = "cookie") -> OfferedItem:
    return OfferedItem(kind, name, domain, "2 years")


def service(
    key: str, *stored: OfferedItem | str, category: str = "statistics", **values: Any
) -> OfferedService:
    items = tuple(item(it) if isinstance(it, str) else it for it in stored)
    blank = {"provider": "Figures Ltd", "country": "Ireland", "safeguard": ""}
    texts = {"name": key.title(), "purpose": "It counts.", "privacy_url": ""}
    facts = {"hosts": (), "signal": "", "necessary": False, "stored": items}
    known = {"key": key, "category": category}
    return OfferedService(**blank | texts | facts | known | values)


def offer(*services: OfferedService, **values: Any) -> Offer:
    keys = dict.fromkeys((it.category, it.necessary) for it in services)
    categories = tuple(
        OfferedCategory(
            key,
            key.title(),
            "",
            necessary,
            tuple(it for it in services if it.category == key),
        )
        for key, necessary in keys
    )
    blank = {"site_id": 1, "site": "http://testserver", "language": "en"}
    asking = {"layout": "box", "granularity": "services", "days": 182, "domain": ""}
    legal = {"gpc": True, "privacy_url": "", "imprint_url": "", "company": "Ann Ltd"}
    known = {"categories": categories}
    return Offer(**blank | asking | legal | known | values).sealed()


def note(granted: str = "", refused: str = "", **values: Any) -> Cookie:
    """A note with keys that stand apart by spaces."""
    blank = {"material": "0badcafe", "made_at": 1_800_000_000}
    keys = {"granted": tuple(granted.split()), "refused": tuple(refused.split())}
    return Cookie(**blank | keys | values)
