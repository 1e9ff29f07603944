from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_consent.models import Controller, Notice


class MessageStatus(models.TextChoices):
    DUE = "due", _("due")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused by the mail server")
    ABANDONED = "abandoned", _("given up")
    CANCELLED = "cancelled", _("cancelled")


class Message(models.Model):
    """One mail that is due or was sent. `outbox` makes it, `lease` changes it.

    What it says is ``notice`` (the published text, for the proof) filled with what
    the room that owns ``kind`` knows about ``subject_id``; the text isn't stored,
    so no link lies here in clear. ``recipient`` is emptied when nobody needs it any
    more, the row deleted when its days are over. ``digest`` is the address's, to
    find it by. ``capped``: the mailbox's allowance counts it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=32)
    controller = models.ForeignKey(
        Controller, on_delete=models.PROTECT, related_name="+"
    )
    notice = models.ForeignKey(
        Notice, null=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_id = models.UUIDField(db_index=True)
    recipient = models.CharField(_("recipient"), max_length=320, blank=True)
    digest = models.CharField(max_length=80, blank=True, db_index=True)
    capped = models.BooleanField(default=False)
    language = models.CharField(_("language"), max_length=100)
    site_url = models.CharField(max_length=255)
    message_id = models.CharField(_("Message-ID"), max_length=255)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=MessageStatus.choices,
        default=MessageStatus.DUE,
    )
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    lease = models.UUIDField(null=True, unique=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.CharField(_("last error"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["status", "due_at"], name="wagtail_consent_due"),
            models.Index(
                fields=["status", "created_at"], name="wagtail_consent_msg_age"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def masked_recipient(self) -> str:
        """Enough to recognise an address by, too little to write to it."""
        local, _, domain = self.recipient.rpartition("@")
        return f"{local[:1]}…@{domain[:1]}…" if self.recipient else ""
