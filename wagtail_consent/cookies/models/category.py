from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Locale, RevisionMixin


class Category(RevisionMixin, ClusterableModel):
    """What a visitor decides on: a group of services."""

    key = models.SlugField(
        _("identifier"),
        unique=True,
        help_text=_("For programs; it stays for ever."),
    )
    necessary = models.BooleanField(
        _("strictly necessary"),
        default=False,
        help_text=_(
            "Always on: the visitor asked for what these services do "
            "(Art. 5(3) ePrivacy Directive). Advertising and statistics never are."
        ),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        FieldPanel("necessary"),
        InlinePanel("texts", heading=_("Texts"), label=_("Language"), min_num=1),
    ]

    class Meta:
        verbose_name = _("cookie category")
        verbose_name_plural = _("cookie categories")
        ordering = ["-necessary", "order", "key"]

    def __str__(self) -> str:
        names = {it.locale.language_code: it.name for it in self.texts.all()}
        return names.get(get_language()) or next(iter(names.values()), self.key)


class CategoryText(models.Model):
    """What a category is called in one language."""

    category = ParentalKey(Category, on_delete=models.CASCADE, related_name="texts")
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), blank=True)

    panels = [FieldPanel("locale"), FieldPanel("name"), FieldPanel("description")]

    class Meta:
        verbose_name = _("category's text")
        verbose_name_plural = _("category's texts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "locale"],
                name="wagtail_consent_category_text_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
