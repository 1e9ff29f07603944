"""What is due for deletion: forms that nobody confirmed, downloads that are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from wagtail_consent import conf, retention
from wagtail_consent.mailing import outbox
from wagtail_consent.mailing.models import Message

from .models import Download, Submission


def unconfirmed(now: datetime) -> int:
    """Deletes forms that waited too long, and the address in their mails; returns how
    many forms."""
    before = now - timedelta(days=conf.get("UNCONFIRMED_DAYS"))
    rows = Submission.objects.filter(
        created_at__lt=before, expires_at__lt=now, confirmation=None
    )
    return sum(_delete(rows.filter(pk__in=batch)) for batch in retention.batches(rows))


@transaction.atomic
def _delete(rows: QuerySet[Submission]) -> int:
    subjects = list(rows.values_list("uuid", flat=True))
    outbox.forget(Message.objects.filter(subject_id__in=subjects))
    return retention.delete(rows)


def downloads(now: datetime) -> int:
    """Deletes grants once their link has told for a while that it is over."""
    before = now - timedelta(days=conf.get("DOWNLOAD_DAYS"))
    return retention.delete(Download.objects.filter(expires_at__lt=before))
