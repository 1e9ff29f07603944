"""Tags for visitors' pages. `{% load consent_cookies %}`"""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from .. import banner
from ..gate import parts, place, scripts, table
from ..models import Storage

register = template.Library()


@register.simple_block_tag(takes_context=True, end_name="endconsent_script")
def consent_script(
    context: Context, content: str, key: str, src: str = "", **attributes: Any
) -> SafeString:
    """A script that runs once its service is allowed.

    ``{% consent_script "matomo" src="https://…" %}{% endconsent_script %}``, or its
    code between the tags. Under a strict policy, that needs the page's nonce:
    ``nonce=…``.
    """
    offer = place.offer(context.get("request"))
    return scripts.gated(key, offer, src, content.strip(), **attributes)


@register.simple_block_tag(takes_context=True, end_name="endconsent_part")
def consent_part(
    context: Context, content: str, key: str, title: str = "", url: str = ""
) -> SafeString:
    """Stylesheets, images, iframes that load once their service is allowed.

    With a ``title``, visitors see what waits there, and may load it; ``url`` is a page
    where it can be seen instead.
    """
    offer = place.offer(context.get("request"))
    return parts.gated(key, offer, content, title, url)


@register.filter
def storage_kind(value: str) -> str:
    """What visitors call a place in their browser."""
    return str(Storage(value).label)


@register.simple_tag(takes_context=True)
def consent_table(context: Context) -> SafeString:
    """The services of this site and what they store, the same for everybody."""
    return table.rendered(place.offer(context.get("request")))


@register.simple_tag(takes_context=True)
def consent_banner(context: Context, preview: bool = False) -> SafeString:
    """The banner and its script: once a page, before ``</body>``."""
    return banner.rendered(context.get("request"), preview=preview)


@register.simple_tag(takes_context=True)
def consent_settings_link(context: Context) -> SafeString:
    """The link by which visitors change or withdraw their choice, on every page."""
    return banner.settings_link(context.get("request"))
