"""One include for the host site: it gathers what the installed rooms announce."""

from __future__ import annotations

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("", include(config.consent_urls))
    for config in apps.get_app_configs()
    if hasattr(config, "consent_urls")
]
