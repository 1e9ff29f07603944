"""What the room deletes when its days are over (GDPR Art. 5(1)(e))."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail_consent import conf, retention

from .models import Message, MessageStatus


def purge_messages(now: datetime) -> int:
    """Deletes messages that are done and older than MESSAGE_DAYS."""
    limit = now - timedelta(days=conf.get("MESSAGE_DAYS"))
    done = [status for status in MessageStatus if status != MessageStatus.DUE]
    return retention.delete(
        Message.objects.filter(status__in=done, created_at__lte=limit)
    )
