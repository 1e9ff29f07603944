from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OptinConfig(AppConfig):
    name = "wagtail_consent.optin"
    label = "wagtail_consent_optin"
    verbose_name = _("Consent: opt-in")
    default_auto_field = "django.db.models.BigAutoField"
    consent_needs = ("wagtail_consent", "wagtail_consent.mailing", "crispy_forms")
    consent_urls = "wagtail_consent.optin.urls"

    def ready(self) -> None:
        from . import checks, receivers, registration

        checks.register()
        registration.register()
        receivers.connect()
