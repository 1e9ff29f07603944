"""Which requests the sign-up endpoint refuses before it reads them.

Threat: it is open to everybody, without a cookie or a token. So what is too big, of a
strange type, sent by a foreign site's page or one of too many is turned away cheaply.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from wagtail_consent import conf, origin, ratelimit, visitors

# The longest form that people fill in is far below.
MOST_BYTES = 256 * 1024
HOUR = 3600


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
CLOSED = Refusal(410, "closed")
WITHHELD = Refusal(403, "withheld")


def refusal(request: HttpRequest) -> Refusal | None:
    """Returns why a sign-up is refused, or None. Reads headers alone."""
    if request.content_type not in visitors.TYPES:
        return WRONG_TYPE
    if origin.is_foreign(request):
        return FOREIGN
    return None if _is_within_limit(request) else TOO_MANY


def is_too_large(request: HttpRequest) -> bool:
    return visitors.length_of(request) > MOST_BYTES


def _is_within_limit(request: HttpRequest) -> bool:
    limit = conf.get("SIGN_UPS_PER_HOUR")
    address = origin.visitor_address(request)
    if not limit or not address:
        return True
    return ratelimit.allowed("optin.submit", address, limit, HOUR)
