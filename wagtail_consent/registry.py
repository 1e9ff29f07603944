"""Where personal data lies: whoever holds some registers how to find and erase it.

The rooms register their tables in ``AppConfig.ready``, a site its own. What is asked
is always one address, and where it matters one controller: two companies on one
installation don't answer for each other.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .addresses import Address
from .models import Controller


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a source holds, in words for the person who decides on it."""

    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an erasure did, in numbers of rows; it names nobody.

    Attributes:
        retained: rows that stay, on a ground of GDPR Art. 17(3).
        ground: that ground; demanded when rows are retained.
        until: when they go, if that is known.
    """

    removed: int = 0
    anonymised: int = 0
    retained: int = 0
    ground: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        if self.retained and not self.ground:
            raise ValueError("Data that is retained needs a ground.")


class PersonalDataSource(ABC):
    """Code that knows what one table, or one system, holds on a person.

    Attributes:
        name: identifies the source for ever, such as ``"shop.orders"``.
        label: for people; translatable.
    """

    name: str
    label: Any

    @abstractmethod
    def find(self, address: Address, controller: Controller | None = None) -> int:
        """Returns how many rows it holds on the address."""

    @abstractmethod
    def preview(
        self, address: Address, controller: Controller | None = None
    ) -> list[Item]:
        """Returns what an erasure would touch."""

    @abstractmethod
    def export(
        self, address: Address, controller: Controller | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yields what it holds, as JSON can carry it (Art. 15, 20)."""

    @abstractmethod
    def erase(self, address: Address, controller: Controller | None = None) -> Outcome:
        """Erases it (Art. 17). Doing so again does nothing and is no error."""


_sources: dict[str, PersonalDataSource] = {}


def register(source: PersonalDataSource) -> None:
    """Adds a source.

    Raises:
        ValueError: another source has that name.
    """
    known = _sources.setdefault(source.name, source)
    if type(known) is not type(source):
        raise ValueError(f"There is a source named {source.name!r} already.")


def sources() -> list[PersonalDataSource]:
    """Returns all sources, in the order in which they were registered."""
    return list(_sources.values())
