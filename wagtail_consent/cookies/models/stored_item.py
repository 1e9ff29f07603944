from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from .hosts import validate_domain
from .service import Service


class Storage(models.TextChoices):
    COOKIE = "cookie", _("cookie")
    LOCAL = "local", _("local storage")
    SESSION = "session", _("session storage")
    INDEXED = "indexed", _("database in the browser")


class Unit(models.TextChoices):
    SESSION = "session", _("until the browser is closed")
    MINUTE = "minute", _("minutes")
    HOUR = "hour", _("hours")
    DAY = "day", _("days")
    MONTH = "month", _("months")
    YEAR = "year", _("years")
    UNLIMITED = "unlimited", _("until it is deleted")
    UNKNOWN = "unknown", _("not known")


COUNTED = (Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.MONTH, Unit.YEAR)


class StoredItem(models.Model):
    """Something that a service keeps on the visitor's device.

    It is known by its name *and* its domain: `m` of one company is not everybody's.
    """

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="stored")
    kind = models.CharField(
        _("kind"), max_length=8, choices=Storage.choices, default=Storage.COOKIE
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("A * at its end stands for anything: _ga_*."),
    )
    domain = models.CharField(
        _("domain"),
        max_length=253,
        blank=True,
        validators=[validate_domain],
        help_text=_("Empty: this site's own. Otherwise the third party's."),
    )
    lifetime = models.PositiveIntegerField(_("lifetime"), null=True, blank=True)
    unit = models.CharField(
        _("unit"), max_length=10, choices=Unit.choices, default=Unit.UNKNOWN
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("lifetime"), FieldPanel("unit")]),
        FieldPanel("domain"),
    ]

    class Meta:
        verbose_name = _("stored entry")
        verbose_name_plural = _("stored entries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors = {}
        if (self.unit in COUNTED) != bool(self.lifetime):
            errors["lifetime"] = _("Say a number, and of what.")
        if "*" in self.name[:-1] or not self.name.strip("*"):
            errors["name"] = _("A * may stand at the end only, behind a name.")
        if errors:
            raise ValidationError(errors)
