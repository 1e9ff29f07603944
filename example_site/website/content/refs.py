"""How content names a row that only the database knows the key of."""

from __future__ import annotations

from typing import NamedTuple


class Ref(NamedTuple):
    kind: str
    key: str


def image(key: str) -> Ref:
    return Ref("image", key)


def document(key: str) -> Ref:
    return Ref("document", key)


def page(key: str) -> Ref:
    return Ref("page", key)


def purpose(identifier: str) -> Ref:
    return Ref("purpose", identifier)
