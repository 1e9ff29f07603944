"""What a confirmed visitor was promised, and until when they may fetch it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.documents import get_document_model

from wagtail_consent import conf

from ..models import Confirmation, Download


class Unknown(LookupError):
    """Nothing was granted under this number."""


class Over(Exception):
    """Its days are over."""


class Gone(Exception):
    """The document was deleted, or its file can't be found."""


def grant(confirmation: Confirmation, promise: dict[str, Any]) -> Download | None:
    """Lets a lead fetch the document that their form promised, if it was one."""
    if promise["kind"] != "document":
        return None
    return Download.objects.create(
        confirmation=confirmation,
        document_id=promise["id"],
        title=promise["title"][:255],
        expires_at=timezone.now() + timedelta(days=conf.get("DOWNLOAD_DAYS")),
    )


def get(row: uuid.UUID) -> Download:
    """Raises Unknown."""
    known = Download.objects.select_related("confirmation__submission__form")
    if download := known.filter(uuid=row).first():
        return download
    raise Unknown(row)


def is_over(download: Download) -> bool:
    return download.expires_at <= timezone.now()


def document_of(download: Download) -> Any:
    """Returns the promised document.

    Raises:
        Over: its days are over.
        Gone: the library no longer has it.
    """
    if is_over(download):
        raise Over
    documents = get_document_model().objects
    if document := documents.filter(pk=download.document_id).first():
        return document
    raise Gone
