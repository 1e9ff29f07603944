from __future__ import annotations

import base64
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import addresses
from .controller import Controller


def reference_of(subject: uuid.UUID) -> str:
    """A short number for people to name a contact by; it tells nothing.

    Derived from random bits, so that it needs no counter and no second look-up.
    """
    code = base64.b32encode(subject.bytes[:5]).decode()
    return f"{code[:4]}-{code[4:]}"


class Contact(models.Model):
    """A person known to one controller by an e-mail address.

    The audit log keeps ``str()`` for ever, so ``str()`` is a reference number.
    """

    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, db_index=True)
    controller = models.ForeignKey(
        Controller,
        verbose_name=_("controller"),
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    email = models.CharField(_("e-mail address"), max_length=320)
    digest = models.CharField(max_length=80, db_index=True)
    language = models.CharField(_("language"), max_length=100)
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-pk"]
        # Nobody adds, changes or deletes a person by hand: verbs do.
        default_permissions = ["view"]
        permissions = [
            ("withdraw_contact", _("Can withdraw a contact's consent")),
            ("object_contact", _("Can object for a contact")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["controller", "digest"],
                name="wagtail_consent_contact_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: object, **kwargs: object) -> None:
        self.reference = self.reference or reference_of(self.subject)
        super().save(*args, **kwargs)

    @property
    def address(self) -> addresses.Address:
        return addresses.Address(self.email, addresses.identity(self.email))
