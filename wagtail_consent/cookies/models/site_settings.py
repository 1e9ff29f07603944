from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .hosts import validate_domain


class Layout(models.TextChoices):
    BAR = "bar", _("bar at the bottom")
    BOX = "box", _("box in a corner")
    MODAL = "modal", _("in the middle, before everything else")


class Granularity(models.TextChoices):
    CATEGORIES = "categories", _("categories")
    SERVICES = "services", _("single services")


@register_setting(icon="view")
class CookieSettings(BaseSiteSetting):
    """How a site asks its visitors."""

    layout = models.CharField(
        _("layout"), max_length=8, choices=Layout.choices, default=Layout.BOX
    )
    granularity = models.CharField(
        _("visitors decide on"),
        max_length=12,
        choices=Granularity.choices,
        default=Granularity.SERVICES,
    )
    days = models.PositiveSmallIntegerField(
        _("days that a choice lasts"),
        default=182,
        validators=[MinValueValidator(1), MaxValueValidator(395)],
        help_text=_("A refusal lasts as long. Six months are good practice."),
    )
    log_days = models.PositiveSmallIntegerField(
        _("days that proof is kept"),
        default=730,
        validators=[MinValueValidator(30)],
    )
    cookie_domain = models.CharField(
        _("cookie domain"),
        max_length=253,
        blank=True,
        validators=[validate_domain],
        help_text=_("For a choice that holds on all sub-domains: example.com."),
    )
    respect_gpc = models.BooleanField(
        _("respect Global Privacy Control"),
        default=True,
        help_text=_("A browser that sends this signal has refused already."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("layout"), FieldPanel("granularity")]),
                FieldRowPanel([FieldPanel("days"), FieldPanel("log_days")]),
            ],
            heading=_("Banner"),
        ),
        MultiFieldPanel(
            [FieldPanel("respect_gpc"), FieldPanel("cookie_domain")],
            heading=_("Browsers"),
        ),
    ]

    class Meta:
        verbose_name = _("cookie banner")
