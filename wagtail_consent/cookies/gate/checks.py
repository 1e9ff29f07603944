"""What on a site undoes the gate. Ids: ``wagtail_consent_cookies.W001`` …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.template import engines
from django.template.backends.django import DjangoTemplates

from . import embeds

LABEL = "wagtail_consent_cookies"
LIBRARY = "wagtailembeds_tags"
HOME = "wagtail.embeds.templatetags.wagtailembeds_tags"


def register() -> None:
    checks.register(open_embeds, checks.Tags.security)


def open_embeds(**kwargs: Any) -> list[checks.CheckMessage]:
    """Says which embeds would load before the visitor said so."""
    if not apps.is_installed("wagtail.embeds"):
        return []
    return [*_renderer(), *_tag(), *_rich_text()]


def _renderer() -> Iterator[checks.CheckMessage]:
    from wagtail.embeds import blocks, format

    whole = blocks.embed_to_frontend_html is format.embed_to_frontend_html
    is_wagtails = format.embed_to_frontend_html.__module__ == format.__name__
    if format.render_to_string is not embeds.rendered or not (whole and is_wagtails):
        yield _warning(
            "Embeds in blocks and in rich text load without consent.",
            "Another app replaced a function of wagtail.embeds.format or its name in "
            "wagtail.embeds.blocks.",
            "W001",
        )


def _tag() -> Iterator[checks.CheckMessage]:
    from wagtail.embeds.templatetags import wagtailembeds_tags

    compiled = wagtailembeds_tags.register.tags.get("embed")
    if getattr(compiled, "__wrapped__", None) is not embeds.tag or _shadows():
        yield _warning(
            "The tag {% embed %} loads without consent.",
            f"Another app replaced it, or has a library {LIBRARY} of its own"
            f"{_names(_shadows())}.",
            "W002",
        )


def _shadows() -> list[str]:
    """Returns what stands in for Wagtail's library in some engine."""
    django = (it for it in engines.all() if isinstance(it, DjangoTemplates))
    found = (it.engine.libraries.get(LIBRARY, HOME) for it in django)
    return [it for it in found if it != HOME]


def _names(found: Iterable[str]) -> str:
    return "".join(f": {name}" for name in found)


def _rich_text() -> Iterator[checks.CheckMessage]:
    from wagtail.embeds.rich_text import MediaEmbedHandler
    from wagtail.rich_text import features

    handler = features.get_embed_types().get(MediaEmbedHandler.identifier)
    expands = MediaEmbedHandler.expand_db_attributes
    if handler and handler.expand_db_attributes is not expands:
        yield _warning(
            f"{handler.__module__}.{handler.__qualname__} may load embeds in rich text "
            "without consent.",
            "Let it call wagtail.embeds.format.embed_to_frontend_html, and silence "
            "this check.",
            "W003",
        )


def _warning(message: str, hint: str, number: str) -> checks.CheckMessage:
    return checks.Warning(message, hint=hint, id=f"{LABEL}.{number}")
