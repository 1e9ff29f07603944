"""Seals: files outside the database that say which events there were.

Threat: somebody with the database, though without the key, removes the newest events
of a contact, or all of them. A chain alone can't show that; a seal can. Each seal lists
events, names the seals before it by their SHA-256, and ends with an HMAC. Files are
only ever added, through Django's storage, so that a write-once bucket serves as well.

Format, one JSON value a line: a header, ``[id, subject, number, hash]`` for each event,
and a footer. A file without its footer was cut short while being written: what it would
have said is in a later one. Two that were written at once bear the same number; the
next names both.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils import timezone
from django.utils.translation import gettext as _

from . import conf, keys

FILES_PER_FOLDER = 1000
NAME = re.compile(r"\d{9}-\w+\.jsonl")


class BadSeal(ValueError):
    """A seal isn't what we wrote."""


class CutShort(BadSeal):
    """A seal has no footer."""


class Line(NamedTuple):
    id: int
    subject: str
    sequence: int
    hash: str


@dataclass
class Seal:
    """One file while it is read; ``digest`` and ``previous`` are known afterwards."""

    name: str
    previous: tuple[str, ...] = ()
    digest: str = ""

    @property
    def number(self) -> int:
        return _number(self.name)

    def lines(self) -> Iterator[Line]:
        """Yields the events; they count only if this ends without an error.

        Raises:
            CutShort: there is no footer.
            BadSeal: the file was changed.
            KeyLost: the ring no longer holds its key.
        """
        content, footer = hashlib.sha256(), None
        with storage().open(self.name) as file:
            for raw in file:
                if footer:
                    raise BadSeal(_("It goes on behind its end."))
                value = _parsed(raw)
                if isinstance(value, Line):
                    yield value
                elif "mac" in value:
                    footer = _checked(value, content.hexdigest())
                else:
                    self._begin(value)
                content.update(raw)
        if not footer:
            raise CutShort(self.name)
        self.digest = content.hexdigest()

    def _begin(self, header: dict[str, Any]) -> None:
        if header.get("number") != self.number:
            raise BadSeal(_("It bears another seal's name."))
        self.previous = tuple(header.get("previous", ()))


def storage() -> Storage:
    alias = conf.get("SEAL_STORAGE")
    if alias in storages.backends:
        return storages[alias]
    return FileSystemStorage(location=conf.private_root() / "seals")


def seals(after: int = 0) -> Iterator[Seal]:
    """Yields all seals whose number is greater, in order."""
    for folder in _folders():
        if int(folder) >= after // FILES_PER_FOLDER:
            for name in _names(folder):
                if _number(name) > after:
                    yield Seal(name)


def write(lines: Iterable[Line]) -> str:
    """Writes a new seal behind the newest; returns its name."""
    number, previous = _newest()
    header = {
        "number": number + 1,
        "previous": previous,
        "made_at": timezone.now().isoformat(),
    }
    content = b"".join(_spelled(value) for value in [header, *map(list, lines)])
    key = keys.newest()
    mac = key.mac("seal", hashlib.sha256(content).hexdigest().encode())
    content += _spelled({"key": key.id, "mac": mac})
    return storage().save(_new_name(number + 1), ContentFile(content))


def _newest() -> tuple[int, list[str]]:
    """Returns the highest number of a whole seal, and the digests of all that bear it.

    One that is still being written, or never was to its end, can't be named.
    """
    for folder in reversed(_folders()):
        names = reversed(_names(folder))
        for number, group in groupby(names, key=_number):
            if digests := [digest for digest in map(_digest, group) if digest]:
                return number, sorted(digests)
    return 0, []


def _digest(name: str) -> str:
    content, last = hashlib.sha256(), b""
    with storage().open(name) as file:
        for last in file:
            content.update(last)
    is_whole = last.startswith(b'{"key"') and last.endswith(b"}\n")
    return content.hexdigest() if is_whole else ""


def _folders() -> list[str]:
    return sorted(name for name in _listed("")[0] if name.isdigit())


def _names(folder: str) -> list[str]:
    names = filter(NAME.fullmatch, _listed(folder)[1])
    return sorted(f"{folder}/{name}" for name in names)


def _listed(path: str) -> tuple[list[str], list[str]]:
    try:
        return storage().listdir(path)
    except FileNotFoundError:
        return [], []


def _new_name(number: int) -> str:
    folder = f"{number // FILES_PER_FOLDER:06}"
    return f"{folder}/{number:09}-{secrets.token_hex(4)}.jsonl"


def _number(name: str) -> int:
    return int(name.rpartition("/")[2].partition("-")[0])


def _spelled(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _parsed(raw: bytes) -> Line | dict[str, Any]:
    if not raw.endswith(b"\n"):
        raise CutShort
    try:
        value = json.loads(raw)
        return value if isinstance(value, dict) else Line(*value)
    except (TypeError, ValueError) as error:
        raise BadSeal(_("It can't be read.")) from error


def _checked(footer: dict[str, Any], content: str) -> dict[str, Any]:
    mac = keys.by_id(str(footer.get("key"))).mac("seal", content.encode())
    if not hmac.compare_digest(mac.encode(), str(footer["mac"]).encode()):
        raise BadSeal(_("It was changed."))
    return footer
