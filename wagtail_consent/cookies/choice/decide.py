"""What a visitor's word means: which services may load, which were refused.

Pure rules: no database, no request. Nothing is allowed that was not offered, and
nothing is refused or allowed for a visitor who did not say so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..offered import Offer
from .cookie import Cookie

ALL, NONE, SOME = "all", "none", "some"
WORDS = {ALL, NONE, SOME}


@dataclass(frozen=True, slots=True)
class Decision:
    granted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def allows(self) -> bool:
        return bool(self.granted)


def decide(word: str, ticked: Collection[str], offered: Iterable[str]) -> Decision:
    """Returns what was decided on each service that was offered.

    Args:
        word: `all`, `none` or `some`; `some` allows what is ticked.
        ticked: keys, as they came from the browser.
        offered: keys of the services that the banner asked for.
    """
    keys = tuple(offered)
    wanted = {ALL: set(keys), NONE: set(), SOME: set(ticked)}[word]
    return Decision(
        tuple(key for key in keys if key in wanted),
        tuple(key for key in keys if key not in wanted),
    )


def add(
    before: Cookie | None, ticked: Collection[str], offered: Iterable[str]
) -> Decision:
    """Returns what holds after a visitor allowed one service where it stands.

    At an embed nobody is asked about the others: what was decided on them stays, and
    what was not stays undecided.
    """
    keys = tuple(offered)
    granted = {*ticked, *(before.granted if before else ())}
    refused = set(before.refused if before else ()) - granted
    return Decision(
        tuple(key for key in keys if key in granted),
        tuple(key for key in keys if key in refused),
    )


def object_to(
    before: Cookie | None, ticked: Collection[str], offered: Iterable[str]
) -> Decision:
    """Returns what holds after the browser itself objected (Global Privacy Control).

    It never allows anything; what its visitor allowed in so many words may stay.
    """
    kept = set(ticked) & set(before.granted if before else ())
    return decide(SOME, kept, offered)


def in_force(cookie: Cookie | None, offer: Offer) -> frozenset[str]:
    """Returns the keys of the optional services that may load for this visitor.

    A service that was deleted or renamed since is not offered, and so never loads.
    """
    granted = set(cookie.granted) if cookie else set()
    return frozenset(it.key for it in offer.optional if it.key in granted)


def is_new(key: str, cookie: Cookie | None) -> bool:
    """Tells whether a visitor who decided once was never asked about this one."""
    return bool(cookie) and key not in {*cookie.granted, *cookie.refused}


def ticked(
    services: Iterable[str], categories: Collection[str], offer: Offer
) -> set[str]:
    """Returns the keys that a form ticks; a category stands for its services."""
    whole = {it.key for it in offer.optional if it.category in set(categories)}
    return {*services, *whole}
