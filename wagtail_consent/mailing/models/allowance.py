from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_consent.models import Controller


class MailAllowance(models.Model):
    """When a mailbox last got a confirmation mail: three times, oldest first.

    The limit is the predicate of the UPDATE that shifts them, so that it holds
    whatever happens at once. ``+tag`` variants share one row.
    """

    controller = models.ForeignKey(
        Controller, on_delete=models.CASCADE, related_name="+"
    )
    mailbox = models.CharField(max_length=80)
    first = models.DateTimeField(null=True)
    second = models.DateTimeField(null=True)
    third = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail allowance")
        verbose_name_plural = _("mail allowances")
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "controller"],
                name="wagtail_consent_mailbox_once",
            )
        ]
        indexes = [models.Index(fields=["third"], name="wagtail_consent_cap_age")]

    def __str__(self) -> str:
        return str(self.pk)
