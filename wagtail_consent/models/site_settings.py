from __future__ import annotations

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .controller import Controller

swapper.set_app_prefix("wagtailcore", "wagtail")


@register_setting(icon="consent")
class ConsentSettings(BaseSiteSetting):
    """Who answers for a site, and where its legal pages are."""

    controller = models.ForeignKey(
        Controller,
        verbose_name=_("controller"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    privacy_page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("privacy policy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Linked beside every consent box, in the form's language."),
    )
    imprint_page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("imprint"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("controller"),
        FieldPanel("privacy_page"),
        FieldPanel("imprint_page"),
    ]

    class Meta:
        verbose_name = _("consent")
