from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .submission import Confirmation


class Download(models.Model):
    """What a confirmed visitor may fetch, until when.

    The document is kept by its key: deleting it from the library must stay possible.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    confirmation = models.OneToOneField(
        Confirmation, on_delete=models.CASCADE, related_name="download"
    )
    document_id = models.PositiveBigIntegerField()
    title = models.CharField(_("title"), max_length=255)
    expires_at = models.DateTimeField(_("available until"), db_index=True)
    fetched_at = models.DateTimeField(_("first fetched"), null=True)
    fetches = models.PositiveIntegerField(_("fetches"), default=0)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    def __str__(self) -> str:
        return str(self.uuid)
