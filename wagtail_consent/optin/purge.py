"""What is due for deletion: forms that nobody confirmed, downloads that are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail_consent import conf, retention

from .models import Download, Submission


def unconfirmed(now: datetime) -> int:
    """Deletes forms that waited too long; returns how many. Their mails, if any are
    still due, find nothing to ask for and are cancelled."""
    before = now - timedelta(days=conf.get("UNCONFIRMED_DAYS"))
    rows = Submission.objects.filter(
        created_at__lt=before, expires_at__lt=now, confirmation=None
    )
    return retention.delete(rows)


def downloads(now: datetime) -> int:
    """Deletes grants once their link has told for a while that it is over."""
    before = now - timedelta(days=conf.get("DOWNLOAD_DAYS"))
    return retention.delete(Download.objects.filter(expires_at__lt=before))
