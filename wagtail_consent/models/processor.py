from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin


class Role(models.TextChoices):
    PROCESSOR = "processor", _("processor (Art. 28)")
    JOINT = "joint", _("joint controller (Art. 26)")
    CONTROLLER = "controller", _("controller of its own")
    UNKNOWN = "unknown", _("not known yet")


class Safeguard(models.TextChoices):
    """What allows a transfer to the company's country (GDPR Chapter V)."""

    NONE_NEEDED = "eea", _("none needed: inside the EEA")
    ADEQUACY = "adequacy", _("adequacy decision (Art. 45)")
    FRAMEWORK = "dpf", _("EU-US Data Privacy Framework (Art. 45)")
    CLAUSES = "scc", _("standard contractual clauses (Art. 46)")
    RULES = "bcr", _("binding corporate rules (Art. 47)")
    CONSENT = "consent", _("explicit consent (Art. 49)")
    UNKNOWN = "unknown", _("not known yet")


class Processor(RevisionMixin, models.Model):
    """A company that receives personal data from a site."""

    name = models.CharField(
        _("name"),
        max_length=255,
        unique=True,
        help_text=_("The company's full legal name."),
    )
    address = models.TextField(_("postal address"), blank=True)
    country = CountryField(verbose_name=_("country"), blank=True)
    contact = models.CharField(
        _("contact"),
        max_length=255,
        blank=True,
        help_text=_("An e-mail address or a page."),
    )
    role = models.CharField(
        _("role"), max_length=16, choices=Role.choices, default=Role.UNKNOWN
    )
    privacy_url = models.URLField(_("privacy policy"), blank=True)
    safeguard = models.CharField(
        _("transfer safeguard"),
        max_length=16,
        choices=Safeguard.choices,
        default=Safeguard.UNKNOWN,
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("country"), FieldPanel("contact")],
            heading=_("Seat"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("role"), FieldPanel("safeguard")]),
                FieldPanel("privacy_url"),
            ],
            heading=_("Data protection"),
        ),
    ]

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
