"""The addresses that browsers meet, below the prefix that the host site chose."""

from __future__ import annotations

app_name = "wagtail_consent_cookies"

urlpatterns: list = []
