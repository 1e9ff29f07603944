"""Why an endpoint that is open to everybody turns a request away, cheaply.

Threat: it takes no cookie and no token. What is too big, of a strange type, sent by a
foreign site's page or one of too many is told from its headers and refused unread.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from . import origin, ratelimit, visitors

HOUR = 3600
# What a body raises that was cut off, or isn't what it says.
BROKEN = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status, and the word by which the page says why."""

    status: int
    state: str


TOO_LARGE = Refusal(413, "too_large")
UNREADABLE = Refusal(400, "unreadable")
WRONG_TYPE = Refusal(415, "unreadable")
FOREIGN = Refusal(403, "foreign")
TOO_MANY = Refusal(429, "too_many")


def of(request: HttpRequest) -> Refusal | None:
    """Returns why a form's POST is refused, whatever it holds; None: it isn't."""
    if request.content_type not in visitors.TYPES:
        return WRONG_TYPE
    return FOREIGN if origin.is_foreign(request) else None


def is_within_limit(request: HttpRequest, scope: str, per_hour: int) -> bool:
    """Counts a request of this network; see `ratelimit.allowed`."""
    address = origin.visitor_address(request)
    return ratelimit.allowed(scope, address, per_hour, HOUR)
