"""The catalogue as it was shipped: read once, never written.

What is not known surely is left out or called unknown: a host that nobody confirmed,
a lifetime on which sources disagree.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..models import Storage, Unit

# What our texts are written in first.
SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    country: str
    privacy_url: str
    safeguard: str = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """What a service keeps; ``lifetime`` is written as "2 year" or "session"."""

    name: str
    lifetime: str
    kind: str = Storage.COOKIE
    domain: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        count, _, unit = self.lifetime.rpartition(" ")
        return {
            "kind": str(self.kind),
            "name": self.name,
            "domain": self.domain,
            "lifetime": int(count) if count else None,
            "unit": str(Unit(unit)),
        }


@dataclass(frozen=True, slots=True)
class Group:
    """A category: for each language its name and description."""

    key: str
    texts: dict[str, list[str]]
    necessary: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A service. Without a company, it is run by the site itself."""

    key: str
    name: str
    category: str
    texts: dict[str, str]
    hosts: list[str] = field(default_factory=list)
    stored: list[Item] = field(default_factory=list)
    signal: str = ""
    company: Company | None = None

    @property
    def needs_a_host(self) -> bool:
        """Tells whether only the site knows where it lies."""
        return not self.hosts and self.category != "necessary"


@cache
def groups() -> dict[str, Group]:
    return {it["key"]: Group(**it) for it in _read("categories")}


@cache
def entries() -> dict[str, Entry]:
    companies = {key: Company(**it) for key, it in _read("companies").items()}
    companies[None] = None
    return {it["key"]: _entry(it, companies) for it in _read("services")}


def _entry(content: dict[str, Any], companies: dict[Any, Any]) -> Entry:
    stored = [Item(**it) for it in content["stored"]]
    company = companies[content["company"]]
    return Entry(**content | {"stored": stored, "company": company})


def in_language(texts: dict[str, Any], code: str) -> Any:
    """Returns the text for a locale such as "de-at"; None if it isn't spoken."""
    return texts.get(code) or texts.get(code.split("-")[0])


def _read(name: str) -> Any:
    path = Path(__file__).with_name(f"{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))
