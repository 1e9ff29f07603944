"""What a contact's page says of the forms that they sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wagtail_consent.admin.panels import ContactPanel
from wagtail_consent.models import Contact


class LeadsPanel(ContactPanel):
    template_name = "wagtail_consent/optin/admin/leads_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        leads = self.contact.confirmations.select_related("submission")
        return {**super().get_context_data(parent_context), "leads": leads}


def add(request: HttpRequest, contact: Contact, panels: list[Any]) -> None:
    """Shows a contact's leads to those who may see leads."""
    if request.user.has_perm("wagtail_consent_optin.view_confirmation"):
        panels.append(LeadsPanel(contact))
