"""What a new site needs before its first form: rooms add what they bring.

The core makes the controller, the purposes and their wordings; a room that wants more,
such as the texts of its mails, registers a starter in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from wagtail.models import Locale

from .models import Controller, Purpose


@dataclass(frozen=True, slots=True)
class Start:
    """What was made, or found, so far."""

    controller: Controller
    locales: list[Locale]
    purposes: list[Purpose] = field(default_factory=list)


# Returns a line for each thing that it made, none for what was there.
Starter = Callable[[Start], list[str]]

_starters: dict[str, Starter] = {}


def register(name: str, starter: Starter) -> None:
    _starters[name] = starter


def run(start: Start) -> list[str]:
    """Lets every room make what it brings; returns what was made, in words."""
    return [line for starter in _starters.values() for line in starter(start)]
