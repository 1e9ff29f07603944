"""Other parts of a page wait: stylesheets, images, iframes, in a template element."""

from __future__ import annotations

import logging

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..offered import Offer
from . import markup, placeholder, services

logger = logging.getLogger(__name__)


def gated(
    key: str, offer: Offer | None, html: str, title: str = "", url: str = ""
) -> SafeString:
    """Returns markup that waits for a service, inert in a ``<template>``.

    Nothing for a service that isn't offered, and for markup that could get out.

    Params:
        title: what a visitor misses while it waits; with it, a placeholder says so.
        url: where that can be seen instead.
    """
    service = services.offered(key, offer)
    if service is None:
        return SafeString("")
    if service.necessary:
        return mark_safe(html)  # noqa: S308
    try:
        waiting = markup.read(html).html
    except markup.Unsafe as error:
        logger.warning("A part that waits for %s is left out: %s", key, error)
        return SafeString("")
    if title:
        return placeholder.rendered(title, url, service, waiting)
    return format_html('<template data-sc="{}">{}</template>', key, waiting)
