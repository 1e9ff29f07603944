"""What a preview fills a letter with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_consent.models import Controller, Purpose

SITE = "https://www.example.com"
LINK = f"{SITE}/consent/confirm/YWJjZGVmZ2hpamtsbW5vcA.sample/"
CONTEXT = {
    "button_url": LINK,
    "links": [(_("That wasn't me"), LINK.replace("confirm", "not-me"))],
    "title": "A guide to wooden houses",
    "days": 7,
}


def controller(purpose: Purpose | None) -> Controller:
    """Returns the purpose's controller, or the first, or one for the looks."""
    if purpose:
        return purpose.controller
    return Controller.objects.order_by("pk").first() or Controller(
        name="Example Ltd", address="1 Long Lane\nLondon", email="post@example.com"
    )
