"""The table of services and of what they store: always that of today."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from ..offered import Offer

TEMPLATE = "wagtail_consent/cookies/table.html"


def rendered(offer: Offer | None) -> SafeString:
    """Returns the table with a link to the visitor's own choice; nothing without a
    site. No byte of it depends on the visitor."""
    if offer is None:
        return SafeString("")
    url = reverse("wagtail_consent_cookies:choice", args=[offer.language])
    return render_to_string(TEMPLATE, {"offer": offer, "url": url})
