"""Embeds wait: Wagtail's EmbedBlock, `{% embed %}` and rich text, without a template.

Three ways lead from an embed to a page, and all three are met where Wagtail's own code
passes, for these reasons:

- EmbedBlock and rich text share `embed_to_frontend_html`, which renders the template
  ``wagtailembeds/embed_frontend.html``. A template of ours of the same name would hang
  on the order in INSTALLED_APPS, and a site that has its own would load everything. So
  the function's one call is wrapped: the site's own template goes on to be used, and
  what it rendered waits. The function itself isn't replaced, because others have it by
  name already.
- The tag returns the provider's HTML. Libraries are found by name, in that order again;
  so the tag is replaced in Wagtail's own library.

`checks` says what undoes this.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.embeds.exceptions import EmbedException

from ..offered import Offer, OfferedService
from . import hosts, markup, place, placeholder
from .hosts import Owner, Whose
from .markup import Markup, Unsafe

FRONTEND = "wagtailembeds/embed_frontend.html"


def connect() -> None:
    """Puts the gate in, if the site has embeds at all."""
    if apps.is_installed("wagtail.embeds"):
        from wagtail.embeds import format
        from wagtail.embeds.templatetags import wagtailembeds_tags

        format.render_to_string = rendered
        wagtailembeds_tags.register.simple_tag(tag, name="embed")


def rendered(template_name: str, context: dict[str, Any], **options: Any) -> SafeString:
    """In place of `render_to_string` where Wagtail renders embeds."""
    html = render_to_string(template_name, context, **options)
    return gated(context["embed"], html) if template_name == FRONTEND else html


def tag(url: str, max_width: int | None = None) -> SafeString:
    """In place of Wagtail's ``{% embed %}``."""
    from wagtail.embeds import embeds

    try:
        embed = embeds.get_embed(url, max_width=max_width)
    except EmbedException:
        return SafeString("")
    return gated(embed, embed.html)


def gated(embed: Any, html: str) -> SafeString:
    """Returns an embed as visitors get it: at once if it loads nothing from others.

    Params:
        embed: Wagtail's row on it.
        html: what the site's template made of it.
    """
    offer = place.offer()
    found = _read(html)
    whose = judged(embed.url, found, offer) if found and offer else Whose.NOBODY
    if whose is Whose.OWN:
        return mark_safe(html)  # noqa: S308
    service = whose if isinstance(whose, OfferedService) else None
    if service:
        place.use(service)
    html = found.html if found else None
    return placeholder.rendered(embed.title, embed.url, service, html)


def _read(html: str) -> Markup | None:
    try:
        return markup.read(html)
    except Unsafe:
        return None


def judged(url: str, found: Markup, offer: Offer) -> Owner:
    """Returns whose an embed is: one service's, the site's own, else nobody's.

    What counts is what the markup loads, not where the page it came from is
    (youtu.be). Only code that could load anything is judged by its origin.
    """
    origins = found.urls if found.urls and not found.code else (*found.urls, url)
    owners = {hosts.owner(it, offer) for it in origins}
    asking = {it for it in owners if not _is_free(it)}
    if len(asking) > 1:
        return Whose.NOBODY
    return asking.pop() if asking else Whose.OWN


def _is_free(whose: Owner) -> bool:
    return whose is Whose.OWN or (isinstance(whose, OfferedService) and whose.necessary)
