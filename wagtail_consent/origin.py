"""Where a request comes from: from which site's page, and from which address.

Threat: endpoints for visitors are open to everybody, without a cookie or a token that
a foreign page would lack. So they are told apart by what browsers say of themselves.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from . import conf

OWN = {"same-origin", "same-site", "none"}


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


def visitor_address(request: HttpRequest) -> str:
    """Returns the address to count a visitor's requests by; empty: it isn't known.

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
