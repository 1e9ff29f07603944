from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .submission import Confirmation


class Download(models.Model):
    """What a confirmed visitor may fetch, until when.

    The document is kept by its key: deleting it from the library must stay possible.
    Who fetched it when isn't recorded: nobody consented to being watched, and mail
    scanners would stand in the record.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    confirmation = models.OneToOneField(
        Confirmation, on_delete=models.CASCADE, related_name="download"
    )
    document_id = models.PositiveBigIntegerField()
    title = models.CharField(_("title"), max_length=255)
    expires_at = models.DateTimeField(_("available until"), db_index=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    def __str__(self) -> str:
        return str(self.uuid)
