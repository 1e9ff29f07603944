"""The only reader of settings: one dict, ``WAGTAIL_CONSENT``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DEFAULTS: dict[str, Any] = {
    # Keys for signatures and digests: the newest first, older ones still verify.
    "KEYS": [],
    # The template that visitors' pages extend, and its block for the content.
    "BASE_TEMPLATE": "wagtail_consent/base.html",
    # The crispy-forms pack that forms are rendered with.
    "TEMPLATE_PACK": "consent",
    # Aliases in STORAGES.
    "SEAL_STORAGE": "consent_seals",
    "PRIVATE_STORAGE": "consent_private",
    # The folder of both when STORAGES lacks them; default: BASE_DIR/consent_private.
    "PRIVATE_ROOT": "",
    # Days.
    "CONFIRMATION_DAYS": 7,
    "DOWNLOAD_DAYS": 30,
    "UNCONFIRMED_DAYS": 30,
    "MESSAGE_DAYS": 90,
    # Seconds.
    "SMTP_TIMEOUT": 10,
    "LEASE_SECONDS": 120,
    "UNSEALED_SECONDS": 300,
    "FORM_CACHE_SECONDS": 30,
    # Sign-ups that one network may send in an hour; 0 turns the limit off.
    "SIGN_UPS_PER_HOUR": 60,
    # Choices in the privacy settings that are logged of one network in an hour.
    "CHOICES_PER_HOUR": 600,
    # Sender of all mails; empty: DEFAULT_FROM_EMAIL.
    "FROM_EMAIL": "",
    # "X-Sendfile" or "X-Accel-Redirect" with its internal prefix.
    "SENDFILE_HEADER": "",
    "SENDFILE_PREFIX": "",
    # Downloads by a redirect to the storage's own signed, short-lived addresses.
    "DOWNLOAD_REDIRECT": False,
    # The header in which a trusted proxy names the visitor's address, for the limit
    # on sign-ups; for example "X-Forwarded-For". Empty: nobody stands in between.
    "CLIENT_ADDRESS_HEADER": "",
}


def configured() -> Any:
    """Returns what the site set, right or wrong: `checks` looks at it."""
    return getattr(settings, "WAGTAIL_CONSENT", {})


def get(name: str) -> Any:
    """Returns the setting, or its default.

    What has a wrong type counts as not set: a check says so, and nothing else fails
    before it can.

    Raises:
        KeyError: there is no setting of that name.
    """
    default, own = DEFAULTS[name], configured()
    value = own.get(name, default) if isinstance(own, dict) else default
    return value if is_like(value, default) else default


def is_like(value: Any, default: Any) -> bool:
    """Tells whether a value has the type that its setting demands."""
    if isinstance(default, list):
        is_list = isinstance(value, (list, tuple))
        return is_list and all(isinstance(item, str) for item in value)
    if isinstance(default, str):
        return isinstance(value, (str, Path))
    return type(value) is type(default)


def private_root() -> Path:
    """Returns the folder for what only our own code may read.

    Raises:
        ImproperlyConfigured: neither it nor a BASE_DIR is set.
    """
    if root := get("PRIVATE_ROOT"):
        return Path(root)
    if base := getattr(settings, "BASE_DIR", None):
        return Path(base) / "consent_private"
    raise ImproperlyConfigured(
        "Set WAGTAIL_CONSENT['PRIVATE_ROOT'] to a folder outside the web root."
    )
