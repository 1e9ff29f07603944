"""What editors change reaches visitors, and is kept as proof, after the commit.

A service's drafts change nothing: what counts is that it is published. The other rows
have no drafts; two saves with the same content are one proof.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Site
from wagtail.signals import published, unpublished

from wagtail_consent.models import ConsentSettings, Controller, Processor

from . import offer
from .models import Category, CategoryText, CookieSettings, Service

SAVED = (
    Category,
    CategoryText,
    ConsentSettings,
    Controller,
    CookieSettings,
    Locale,
    Processor,
    Site,
)
DELETED = (Category, CategoryText, Service)


def connect() -> None:
    published.connect(renew, sender=Service)
    unpublished.connect(renew, sender=Service)
    for model in SAVED:
        post_save.connect(renew, sender=model)
    for model in DELETED:
        post_delete.connect(renew, sender=model)


def renew(raw: bool = False, **kwargs: Any) -> None:
    """Fixtures are offered without proof: it is written when a choice needs it."""
    if not raw:
        transaction.on_commit(offer.store_all, robust=True)
