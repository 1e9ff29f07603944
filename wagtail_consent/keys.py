"""The ring of keys: the newest signs, older ones verify.

Threat: whoever can write the database must not be able to forge an event, a seal or
a link, nor find out whose digest a row holds. So the keys lie in settings, never in
the database. They are the product's own, so that a rotated SECRET_KEY breaks no link
that was mailed.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import conf


class KeyLost(LookupError):
    """A row names a key that is no longer in ``WAGTAIL_CONSENT["KEYS"]``."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"Key {key_id} is not in WAGTAIL_CONSENT['KEYS']. Put it back behind the "
            "newest one: what it signed can't be verified without it."
        )
        self.key_id = key_id


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    secret: bytes

    def mac(self, use: str, message: bytes) -> str:
        """Returns the HMAC-SHA256 (hex) of a message, apart for each use."""
        return hmac.digest(_derive(self.secret, use), message, "sha256").hex()

    def digest(self, use: str, message: str) -> str:
        """Returns a versioned digest, ``<key id>:<hex>``."""
        return f"{self.id}:{self.mac(use, message.encode())}"


@lru_cache(maxsize=64)
def _derive(secret: bytes, use: str) -> bytes:
    return hmac.digest(secret, b"wagtail_consent." + use.encode(), "sha256")


@lru_cache(maxsize=16)
def _ring(secrets: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(
        Key(hashlib.sha256(b"id:" + secret.encode()).hexdigest()[:8], secret.encode())
        for secret in secrets
    )


def secrets() -> list[str]:
    """Returns the keys, newest first; in DEBUG alone SECRET_KEY may stand in.

    Raises:
        ImproperlyConfigured: no key is set and DEBUG is off.
    """
    if own := conf.get("KEYS"):
        return list(own)
    if settings.DEBUG:
        return [settings.SECRET_KEY]
    raise ImproperlyConfigured("Set WAGTAIL_CONSENT['KEYS'] to a list of secret keys.")


def ring() -> tuple[Key, ...]:
    return _ring(tuple(secrets()))


def newest() -> Key:
    return ring()[0]


def by_id(key_id: str) -> Key:
    """Raises KeyLost when the ring no longer holds the key."""
    for key in ring():
        if key.id == key_id:
            return key
    raise KeyLost(key_id)


def digest(use: str, message: str) -> str:
    """Returns the versioned digest by the newest key."""
    return newest().digest(use, message)


def digests(use: str, message: str) -> list[str]:
    """Returns the digest under every key of the ring, for look-ups."""
    return [key.digest(use, message) for key in ring()]
