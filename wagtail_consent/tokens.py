"""Links that are mailed: one purpose each, nothing stored, nothing personal in them.

Threat: a token of one kind must open nothing of another kind, a forged one nothing at
all, and a rotated SECRET_KEY must not break what lies in people's mailboxes. A token
signs a row's UUID; whether it is still good (expired, used, withdrawn) is the row's to
say, so that replaying a token can't bring back an old state.
"""

from __future__ import annotations

import base64
import uuid

from django.core.signing import BadSignature, Signer

from . import keys


class BadToken(ValueError):
    """Not a token of ours, or one for something else."""


def signer(use: str) -> Signer:
    newest, *older = keys.secrets()
    return Signer(key=newest, fallback_keys=older, salt=f"wagtail_consent.{use}")


def make(use: str, row: uuid.UUID) -> str:
    """Returns a URL-safe token for a row, good for one use alone."""
    value = base64.urlsafe_b64encode(row.bytes).decode().rstrip("=")
    return signer(use).sign(value).replace(":", ".")


def read(use: str, token: str) -> uuid.UUID:
    """Returns the row's UUID.

    Raises:
        BadToken: forged, cut, or made for another use.
    """
    try:
        value = signer(use).unsign(token.replace(".", ":", 1))
        return uuid.UUID(bytes=base64.urlsafe_b64decode(value + "=="))
    except (BadSignature, ValueError) as error:
        raise BadToken from error
