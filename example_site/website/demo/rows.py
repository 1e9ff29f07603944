"""Turns content into what pages and StreamFields store."""

from __future__ import annotations

import uuid
from typing import Any

from website.content.refs import Ref

NAMESPACE = uuid.UUID("5f2d6a0e-6c0b-4d0c-9d5f-8f2f6e6b7a11")

Rows = dict[Ref, int]


def resolve(value: Any, rows: Rows, path: str) -> Any:
    """Returns the value with keys for its references and with block ids.

    Args:
        rows: the primary key of every row that content may name.
        path: where the value stands; block ids are made from it, so that they stay
            the same however often the demo is loaded.
    """
    if isinstance(value, Ref):
        return rows[value]
    if isinstance(value, dict):
        return {
            key: resolve(each, rows, f"{path}/{key}") for key, each in value.items()
        }
    if isinstance(value, list):
        return [block(each, rows, f"{path}/{n}") for n, each in enumerate(value)]
    return value


def block(value: Any, rows: Rows, path: str) -> dict[str, Any]:
    """Returns one child of a StreamBlock, or, if it has no type, of a ListBlock."""
    named = isinstance(value, tuple) and not isinstance(value, Ref)
    kind, content = value if named else ("item", value)
    return {
        "type": kind,
        "value": resolve(content, rows, path),
        "id": str(uuid.uuid5(NAMESPACE, path)),
    }
