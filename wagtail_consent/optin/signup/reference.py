"""Which form, where, a visitor's POST answers: signed, and the same for everybody.

Threat: the endpoint takes no cookie, so nothing but this says what the visitor was
shown. A forged one would let a stranger put words into the record, point at another
company, or name a page that never asked. It holds no time and nothing of the visitor,
so that a page cached for weeks still posts exactly what it showed.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import astuple, dataclass

from django.core.signing import BadSignature

from wagtail_consent import tokens


class BadReference(ValueError):
    """Not a form of ours, or cut on its way."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a form stood when it was shown.

    Attributes:
        form: SHA-256 of the form's notice.
        controller: primary key of the company that asks.
        site: primary key of the site.
        page: primary key of the page; None for a form outside of pages.
        block: the block's id.
        preview: shown to an editor: nothing may be written or sent.
    """

    form: str
    controller: int
    site: int | None = None
    page: int | None = None
    block: str = ""
    preview: bool = False


def make(reference: Reference) -> str:
    """Returns the reference as one URL-safe, signed word."""
    value = json.dumps(astuple(reference), separators=(",", ":")).encode()
    word = urlsafe_b64encode(value).decode().rstrip("=")
    return tokens.signer("form").sign(word).replace(":", ".")


def read(word: str) -> Reference:
    """Returns what a posted word stands for.

    Raises:
        BadReference: forged, cut, or signed for something else.
    """
    try:
        value = tokens.signer("form").unsign(word.replace(".", ":", 1))
        padding = "=" * (-len(value) % 4)
        return Reference(*json.loads(urlsafe_b64decode(value + padding)))
    except (BadSignature, ValueError, TypeError) as error:
        raise BadReference from error
