from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_consent.models import Contact, Controller, Notice
from wagtail_consent.models.contact import reference_of


class Submission(models.Model):
    """A submitted form, waiting for its confirmation, apart from all contacts.

    ``form`` is the form exactly as the visitor saw it; ``ticked`` lists the boxes,
    each ``{"purpose": identifier, "notice": SHA-256, "coupled": bool}``. Site, page
    and block are kept as values: the proof outlives what it came from.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    controller = models.ForeignKey(
        Controller, on_delete=models.PROTECT, related_name="+"
    )
    form = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    email = models.CharField(_("e-mail address"), max_length=320)
    digest = models.CharField(max_length=80, db_index=True)
    data = models.JSONField(_("answers"), default=dict)
    ticked = models.JSONField(_("ticked boxes"), default=list)
    language = models.CharField(_("language"), max_length=100)
    site_id = models.PositiveIntegerField(null=True)
    site_url = models.CharField(_("site"), max_length=255)
    page_id = models.PositiveIntegerField(null=True)
    page_url = models.CharField(_("page"), max_length=2048, blank=True)
    page_title = models.CharField(_("page title"), max_length=255, blank=True)
    block_id = models.CharField(max_length=64, blank=True)
    notify = models.TextField(blank=True)
    created_at = models.DateTimeField(_("submitted"), auto_now_add=True, db_index=True)
    expires_at = models.DateTimeField(_("confirm until"))

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return reference_of(self.uuid)


class Confirmation(models.Model):
    """The act that confirmed a submission: a lead."""

    class How(models.TextChoices):
        LINK = "link", _("by the mailed link")
        KNOWN = "known", _("address confirmed before")

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="confirmation"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="confirmations"
    )
    how = models.CharField(_("how"), max_length=8, choices=How.choices)
    confirmed_at = models.DateTimeField(_("confirmed"), db_index=True)

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-pk"]
        default_permissions = ["view"]
        permissions = [("export_confirmation", _("Can export leads"))]

    def __str__(self) -> str:
        return self.submission.reference
