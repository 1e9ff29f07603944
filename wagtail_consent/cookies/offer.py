"""What a site offers its visitors now: from the cache for a page, stored as proof.

`current` reads and never writes; `store` keeps the exact content under its digest.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import cache
from django.db import IntegrityError, transaction
from wagtail.coreutils import (
    get_content_languages,
    get_supported_content_language_variant,
)
from wagtail.models import Locale, Site

from . import gather
from .models import BannerRevision
from .offered import Offer, OfferedCategory, OfferedItem, OfferedService

__all__ = [
    "Offer",
    "OfferedCategory",
    "OfferedItem",
    "OfferedService",
    "current",
    "forget",
    "spoken",
    "store",
    "store_all",
]

# Other fields need another name: a process of the version before may still read it.
NAME = "wagtail_consent_cookies.offer.1"
# How long another process may go on with an offer that changed.
SECONDS = 30


def current(site: Site, language: str) -> Offer:
    """Returns what visitors of a site are offered: one cache read, no query if warm.

    Params:
        site: whose visitors are asked.
        language: a code, such as that of the page; see `spoken`.
    """
    language = spoken(language)
    key = _key(site.pk, language)
    offer = cache.get(key)
    if offer is None:
        offer = gather.offer(site, language)
        cache.set(key, offer, SECONDS)
    return offer


def store(site: Site, language: str) -> BannerRevision:
    """Returns the proof of what is offered now, written if it isn't there yet."""
    offer = gather.offer(site, spoken(language))
    cache.set(_key(site.pk, offer.language), offer, SECONDS)
    return keep(offer)


def keep(offer: Offer) -> BannerRevision:
    """Returns the row of this very offer. Two who write it at once share one."""
    known = BannerRevision.objects.filter(digest=offer.digest)
    return known.first() or _written(offer) or known.get()


def _written(offer: Offer) -> BannerRevision | None:
    try:
        with transaction.atomic():
            return BannerRevision.objects.create(
                digest=offer.digest,
                material=offer.material,
                site=offer.site,
                language=offer.language,
                body=offer.body,
            )
    except IntegrityError:
        return None


def store_all() -> None:
    """Stores every site's offer in every language, and forgets what was cached."""
    forget()
    languages = [it.language_code for it in Locale.objects.all()]
    for site in Site.objects.all():
        for language in languages:
            store(site, language)


def forget() -> None:
    """Forgets what the cache holds: the next page reads what editors wrote."""
    cache.delete_many(list(_keys()))


def spoken(language: str) -> str:
    """Returns the content language closest to a code; the default one if none is.

    Threat: the code comes from an address, and would fill the cache with names.
    """
    try:
        return get_supported_content_language_variant(language)
    except LookupError:
        return Locale.get_default().language_code


def _keys() -> Iterator[str]:
    for site in Site.objects.values_list("pk", flat=True):
        for language in get_content_languages():
            yield _key(site, language)


def _key(site: int, language: str) -> str:
    return f"{NAME}.{site}.{language}"
