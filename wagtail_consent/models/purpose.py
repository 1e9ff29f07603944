from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
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

from ..html import clean
from .controller import Controller

WORDING_FEATURES = ["bold", "italic", "link"]
PLACEHOLDERS = ("{company}", "{channel}")
TWIN = _("This purpose has a wording in this language already.")


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    POST = "post", _("post")
    SMS = "sms", _("SMS")
    PROFILING = "profiling", _("profiling")


class LawfulBasis(models.TextChoices):
    """GDPR Art. 6(1)."""

    CONSENT = "consent", _("consent (Art. 6(1)(a))")
    CONTRACT = "contract", _("contract (Art. 6(1)(b))")
    LEGAL_OBLIGATION = "legal_obligation", _("legal obligation (Art. 6(1)(c))")
    LEGITIMATE_INTERESTS = (
        "legitimate_interests",
        _("legitimate interests (Art. 6(1)(f))"),
    )


class Purpose(RevisionMixin, models.Model):
    """What people are contacted for: untranslated facts under one identifier."""

    identifier = models.SlugField(
        _("identifier"),
        max_length=64,
        unique=True,
        help_text=_(
            "Used by other programs, for example “newsletter”. It never changes."
        ),
    )
    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("For colleagues. Visitors read the wording."),
    )
    controller = models.ForeignKey(
        Controller,
        verbose_name=_("controller"),
        on_delete=models.PROTECT,
        related_name="purposes",
    )
    channel = models.CharField(
        _("channel"), max_length=16, choices=Channel.choices, default=Channel.EMAIL
    )
    lawful_basis = models.CharField(
        _("lawful basis"),
        max_length=24,
        choices=LawfulBasis.choices,
        default=LawfulBasis.CONSENT,
    )
    double_opt_in = models.BooleanField(
        _("double opt-in"),
        default=True,
        help_text=_("A consent counts only once the mailbox's owner confirmed it."),
    )
    warning_age = models.PositiveIntegerField(
        _("warn after (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Older consents are listed, so that they can be renewed."),
    )
    lapse_age = models.PositiveIntegerField(
        _("lapse after (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Older consents no longer count. Empty: they don't age."),
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age (years)"),
        null=True,
        blank=True,
        help_text=_("Visitors confirm that they are at least as old (Art. 8)."),
    )
    product_group = models.CharField(
        _("own product group"),
        max_length=255,
        blank=True,
        help_text=_("For existing customers: what they bought, and similar goods."),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("identifier")]),
        FieldPanel("controller"),
        FieldRowPanel([FieldPanel("channel"), FieldPanel("lawful_basis")]),
        FieldPanel("double_opt_in"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("warning_age"), FieldPanel("lapse_age")]),
                FieldPanel("minimum_age"),
            ],
            heading=_("Ages"),
        ),
        FieldPanel("product_group"),
    ]

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.warning_age and self.lapse_age and self.warning_age > self.lapse_age:
            raise ValidationError(
                {"warning_age": _("Warn before the consent lapses, not after.")}
            )

    @property
    def lapses_after(self) -> timedelta | None:
        return timedelta(days=self.lapse_age) if self.lapse_age else None

    @property
    def warns_after(self) -> timedelta | None:
        return timedelta(days=self.warning_age) if self.warning_age else None


def validate_placeholders(value: str) -> None:
    missing = [name for name in PLACEHOLDERS if name not in value]
    if missing:
        raise ValidationError(
            _("Please name %(names)s: we fill in the company and the channel."),
            params={"names": ", ".join(missing)},
            code="placeholder",
        )


class Wording(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """What a visitor reads beside a purpose's box, in one language."""

    purpose = models.ForeignKey(
        Purpose,
        verbose_name=_("purpose"),
        on_delete=models.PROTECT,
        related_name="wordings",
    )
    name = models.CharField(
        _("name"), max_length=255, help_text=_("As visitors know it.")
    )
    statement = RichTextField(
        _("statement"),
        features=WORDING_FEATURES,
        validators=[validate_placeholders],
        help_text=_(
            "The sentence beside the box. {company} and {channel} must appear in it."
        ),
    )

    panels = [FieldPanel("purpose"), FieldPanel("name"), FieldPanel("statement")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "locale"],
                name="wagtail_consent_wording_per_locale",
                violation_error_message=TWIN,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The admin's form has no locale field, so it checks no constraint on it."""
        super().clean()
        twins = Wording.objects.filter(purpose=self.purpose_id, locale=self.locale_id)
        if self.purpose_id and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"purpose": TWIN})

    def filled(self, controller: Controller | None = None) -> str:
        """Returns the statement as a visitor reads it: company and channel filled
        in, sanitised.

        Threat: a company's name is data, so it is escaped, and plain replacement is
        used instead of ``str.format``, which would read attributes of its arguments.
        """
        controller = controller or self.purpose.controller
        with translation.override(self.locale.language_code):
            channel = self.purpose.get_channel_display()
        text = self.statement.replace("{company}", escape(controller.name))
        return clean(text.replace("{channel}", escape(channel)))

    def copy_for_translation(
        self, locale: Locale, exclude_fields: list[str] | None = None
    ) -> Wording:
        """Returns a draft: words in the wrong language must not go live by a copy."""
        copied = super().copy_for_translation(locale, exclude_fields)
        copied.live = False
        copied.has_unpublished_changes = True
        copied.live_revision = None
        copied.first_published_at = copied.last_published_at = None
        return copied

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "wagtail_consent/preview/wording.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, Any]:
        text = self.filled() if self.purpose_id else self.statement
        context = super().get_preview_context(request, mode_name)
        return {**context, "wording": self, "statement": text}
