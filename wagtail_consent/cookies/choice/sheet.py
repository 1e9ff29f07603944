"""The settings form as it is shown: what is offered beside what the visitor decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..models import Storage
from ..offered import Offer, OfferedCategory, OfferedService
from .cookie import Cookie
from .decide import in_force, is_new


@dataclass(frozen=True, slots=True)
class Line:
    service: OfferedService
    is_allowed: bool
    is_new: bool

    @property
    def stored(self) -> list[dict[str, Any]]:
        return [
            {
                "name": it.name,
                "kind": Storage(it.kind).label,
                "domain": it.domain,
                "lifetime": it.lifetime,
            }
            for it in self.service.stored
        ]


@dataclass(frozen=True, slots=True)
class Group:
    category: OfferedCategory
    lines: tuple[Line, ...]

    @property
    def is_allowed(self) -> bool:
        """A category is ticked if all of it is allowed; never half."""
        return all(line.is_allowed for line in self.lines)


def groups(offer: Offer, cookie: Cookie | None) -> list[Group]:
    """Returns the categories with their services. Without a choice, none is ticked."""
    allowed = in_force(cookie, offer)
    return [
        Group(
            category,
            tuple(
                Line(it, it.key in allowed, not it.necessary and is_new(it.key, cookie))
                for it in category.services
            ),
        )
        for category in offer.categories
        if category.services
    ]
