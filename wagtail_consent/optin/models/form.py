from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from wagtail_consent.models import Notice

from ..blocks import LeadFormBlock


class LeadForm(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """A lead form that many pages share."""

    title = models.CharField(
        _("title"), max_length=255, help_text=_("For colleagues; not shown.")
    )
    form = StreamField(
        [("form", LeadFormBlock())], verbose_name=_("form"), min_num=1, max_num=1
    )

    panels = [FieldPanel("title"), FieldPanel("form")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("lead form")
        verbose_name_plural = _("lead forms")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class FormPlacement(models.Model):
    """Which form a page's block shows: made when the page, or the form, is published.

    ``source`` is the SHA-256 of the block's stored value. When it no longer matches,
    the page went live past the editor's checks, and the form stays closed.
    """

    page_id = models.PositiveIntegerField(null=True)
    block_id = models.CharField(max_length=64)
    page_title = models.CharField(_("page"), max_length=255, blank=True)
    source = models.CharField(max_length=64)
    form = models.ForeignKey(
        Notice, null=True, on_delete=models.PROTECT, related_name="+"
    )
    notify = models.TextField(blank=True)
    problem = models.TextField(_("problem"), blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("placed form")
        verbose_name_plural = _("placed forms")
        constraints = [
            models.UniqueConstraint(
                fields=["block_id", "page_id"], name="wagtail_consent_placed_once"
            )
        ]

    def __str__(self) -> str:
        return self.block_id
