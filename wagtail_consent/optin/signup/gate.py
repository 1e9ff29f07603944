"""Which requests the sign-up endpoint refuses before it reads them."""

from __future__ import annotations

from django.http import HttpRequest

from wagtail_consent import conf, refusals, visitors
from wagtail_consent.refusals import TOO_MANY, Refusal

# The longest form that people fill in is far below.
MOST_BYTES = 256 * 1024
CLOSED = Refusal(410, "closed")
WITHHELD = Refusal(403, "withheld")


def refusal(request: HttpRequest) -> Refusal | None:
    """Returns why a sign-up is refused, or None. Reads headers alone."""
    return refusals.of(request) or (None if _is_within_limit(request) else TOO_MANY)


def is_too_large(request: HttpRequest) -> bool:
    return visitors.length_of(request) > MOST_BYTES


def _is_within_limit(request: HttpRequest) -> bool:
    limit = conf.get("SIGN_UPS_PER_HOUR")
    return refusals.is_within_limit(request, "optin.submit", limit)
