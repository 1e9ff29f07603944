"""What a visitor was shown when they chose: the banner as it is stored, not as it is.

A page may come from a cache that is weeks old. Whoever accepts all there accepts what
stands there, and is asked again for what came since.
"""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Site

from .. import offer as offers
from ..models import BannerRevision
from ..offered import Offer


@dataclass(frozen=True, slots=True)
class Shown:
    revision: BannerRevision
    offered: tuple[str, ...]


def find(site: Site, offer: Offer, digest: str) -> Shown | None:
    """Returns the banner that a browser names; None if it isn't one of this site's.

    The current one is stored if nothing did that yet: pages go live by fixtures too.
    """
    if digest == offer.digest:
        return current(offer)
    rows = BannerRevision.objects.filter(digest=digest, site=site.root_url)
    revision = rows.first()
    return Shown(revision, _offered(revision, offer)) if revision else None


def current(offer: Offer) -> Shown:
    keys = tuple(it.key for it in offer.optional)
    return Shown(offers.keep(offer), keys)


def _offered(revision: BannerRevision, offer: Offer) -> tuple[str, ...]:
    """Returns the keys that it asked for, without those that are gone since."""
    then = {
        service["key"]
        for category in revision.content["categories"]
        for service in category["services"]
        if not service["necessary"]
    }
    return tuple(it.key for it in offer.optional if it.key in then)
