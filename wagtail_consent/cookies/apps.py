from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CookiesConfig(AppConfig):
    name = "wagtail_consent.cookies"
    label = "wagtail_consent_cookies"
    verbose_name = _("Consent: browser")
    default_auto_field = "django.db.models.BigAutoField"
    consent_needs = ("wagtail_consent",)
    consent_urls = "wagtail_consent.cookies.urls"

    def ready(self) -> None:
        from . import receivers, registration
        from .gate import wiring

        registration.register()
        receivers.connect()
        wiring.connect()
