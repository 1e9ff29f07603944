from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from wagtail_consent.models import Purpose


class Letter(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """The text of one kind of mail in one language, for one purpose or for all."""

    kind = models.CharField(_("kind"), max_length=32)
    purpose = models.ForeignKey(
        Purpose,
        verbose_name=_("purpose"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="letters",
        help_text=_("Empty: for every purpose without a text of its own."),
    )
    subject = models.CharField(
        _("subject"),
        max_length=150,
        help_text=_("You may use {company}. Nothing about the person goes here."),
    )
    body = RichTextField(
        _("text"),
        features=["bold", "italic", "link", "ol", "ul"],
        help_text=_("You may use {company}, {title} and {days}."),
    )
    button = models.CharField(_("button"), max_length=60)
    closing = RichTextField(
        _("below the button"),
        features=["bold", "italic", "link"],
        blank=True,
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("purpose")]),
        FieldPanel("subject"),
        FieldPanel("body"),
        FieldPanel("button"),
        FieldPanel("closing"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("mail text")
        verbose_name_plural = _("mail texts")
        ordering = ["kind", "subject"]

    def __str__(self) -> str:
        return self.subject
