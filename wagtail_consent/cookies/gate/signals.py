"""Services that are told what was decided: Google, UET, Clarity, Matomo."""

from __future__ import annotations

from ..offered import Offer

SCRIPT = "wagtail_consent/site-choice-signals.js"


def spelled(offer: Offer) -> str:
    """Returns who is told, how, and for which category: ``ga:google:statistics …``."""
    told = (it for it in offer.optional if it.signal)
    return " ".join(f"{it.key}:{it.signal}:{it.category}" for it in told)
