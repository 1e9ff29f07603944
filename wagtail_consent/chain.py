"""How one event binds to the one before it. Pure: no queries, no writes.

An event's hash is an HMAC over all of its fields and the previous event's hash: whoever
lacks the key can change, remove or insert none without it showing. The payload is bound
by a salted commitment (GDPR Art. 17: it can be deleted and the chain still verifies;
without the salt nobody can test a guess of what it said).
"""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import datetime, timezone
from typing import Any
from uuid import UUID

from . import keys

VERSION = 1
FIELDS = (
    "subject",
    "sequence",
    "kind",
    "controller",
    "purpose",
    "notice",
    "occurred_at",
    "recorded_at",
    "commitment",
    "previous",
    "key",
)


def new_salt() -> str:
    return secrets.token_hex(32)


def commitment(salt: str, data: dict[str, Any]) -> str:
    """Returns what binds an event to its payload, and tells nothing about it."""
    return hmac.digest(bytes.fromhex(salt), _canonical(data), "sha256").hex()


def message(facts: dict[str, Any]) -> bytes:
    """Returns the one spelling of an event's fields that its hash covers."""
    return _canonical([VERSION, *(_plain(facts[name]) for name in FIELDS)])


def hash_of(facts: dict[str, Any]) -> str:
    """Returns the hash of an event, by the key that it names.

    Raises:
        KeyLost: that key is no longer in the ring.
    """
    return keys.by_id(facts["key"]).mac("chain", message(facts))


def is_intact(facts: dict[str, Any]) -> bool:
    """Returns whether an event still says what it said when it was written.

    Raises:
        KeyLost: the key that would tell is no longer in the ring.
    """
    return hmac.compare_digest(facts["hash"].encode(), hash_of(facts).encode())


def _canonical(value: Any) -> bytes:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True
    ).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat(timespec="microseconds")
    return value.hex if isinstance(value, UUID) else value
