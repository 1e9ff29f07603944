from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_consent.models.immutable import AppendOnlyManager, AppendOnlyModel


class BannerRevision(AppendOnlyModel):
    """What visitors were offered, exactly: texts and services in one language.

    Never changed; the log of choices names it. No foreign key to a site: proof
    outlives it.
    """

    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    material = models.CharField(
        _("material part"),
        max_length=8,
        db_index=True,
        help_text=_("Whoever decided on another one is asked again."),
    )
    site = models.CharField(_("site"), max_length=255)
    language = models.CharField(_("language"), max_length=100)
    body = models.TextField(_("content"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = AppendOnlyManager()

    class Meta:
        verbose_name = _("banner as shown")
        verbose_name_plural = _("banners as shown")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.digest[:12]

    @staticmethod
    def digest_of(site: str, language: str, body: str) -> str:
        """Returns the SHA-256 (hex) that identifies this banner."""
        return hashlib.sha256("\n".join([site, language, body]).encode()).hexdigest()

    @property
    def is_intact(self) -> bool:
        return self.digest == self.digest_of(self.site, self.language, self.body)

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.body)
