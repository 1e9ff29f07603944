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

from wagtail_consent.models import Notice, Purpose

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

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "wagtail_consent/preview/lead_form.html"


class FormPlacement(models.Model):
    """Which form a page's block shows: made when the page, or the form, is published.

    ``source`` is the SHA-256 of the block's stored value. When it no longer matches,
    the page went live past the editor's checks, and the form stays closed. A closed
    form has a ``problem``, which its editors read, and no ``form``.
    """

    wagtail_reference_index_ignore = True

    page_id = models.PositiveBigIntegerField()
    block_id = models.CharField(max_length=64)
    site_id = models.PositiveIntegerField(null=True)
    page_title = models.CharField(_("page"), max_length=255, blank=True)
    source = models.CharField(max_length=64, db_index=True)
    form = models.ForeignKey(
        Notice, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_form = models.ForeignKey(
        LeadForm, null=True, on_delete=models.SET_NULL, related_name="placements"
    )
    purposes = models.ManyToManyField(Purpose, related_name="+")
    notify = models.TextField(blank=True)
    problem = models.TextField(_("problem"), blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("placed form")
        verbose_name_plural = _("placed forms")
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "block_id"], name="wagtail_consent_placed_once"
            )
        ]

    def __str__(self) -> str:
        return self.block_id
