"""What is this site's own: the domain of the visitor's note, and vital cookies."""

from __future__ import annotations

from django.conf import settings

from ..offered import Offer
from .removal import domains


def home(offer: Offer, host: str) -> str:
    """Returns the domain of the note. A browser takes none that isn't the host's."""
    domain = offer.domain.lower().lstrip(".")
    return domain if domain in domains(host) else ""


def vital_cookies() -> set[str]:
    """Returns what Django calls the cookies that this site lives by."""
    return {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
    }
