"""What the room tells the core."""

from __future__ import annotations

from wagtail_consent import guards

from .models import BannerRevision


def register() -> None:
    guards.register(BannerRevision)
