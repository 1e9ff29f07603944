from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .controller import Controller
from .purpose import Purpose


class SuppressionReason(models.TextChoices):
    OBJECTION = "objection", _("objection to advertising")
    NOT_ME = "not_me", _("“That wasn't me”")
    ERASURE = "erasure", _("erasure")
    COMPLAINT = "complaint", _("complaint")
    BOUNCE = "bounce", _("address doesn't exist")
    STAFF = "staff", _("entered by staff")


class Origin(models.TextChoices):
    PERSON = "person", _("the person")
    STAFF = "staff", _("staff")
    SYSTEM = "system", _("this system")


class Suppression(models.Model):
    """An address that must not be contacted, known by a keyed hash alone.

    It survives erasure, and no import undoes it. Without a purpose it covers all
    of the controller's. Lifting it is a fact with a time, not a deletion.
    """

    controller = models.ForeignKey(
        Controller, on_delete=models.PROTECT, related_name="suppressions"
    )
    purpose = models.ForeignKey(
        Purpose,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suppressions",
    )
    digest = models.CharField(max_length=80)
    reason = models.CharField(
        _("reason"), max_length=16, choices=SuppressionReason.choices
    )
    origin = models.CharField(_("set by"), max_length=16, choices=Origin.choices)
    since = models.DateTimeField(_("since"), default=timezone.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.CharField(
        _("lifted by"), max_length=16, choices=Origin.choices, blank=True
    )

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        indexes = [
            models.Index(
                fields=["digest", "controller"], name="wagtail_consent_suppressed"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
