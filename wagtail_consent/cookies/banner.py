"""The banner's first layer and what the script must know: for everybody the same."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .choice import ours, removal
from .choice.cookie import DAY
from .gate import place
from .offered import Offer, OfferedItem

TEMPLATE = "wagtail_consent/cookies/first_layer.html"
# What could end the attribute or its element, written as JSON knows it.
_HARMLESS = {ord(it): f"\\u{ord(it):04x}" for it in "&<>'"}


def rendered(request: HttpRequest | None, *, preview: bool = False) -> SafeString:
    """Returns the script with the banner in an inert template.

    Nothing where there is nothing to ask for, and none in an editor's preview.

    Params:
        preview: whether previews show it, too.
    """
    offer = place.offer(request) if request else None
    if request is None or offer is None or not offer.asks:
        return SafeString("")
    if getattr(request, "is_preview", False) and not preview:
        return SafeString("")
    context = _context(offer, _host(request), request.is_secure())
    return render_to_string(TEMPLATE, context)


def settings_link(request: HttpRequest | None) -> SafeString:
    """Returns the link to the privacy settings; the script opens them in place."""
    offer = place.offer(request) if request else None
    if offer is None:
        return SafeString("")
    label = _("Privacy settings")
    return format_html('<a href="{}" data-sc-open>{}</a>', _url(offer), label)


def _host(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0]


def _url(offer: Offer) -> str:
    return reverse("wagtail_consent_cookies:choice", args=[offer.language])


def _context(offer: Offer, host: str, is_https: bool) -> dict[str, Any]:
    return {
        "offer": offer,
        "company": offer.company or _("This site"),
        "url": _url(offer),
        "seconds": offer.days * DAY,
        "keep": _keep(offer, host, is_https),
        "services": _json({it.key: [it.category, it.name] for it in offer.optional}),
        "stored": _json(_stored(offer, host)),
        "purposes": [it.name for it in offer.categories if _is_asked(it)],
        "companies": len({it.provider for it in offer.optional}),
    }


def _is_asked(category: Any) -> bool:
    return bool(category.services) and not category.necessary


def _keep(offer: Offer, host: str, is_https: bool) -> str:
    """Returns where the visitor's cookie counts, and for how long."""
    age = offer.days * DAY
    domain = ours.home(offer, host)
    parts = ["", "Path=/", "SameSite=Lax", f"Max-Age={age}"]
    parts += [f"Domain={domain}"] * bool(domain) + ["Secure"] * is_https
    return ";".join(parts)


def _json(value: Any) -> SafeString:
    """Returns JSON for an attribute in single quotes, where " needs no escape."""
    written = json.dumps(value, separators=(",", ":"))
    return mark_safe(written.translate(_HARMLESS))  # noqa: S308


def _stored(offer: Offer, host: str) -> dict[str, dict[str, list[str]]]:
    """Returns who declared what the script may delete: services by kind and name.

    Threat: an editor declares a name that the site itself lives by. It isn't told to
    the script; the server, which knows whole names, deletes the rest of the pattern.
    """
    owners: dict[str, dict[str, list[str]]] = {}
    for service in offer.services:
        for item in service.stored:
            if _is_ours(item, host) and not _is_vital(item):
                names = owners.setdefault(item.kind, {})
                names.setdefault(item.name, []).append(service.key)
    return owners


def _is_ours(item: OfferedItem, host: str) -> bool:
    domain = item.domain.lower().lstrip(".")
    return not domain or host == domain or host.endswith(f".{domain}")


def _is_vital(item: OfferedItem) -> bool:
    vital = removal.OWN | ours.vital_cookies()
    stem = item.name.removesuffix("*")
    is_pattern = stem != item.name
    return item.kind == removal.COOKIE and any(
        name.startswith(stem) if is_pattern else name == stem for name in vital
    )
