"""The kinds of mail there are. The room that owns one registers it.

`context` is the one call upwards: what a mail of this kind must say about its
subject, asked right before it is sent. ``None`` says that it is no longer due.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Message

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail.

    Args:
        name: stable identifier, ``room.verb``; letters and messages store it.
        label: what editors call it (lazy).
        placeholders: names that a letter's text may use in braces, such as
            ``company``, ``title`` or ``days``.
        defaults: ``subject``, ``body`` (HTML), ``button`` and ``closing`` (HTML) of a
            new letter, lazy, so that each language has its own.
        context: returns ``button_url`` and what else the mail says (``links`` as
            pairs of label and address, ``title``, ``days``), or None.
        sent: told once a message was accepted by the mail server.
        links: what its links are called, for the preview.
        asks: it goes to somebody who has permitted nothing yet, so it may not
            advertise (OLG Düsseldorf I-15 U 64/15): its text may hold no link.
    """

    name: str
    label: str
    placeholders: tuple[str, ...]
    defaults: Mapping[str, str]
    context: Callable[[Message], Context | None]
    sent: Callable[[Message], None] | None = None
    links: tuple[str, ...] = ()
    asks: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Raises KeyError when no installed room registered the kind."""
    return _kinds[name]


def all() -> list[Kind]:
    return list(_kinds.values())


def choices() -> list[tuple[str, str]]:
    return [(kind.name, kind.label) for kind in all()]
