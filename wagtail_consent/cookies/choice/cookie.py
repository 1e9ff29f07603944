"""The visitor's own note of what they decided: read and written, nothing else.

    1 . material . seconds (base 36) . allowed . refused . reference . secret . logged

Sections are joined by ``.``, keys of services by ``~``. The script in the page keeps
the same rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME = "site-choice"
MOST_CHARACTERS = 3072
DAY = 86400
# A clock that goes wrong by more makes a note that nobody can judge.
MOST_AHEAD = DAY

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_KEY = r"[A-Za-z0-9_-]{1,40}"
_KEYS = rf"((?:{_KEY}(?:~{_KEY})*)?)"
_ID = r"((?:[0-9a-f]{32})?)"
_FORM = re.compile(
    rf"1\.([0-9a-f]{{8}})\.([0-9a-z]{{1,8}})\.{_KEYS}\.{_KEYS}\.{_ID}\.{_ID}\.([01])"
)


@dataclass(frozen=True, slots=True)
class Cookie:
    """What a visitor decided, on which banner's material part, and when.

    Attributes:
        reference: names their rows in the log; empty for who refused everything.
        secret: allows to read and delete those rows.
        logged: whether the log has it already.
    """

    material: str
    made_at: int
    granted: tuple[str, ...]
    refused: tuple[str, ...]
    reference: str = ""
    secret: str = ""
    logged: bool = False


def parse(value: str, now: float, days: int) -> Cookie | None:
    """Returns what a note says; None if it says nothing that counts.

    Threat: whatever runs on the site, or on a sub-domain, can write this cookie. What
    is forged, cut, too long, from tomorrow or older than a choice lasts is no choice,
    and the visitor is asked.

    Args:
        now: seconds since 1970.
        days: how long a choice lasts.
    """
    if len(value) > MOST_CHARACTERS or not (found := _FORM.fullmatch(value)):
        return None
    material, seconds, granted, refused, reference, secret, logged = found.groups()
    made_at = int(seconds, 36)
    if not now - days * DAY < made_at <= now + MOST_AHEAD:
        return None
    cookie = Cookie(material, made_at, _keys(granted), _keys(refused))
    if not set(cookie.granted).isdisjoint(cookie.refused) or bool(reference) != bool(
        secret
    ):
        return None
    return signed(cookie, reference, secret, logged == "1")


def signed(cookie: Cookie, reference: str, secret: str, logged: bool) -> Cookie:
    """Returns the note with its place in the log; a refusal keeps no unique id."""
    if not cookie.granted:
        reference = secret = ""
    return Cookie(
        cookie.material,
        cookie.made_at,
        cookie.granted,
        cookie.refused,
        reference,
        secret,
        logged,
    )


def format(cookie: Cookie) -> str:
    return ".".join(
        [
            "1",
            cookie.material,
            base36(cookie.made_at),
            "~".join(cookie.granted),
            "~".join(cookie.refused),
            cookie.reference,
            cookie.secret,
            "1" if cookie.logged else "0",
        ]
    )


def base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _keys(joined: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(joined.split("~"))) if joined else ()
