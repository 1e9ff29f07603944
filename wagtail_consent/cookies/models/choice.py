from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .revision import BannerRevision


class Source(models.TextChoices):
    """How a choice was made."""

    BANNER = "banner", _("banner")
    SETTINGS = "settings", _("settings")
    EMBED = "embed", _("at an embed")
    GPC = "gpc", _("Global Privacy Control")
    PLAIN = "plain", _("form without JavaScript")


class Choice(models.Model):
    """A visitor's decision: no address, no network, no browser.

    Whoever allows something gets a random reference, kept in their own cookie; whoever
    refuses everything gets none, because a refusal must not make them known.
    """

    reference = models.UUIDField(_("reference"), null=True, blank=True, db_index=True)
    secret_digest = models.CharField(max_length=80, blank=True, editable=False)
    revision = models.ForeignKey(
        BannerRevision,
        verbose_name=_("banner"),
        on_delete=models.PROTECT,
        related_name="choices",
    )
    granted = models.JSONField(_("allowed"), default=list)
    refused = models.JSONField(_("refused"), default=list)
    source = models.CharField(_("how"), max_length=8, choices=Source.choices)
    page = models.CharField(_("page"), max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=100)
    made_at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "made_at"],
                name="wagtail_consent_choice_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.reference or self.pk)
