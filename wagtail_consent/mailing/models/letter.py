from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from wagtail_consent import html
from wagtail_consent.models import Purpose

from .. import kinds, render, sample

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
TEXTS = ("subject", "body", "button", "closing")
# Mail programs make links of what looks like one.
LINK = re.compile(r"<a\b|https?:|\bwww\.", re.I)


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

    kind = models.CharField(_("kind"), max_length=32, choices=kinds.choices)
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
    preview_modes = [("html", _("HTML")), ("text", _("Plain text"))]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("mail text")
        verbose_name_plural = _("mail texts")
        ordering = ["kind", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "purpose", "locale"],
                name="wagtail_consent_letter_once",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def language(self) -> str:
        """A letter that was never saved may have no locale yet."""
        locale = self.locale if self.locale_id else Locale.get_default()
        return locale.language_code

    @property
    def content(self) -> dict[str, str]:
        """What a mail takes from the letter; its HTML is sanitised here."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            "body": html.clean(self.body),
            "button": self.button,
            "closing": html.clean(self.closing),
        }

    def clean(self) -> None:
        super().clean()
        errors = self._unknown_placeholders() or self._advertising()
        if self._twins().exists():
            errors["kind"] = _("There is such a mail text in this language already.")
        if errors:
            raise ValidationError(errors)

    def copy_for_translation(
        self, locale: Locale, exclude_fields: list[str] | None = None
    ) -> Letter:
        """Returns the letter for another language: a draft, or the one there is.

        A text in the wrong language must not go live by being copied, and a second
        one for the same mail must not come about.
        """
        copied = super().copy_for_translation(locale, exclude_fields)
        there = copied._twins().first() or _as_draft(copied)
        there.translation_key = self.translation_key
        return there

    def _twins(self) -> models.QuerySet[Letter]:
        """Letters for the same mail in the same language.

        No database but PostgreSQL would see two empty purposes as the same.
        """
        same = Letter.objects.filter(
            kind=self.kind, purpose=self.purpose_id, locale=self.locale_id
        )
        return same.exclude(pk=self.pk) if self.pk else same

    def _unknown_placeholders(self) -> dict[str, Any]:
        known = _known_placeholders(self.kind)
        if known is None:
            return {}
        found = {name: PLACEHOLDER.findall(getattr(self, name)) for name in TEXTS}
        return {
            name: _("We can't fill in %(names)s here. You may use: %(known)s.")
            % {"names": _braced(unknown), "known": _braced(known)}
            for name, names in found.items()
            if (unknown := [each for each in names if each not in known])
        }

    def _advertising(self) -> dict[str, Any]:
        """What leads elsewhere, in a mail to somebody who has permitted nothing."""
        if not any(kind.asks for kind in kinds.all() if kind.name == self.kind):
            return {}
        return {
            name: _(
                "This mail asks for permission, so it must not advertise: take the "
                "links out. We add the button and the way out."
            )
            for name in TEXTS
            if LINK.search(getattr(self, name))
        }

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return f"wagtail_consent/mailing/preview_{mode_name or 'html'}.html"

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        with translation.override(self.language):
            filling = sample.context(self.kind)
        mail = render.render(
            self.content,
            filling,
            controller=sample.controller(self.purpose),
            language=self.language,
            site_url=sample.SITE,
        )
        return {**context, "mail": mail}


def _as_draft(letter: Letter) -> Letter:
    letter.live = False
    letter.has_unpublished_changes = True
    letter.live_revision = None
    letter.first_published_at = letter.last_published_at = None
    return letter


def _known_placeholders(kind: str) -> list[str] | None:
    try:
        return sorted({"company", *kinds.get(kind).placeholders})
    except KeyError:
        return None


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
