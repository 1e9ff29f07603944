"""What visitors are offered, as values: no row of the database, cached and compared."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from .models import BannerRevision

# What only this installation knows, or what follows from the rest.
LEFT_OUT = ("site_id", "digest")


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """What a service keeps on the device. No domain: it is the site's own."""

    kind: str
    name: str
    domain: str
    lifetime: str


@dataclass(frozen=True, slots=True)
class OfferedService:
    key: str
    name: str
    purpose: str
    provider: str
    country: str
    safeguard: str
    privacy_url: str
    hosts: tuple[str, ...]
    stored: tuple[OfferedItem, ...]
    signal: str
    category: str
    necessary: bool
    edition: int = 1


@dataclass(frozen=True, slots=True)
class OfferedCategory:
    key: str
    name: str
    description: str
    necessary: bool
    services: tuple[OfferedService, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that a banner says, and how it asks.

    ``digest`` is that of the `BannerRevision` that proves it; ``material`` changes
    when visitors must be asked again.
    """

    site_id: int
    language: str
    layout: str
    granularity: str
    days: int
    domain: str
    gpc: bool
    privacy_url: str
    imprint_url: str
    company: str
    categories: tuple[OfferedCategory, ...]
    site: str = ""
    material: str = ""
    digest: str = ""

    @property
    def services(self) -> tuple[OfferedService, ...]:
        return tuple(it for category in self.categories for it in category.services)

    @property
    def optional(self) -> tuple[OfferedService, ...]:
        """Those that a visitor decides on."""
        return tuple(it for it in self.services if not it.necessary)

    @property
    def asks(self) -> bool:
        """Tells whether there is anything to ask for."""
        return bool(self.optional)

    @property
    def body(self) -> str:
        """What the digest is taken of: JSON, always written the same way."""
        content = {k: v for k, v in asdict(self).items() if k not in LEFT_OUT}
        return json.dumps(content, ensure_ascii=False, sort_keys=True)

    def sealed(self) -> Offer:
        """Returns the offer with what follows from its content."""
        offer = replace(self, material=_material(self.optional))
        digest = BannerRevision.digest_of(offer.site, offer.language, offer.body)
        return replace(offer, digest=digest)


def _material(services: tuple[OfferedService, ...]) -> str:
    """Nobody decides on necessary services, so nobody is asked again for their sake."""
    facts: list[list[Any]] = sorted(
        [it.key, it.category, it.provider, it.edition] for it in services
    )
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:8]
