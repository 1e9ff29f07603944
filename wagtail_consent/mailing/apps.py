from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "wagtail_consent.mailing"
    label = "wagtail_consent_mailing"
    verbose_name = _("Consent: mailing")
    default_auto_field = "django.db.models.BigAutoField"
    consent_needs = ("wagtail_consent",)

    def ready(self) -> None:
        from . import checks, receivers, registration

        checks.register()
        registration.register()
        receivers.connect()
