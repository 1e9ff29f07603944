"""Which bytes of a file were asked for (RFC 9110 section 14)."""

from __future__ import annotations

import re

ONE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


class Unsatisfiable(ValueError):
    """The file has no such bytes: 416."""


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """Returns the first and last byte asked for; None: the whole file.

    What is malformed or names several ranges is ignored, as section 14.2 allows.

    Args:
        header: the Range field, or an empty string.
        size: of the file, in bytes.

    Raises:
        Unsatisfiable: the range begins behind the file's end, or is empty.
    """
    match = ONE.fullmatch(header.replace(" ", "").lower())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), size)
    return _between(int(first), int(last) if last else size - 1, size)


def _suffix(length: int, size: int) -> tuple[int, int]:
    if not length or not size:
        raise Unsatisfiable
    return max(0, size - length), size - 1


def _between(first: int, last: int, size: int) -> tuple[int, int] | None:
    if first >= size:
        raise Unsatisfiable
    return (first, min(last, size - 1)) if first <= last else None
