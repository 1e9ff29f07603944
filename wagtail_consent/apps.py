from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagtailConsentConfig(AppConfig):
    name = "wagtail_consent"
    label = "wagtail_consent"
    verbose_name = _("Consent")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, receivers, sources

        checks.register()
        sources.register()
        receivers.connect()
