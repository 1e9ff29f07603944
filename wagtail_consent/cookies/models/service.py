from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    RevisionMixin,
    Site,
    WorkflowMixin,
)

from wagtail_consent.models import Processor

from .category import Category
from .hosts import validate_hosts


class Signal(models.TextChoices):
    """How a service's script is told what the visitor decided."""

    NONE = "", _("not at all: it loads after consent only")
    GOOGLE = "google", _("Google consent mode v2")
    UET = "uet", _("Microsoft UET consent mode")
    CLARITY = "clarity", _("Microsoft Clarity consent")
    MATOMO = "matomo", _("Matomo consent")


class Service(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """A third party that loads or stores something. Live: it is offered to visitors.

    Facts and texts of all languages are one object: a service is on or off in all of
    them at once.
    """

    key = models.SlugField(
        _("identifier"),
        unique=True,
        max_length=40,
        help_text=_("For programs and in the visitor's cookie; it stays for ever."),
    )
    name = models.CharField(_("name"), max_length=80)
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        related_name="services",
    )
    provider = models.ForeignKey(
        Processor,
        verbose_name=_("company"),
        on_delete=models.PROTECT,
        related_name="services",
    )
    sites = ParentalManyToManyField(
        Site,
        verbose_name=_("sites"),
        blank=True,
        related_name="+",
        help_text=_("Empty: on every site."),
    )
    hosts = models.TextField(
        _("hosts"),
        blank=True,
        validators=[validate_hosts],
        help_text=_("One a line, such as www.example.com or *.example.com."),
    )
    privacy_url = models.URLField(
        _("privacy policy"),
        blank=True,
        help_text=_("Empty: the company's."),
    )
    signal = models.CharField(
        _("how it is told"),
        max_length=16,
        choices=Signal.choices,
        default=Signal.NONE,
        blank=True,
    )
    # Raised when its purpose changed: whoever decided on a former one is asked again.
    edition = models.PositiveIntegerField(default=1, editable=False)
    # What the catalogue said when it was added: tells whether editors changed it since.
    catalogue = models.CharField(max_length=64, blank=True, editable=False)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldRowPanel([FieldPanel("category"), FieldPanel("provider")]),
        InlinePanel("texts", heading=_("What for"), label=_("Language"), min_num=1),
        MultiFieldPanel(
            [FieldPanel("hosts"), FieldPanel("privacy_url"), FieldPanel("signal")],
            heading=_("What it loads"),
        ),
        InlinePanel("stored", heading=_("What it stores"), label=_("Entry")),
        FieldPanel("sites"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def host_list(self) -> list[str]:
        return self.hosts.split()


class ServiceText(models.Model):
    """What a service is for, in one language."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="texts")
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.TextField(_("what it is for"))

    panels = [FieldPanel("locale"), FieldPanel("purpose")]

    class Meta:
        verbose_name = _("service's text")
        verbose_name_plural = _("service's texts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "locale"], name="wagtail_consent_service_text_once"
            )
        ]

    def __str__(self) -> str:
        return self.purpose
