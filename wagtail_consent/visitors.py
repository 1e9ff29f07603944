"""What the endpoints that visitors meet share: no trace, nothing for caches."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase

PRIVATE = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
# Bodies that forms send.
TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


def private(response: HttpResponseBase, **others: str) -> HttpResponseBase:
    """Says that nobody may keep this answer, nor tell of it; returns it.

    Args:
        others: headers to set besides, or otherwise; `_` stands for `-`.
    """
    more = {name.replace("_", "-"): value for name, value in others.items()}
    for name, value in (PRIVATE | more).items():
        response[name] = value
    return response


def forget(request: HttpRequest) -> None:
    """Drops what the browser added by itself: cookies, session and log-in.

    Threat: CSRF rides on those. Without them a foreign page can't do more than its
    author could from a machine of their own; and without a session or messages on the
    request, their middleware sets nothing.
    """
    request.COOKIES = {}
    request.user = AnonymousUser()
    for name in ("session", "_messages"):
        if hasattr(request, name):
            delattr(request, name)


def length_of(request: HttpRequest) -> int:
    """Returns how many bytes the request says that it brings."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
