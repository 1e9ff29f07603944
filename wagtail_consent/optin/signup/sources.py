"""Where a form stood, in words that outlive the page: its site, address and title.

Remembered for a short time in this process: a sign-up shouldn't read the page tree.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import swapper
from django.db.models import Model, Q
from wagtail.models import Site

from wagtail_consent import conf

from ..models import FormPlacement
from .reference import Reference

LONGEST_URL = 2048
MOST = 1024


@dataclass(frozen=True, slots=True)
class Spot:
    site_url: str = ""
    page_url: str = ""
    page_title: str = ""
    notify: str = ""


_spots: dict[Reference, tuple[float, Spot]] = {}


def spot_of(reference: Reference) -> Spot:
    """Returns the spot that a reference names; what is gone since stays empty."""
    now = time.monotonic()
    until, spot = _spots.get(reference, (now, None))
    if spot is None or until <= now:
        spot = _read(reference)
        if len(_spots) >= MOST:
            _spots.clear()
        _spots[reference] = (now + conf.get("FORM_CACHE_SECONDS"), spot)
    return spot


def forget() -> None:
    _spots.clear()


def _read(reference: Reference) -> Spot:
    site = _site(reference)
    page = _pages().filter(pk=reference.page).first()
    return Spot(
        site_url=site.root_url if site else "",
        page_url=_url(page)[:LONGEST_URL],
        page_title=page.title if page else "",
        notify=_notify(reference),
    )


def _site(reference: Reference) -> Site | None:
    """Never the request's Host: whoever sends one would choose the links we mail."""
    known = Site.objects.filter(Q(pk=reference.site) | Q(is_default_site=True))
    return max(known, key=lambda site: site.pk == reference.site, default=None)


def _pages() -> Any:
    return swapper.load_model("wagtailcore", "Page").objects


def _url(page: Model | None) -> str:
    return (page and page.get_full_url()) or ""


def _notify(reference: Reference) -> str:
    placed = FormPlacement.objects.filter(block_id=reference.block)
    rows = placed.filter(page_id=reference.page).values_list("notify", flat=True)
    return next(iter(rows), "")
