from __future__ import annotations

from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import LeadForm


class LeadFormViewSet(SnippetViewSet):
    """Forms that many pages share."""

    model = LeadForm
    icon = "form"
    menu_hook = "register_consent_menu_item"
    menu_order = 300
    list_display = ["title", "live", "locale"]
    search_fields = ["title"]
    search_backend_name = None
