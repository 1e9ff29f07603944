"""What the room tells the core."""

from __future__ import annotations

from wagtail_consent import guards, retention, starters

from .catalogue import start
from .choice import log
from .models import BannerRevision


def register() -> None:
    guards.register(BannerRevision)
    starters.register("cookies.categories", start.write_categories)
    retention.register("cookies.choices", log.purge)
