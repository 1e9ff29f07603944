"""What a preview fills a letter with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wagtail_consent.models import Controller, Purpose

from . import kinds

SITE = "https://www.example.com"
LINK = f"{SITE}/consent/YWJjZGVmZ2hpamtsbW5vcA.sample/"


def context(kind: str) -> dict[str, Any]:
    """Returns what a room would say in a mail of this kind."""
    links = {each.name: each.links for each in kinds.all()}.get(kind, ())
    return {
        "button_url": LINK,
        "links": [(label, LINK) for label in links],
        "title": _("A guide to wooden houses"),
        "days": 7,
    }


def controller(purpose: Purpose | None) -> Controller:
    """Returns the purpose's controller, or the first, or one for the looks."""
    if purpose:
        return purpose.controller
    return Controller.objects.order_by("pk").first() or Controller(
        name="Example Ltd", address="1 Long Lane\nLondon", email="post@example.com"
    )
