"""Which requests the sign-up endpoint refuses before it reads them.

Threat: it is open to everybody, without a cookie or a token. So what is too big, of a
strange type, sent by a foreign site's page or one of too many is turned away cheaply.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from wagtail_consent import conf, ratelimit

# The longest form that people fill in is far below.
MOST_BYTES = 256 * 1024
TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}
OWN = {"same-origin", "same-site", "none"}
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
    if request.content_type not in TYPES:
        return WRONG_TYPE
    if is_foreign(request):
        return FOREIGN
    return None if _is_within_limit(request) else TOO_MANY


def is_too_large(request: HttpRequest) -> bool:
    return length_of(request) > MOST_BYTES


def length_of(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def is_foreign(request: HttpRequest) -> bool:
    """Tells whether another site's page sent this (Fetch Metadata, RFC 6454).

    Browsers that say nothing, and what is no browser, are let in: they carry nothing
    of the visitor's that could be abused.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in OWN and not _is_trusted(request)
    origin = request.headers.get("Origin")
    if not origin or urlsplit(origin).netloc == request.get_host():
        return False
    return not _is_trusted(request)


def _is_trusted(request: HttpRequest) -> bool:
    """Django's own list of other sites whose forms may post here."""
    origin = urlsplit(request.headers.get("Origin", ""))
    for trusted in map(urlsplit, settings.CSRF_TRUSTED_ORIGINS):
        if origin.scheme == trusted.scheme and _matches(origin.netloc, trusted.netloc):
            return True
    return False


def _matches(host: str, pattern: str) -> bool:
    return host == pattern or (pattern[:1] == "*" and host.endswith(pattern[1:]))


def _is_within_limit(request: HttpRequest) -> bool:
    limit = conf.get("SIGN_UPS_PER_HOUR")
    address = visitor_address(request)
    if not limit or not address:
        return True
    return ratelimit.allowed("optin.submit", address, limit, HOUR)


def visitor_address(request: HttpRequest) -> str:
    """Returns the address to count sign-ups by; empty: it isn't known.

    Threat: a header that nobody vouches for is the visitor's to choose. So only the
    one that the settings name is read, and of a list its last entry, which the
    trusted proxy itself added. A proxy that the settings don't know of would make
    all visitors one; where a private address forwards for others, nothing is counted.
    """
    if header := conf.get("CLIENT_ADDRESS_HEADER"):
        return request.headers.get(header, "").rpartition(",")[2].strip()
    address = request.META.get("REMOTE_ADDR", "")
    forwards = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return "" if forwards and _is_inside(address) else address


def _is_inside(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return True
