from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .immutable import AppendOnlyManager, AppendOnlyModel


class NoticeKind(models.TextChoices):
    STATEMENT = "statement", _("consent statement")
    FORM = "form", _("form")
    MAIL = "mail", _("mail")


class Notice(AppendOnlyModel):
    """The exact wording a person was shown. Never changed, never deleted.

    ``body`` is sanitised HTML for a statement, canonical JSON for forms and mails.
    """

    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=NoticeKind.choices)
    language = models.CharField(_("language"), max_length=100)
    body = models.TextField(_("body"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = AppendOnlyManager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.digest[:12]

    @staticmethod
    def digest_of(kind: str, language: str, body: str) -> str:
        """Returns the SHA-256 (hex) that identifies this wording."""
        content = "\n".join([kind, language, body])
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def is_intact(self) -> bool:
        return self.digest == self.digest_of(self.kind, self.language, self.body)

    @property
    def content(self) -> dict[str, Any]:
        """The JSON of a form or mail."""
        return json.loads(self.body)
