from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import RevisionMixin


class Controller(RevisionMixin, models.Model):
    """The company that answers for the data (GDPR Art. 4(7))."""

    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("The company's full legal name, as in the imprint."),
    )
    address = models.TextField(_("postal address"))
    country = CountryField(verbose_name=_("country"))
    email = models.EmailField(
        _("contact address"),
        help_text=_("Where people write to about their data."),
    )
    protection_officer = models.TextField(
        _("data protection officer"),
        blank=True,
        help_text=_("Name and contact, if the company has one."),
    )

    panels = [
        HelpPanel(
            content=_(
                "Visitors read this name beside every consent box. Changing it "
                "changes the wording: forms that are live are published anew."
            )
        ),
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("country")], heading=_("Seat")
        ),
        MultiFieldPanel(
            [FieldPanel("email"), FieldPanel("protection_officer")],
            heading=_("Data protection"),
        ),
    ]

    class Meta:
        verbose_name = _("controller")
        verbose_name_plural = _("controllers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
