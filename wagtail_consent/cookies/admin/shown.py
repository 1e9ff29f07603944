"""A choice beside what was offered: read from the proof, never from today's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..models import Choice


@dataclass(frozen=True, slots=True)
class ShownService:
    content: dict[str, Any]
    verdict: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownCategory:
    content: dict[str, Any]
    services: list[ShownService]


@dataclass(frozen=True, slots=True)
class Shown:
    content: dict[str, Any]
    categories: list[ShownCategory]
    # Named in the choice, and not in the banner: proof that doesn't fit.
    strange: list[str]


def of(choice: Choice) -> Shown:
    content = choice.revision.content
    categories = [
        ShownCategory(it, [*_services(it, choice)]) for it in content["categories"]
    ]
    offered = {it.content["key"] for group in categories for it in group.services}
    named = [*choice.granted, *choice.refused]
    return Shown(content, categories, [it for it in named if it not in offered])


def _services(category: dict[str, Any], choice: Choice) -> Iterator[ShownService]:
    for service in category["services"]:
        verdict = _verdict(service, choice)
        yield ShownService(service, verdict, _labels()[verdict])


def _verdict(service: dict[str, Any], choice: Choice) -> str:
    if service["necessary"]:
        return "necessary"
    if service["key"] in choice.granted:
        return "allowed"
    return "refused" if service["key"] in choice.refused else "undecided"


def _labels() -> dict[str, str]:
    return {
        "necessary": _("Always on"),
        "allowed": _("Allowed"),
        "refused": _("Refused"),
        "undecided": _("Not decided"),
    }
