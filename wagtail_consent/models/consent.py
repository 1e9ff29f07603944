from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .contact import Contact
from .immutable import AppendOnlyManager, AppendOnlyModel
from .purpose import LawfulBasis, Purpose


class EventKind(models.TextChoices):
    REQUESTED = "requested", _("requested")
    CONFIRMED = "confirmed", _("confirmed")
    RENEWED = "renewed", _("renewed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OBJECTED = "objected", _("objected")
    EXPIRED = "expired", _("expired")
    IMPORTED = "imported", _("imported")
    RECORDED = "recorded", _("recorded by staff")


class ConsentEvent(AppendOnlyModel):
    """What happened, once and for all.

    It names its subject by an opaque UUID and commits to its payload by a salted
    hash: it holds no personal data and no foreign key, so that the chain still
    verifies after the person is erased. ``hash`` covers every other field and the
    previous event's hash, keyed outside the database.
    """

    subject = models.UUIDField(_("subject"))
    sequence = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=16, choices=EventKind.choices)
    controller = models.PositiveBigIntegerField()
    # Empty: all of the controller's.
    purpose = models.CharField(_("purpose"), max_length=64, blank=True)
    notice = models.CharField(_("notice"), max_length=64, blank=True)
    occurred_at = models.DateTimeField(_("happened"))
    recorded_at = models.DateTimeField(_("recorded"))
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=8)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyManager()

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        ordering = ["subject", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "sequence"], name="wagtail_consent_event_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}/{self.sequence}"


class EventPayload(models.Model):
    """Who and where of an event. Deletable, without breaking the chain."""

    event = models.OneToOneField(
        ConsentEvent,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="payload",
    )
    salt = models.CharField(max_length=64)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event payload")
        verbose_name_plural = _("event payloads")

    def __str__(self) -> str:
        return str(self.pk)


class UnsealedEvent(models.Model):
    """An event that no seal outside the database covers yet."""

    event = models.OneToOneField(
        ConsentEvent, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("unsealed event")
        verbose_name_plural = _("unsealed events")

    def __str__(self) -> str:
        return str(self.pk)


class Status(models.TextChoices):
    REQUESTED = "requested", _("waiting for confirmation")
    GRANTED = "granted", _("granted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OBJECTED = "objected", _("objected")
    EXPIRED = "expired", _("expired")


class Consent(models.Model):
    """Today's state of one contact's permission for one purpose.

    Derived from the events by `ledger`, its only writer. ``since`` is when the
    state began; a renewal begins it anew. ``digest`` repeats the contact's, so that
    permission is one indexed look-up.
    """

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.ForeignKey(
        Purpose, on_delete=models.PROTECT, related_name="consents"
    )
    digest = models.CharField(max_length=80)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices)
    basis = models.CharField(
        _("lawful basis"), max_length=24, choices=LawfulBasis.choices
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    event = models.ForeignKey(ConsentEvent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"], name="wagtail_consent_state_once"
            )
        ]
        indexes = [
            models.Index(fields=["digest", "purpose"], name="wagtail_consent_lookup"),
            models.Index(
                fields=["purpose", "status", "since"], name="wagtail_consent_ageing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}/{self.purpose_id}"
