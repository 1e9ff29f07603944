"""What the demo loads from others: films, a map, statistics, advertising."""

from __future__ import annotations

from django.utils import timezone
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from wagtail_consent.cookies.catalogue import add, entries
from wagtail_consent.cookies.models import Service
from website.content.embeds import EMBEDS

SERVICES = ["youtube", "vimeo", "openstreetmap", "google-analytics", "meta-pixel"]


def load_services() -> None:
    known = set(Service.objects.values_list("key", flat=True))
    for key in SERVICES:
        if key not in known:
            add.add(entries.entries()[key])


def load_embeds() -> None:
    """Fills Wagtail's own memory of embeds: the platforms are asked nothing."""
    for url, facts in EMBEDS.items():
        asked = {"url": url, "type": "video", "last_updated": timezone.now()}
        Embed.objects.get_or_create(hash=get_embed_hash(url), defaults=asked | facts)
