"""Blocks for StreamFields."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StaticBlock

from .gate import place, table


class CookieTableBlock(StaticBlock):
    """The table of services and of what they store, with the way to one's choice."""

    def render_basic(self, value: Any, context: dict[str, Any] | None = None) -> str:
        return table.rendered(place.offer((context or {}).get("request")))

    class Meta:
        icon = "table"
        label = _("Cookies and services")
        admin_text = _("Shows the services of this site, and what they store.")
        description = _("The table of services, always up to date")
