"""What the gate asks of Wagtail when a site starts."""

from __future__ import annotations

from wagtail import hooks

from . import checks, embeds, place


def connect() -> None:
    """Called once, when all apps are there."""
    place.connect()
    embeds.connect()
    checks.register()
    # First: what other hooks render has to know where it is, too.
    hooks.register("before_serve_page", place.serving, order=-100)
