"""A second lock: the browser itself refuses what nobody declared.

The same for all visitors, so that pages stay cacheable: what is allowed is what the
site declares, not what one visitor allowed. A service that is switched off is refused.
"""

from __future__ import annotations

from django.utils import translation
from wagtail.models import Site

from .. import offer as offers
from ..offered import Offer
from . import hosts

# What declared hosts may be used for. A service names its hosts, not what they send.
DIRECTIVES = (
    "connect-src",
    "font-src",
    "frame-src",
    "img-src",
    "media-src",
    "script-src",
    "style-src",
)


def sources(site: Site) -> dict[str, list[str]]:
    """Returns the declared hosts of a site's services, to add to a policy of one's own.

    Returns:
        dict: ``{"script-src": ["https://www.example.com", …], …}``; empty lists if
            nothing is declared. Add them to ``'self'``: an empty list isn't ``'none'``.
    """
    offer = offers.current(site, translation.get_language() or "")
    declared = allowed(offer)
    return {directive: list(declared) for directive in DIRECTIVES}


def allowed(offer: Offer) -> list[str]:
    """Returns the sources of an offer's hosts, sorted (CSP Level 3, section 2.3.1)."""
    lines = (host for service in offer.services for host in service.hosts)
    return sorted({f"https://{it}" for it in map(hosts.declaration, lines) if it})
