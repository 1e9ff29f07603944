"""The banner's first layer and what the script must know: for everybody the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .choice import removal
from .gate import place
from .offered import Offer, OfferedItem
from .views import jar
from .views.choice import own_cookies

TEMPLATE = "wagtail_consent/cookies/first_layer.html"


def rendered(request: HttpRequest | None, *, preview: bool = False) -> SafeString:
    """Returns the script with the banner in an inert template.

    Nothing where there is nothing to ask for, and none in an editor's preview.

    Params:
        preview: whether previews show it, too.
    """
    offer = place.offer(request) if request else None
    if offer is None or not offer.asks or (_is_preview(request) and not preview):
        return SafeString("")
    return render_to_string(TEMPLATE, _context(offer, _host(request)))


def settings_link(request: HttpRequest | None) -> SafeString:
    """Returns the link to the privacy settings; the script opens them in place."""
    offer = place.offer(request) if request else None
    if offer is None:
        return SafeString("")
    label = _("Privacy settings")
    return format_html('<a href="{}" data-sc-open>{}</a>', _url(offer), label)


def _is_preview(request: HttpRequest | None) -> bool:
    return bool(getattr(request, "is_preview", False))


def _host(request: HttpRequest | None) -> str:
    return split_domain_port(request.get_host())[0] if request else ""


def _url(offer: Offer) -> str:
    return reverse("wagtail_consent_cookies:choice", args=[offer.language])


def _context(offer: Offer, host: str) -> dict[str, Any]:
    return {
        "offer": offer,
        "company": offer.company or _("This site"),
        "url": _url(offer),
        "domain": jar.home(offer, host),
        "services": " ".join(f"{it.key}:{it.category}" for it in offer.optional),
        "stored": " ".join(_stored(offer, host)),
        "names": "|".join(it.name.replace("|", " ") for it in offer.optional),
        "purposes": [it.name for it in offer.categories if _is_asked(it)],
        "companies": len({it.provider for it in offer.optional}),
    }


def _is_asked(category: Any) -> bool:
    return bool(category.services) and not category.necessary


def _stored(offer: Offer, host: str) -> Iterator[str]:
    """Yields what the script may delete after a refusal: ``service/kind/name``.

    Threat: an editor declares a name that the site itself lives by. It isn't told to
    the script; the server, which knows whole names, deletes the rest of the pattern.
    """
    for service in offer.services:
        for item in service.stored:
            if _is_ours(item, host) and not _is_vital(item):
                name = quote(item.name, safe="*")
                yield f"{service.key}/{item.kind}/{name}"


def _is_ours(item: OfferedItem, host: str) -> bool:
    domain = item.domain.lower().lstrip(".")
    return not domain or host == domain or host.endswith(f".{domain}")


def _is_vital(item: OfferedItem) -> bool:
    vital = removal.OWN | own_cookies()
    stem = item.name.removesuffix("*")
    is_pattern = stem != item.name
    return item.kind == removal.COOKIE and any(
        name.startswith(stem) if is_pattern else name == stem for name in vital
    )
