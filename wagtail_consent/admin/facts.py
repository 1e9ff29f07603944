"""What editors and lawyers set: controllers, purposes and their wordings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import (
    BooleanColumn,
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Controller, Processor, Purpose, Wording
from .by_hand import SavedByHandView
from .identifiers import IdentifierForm
from .menu import MENU_HOOK


class PurposeViewSet(SnippetViewSet):
    model = Purpose
    icon = "crosshairs"
    menu_label = _("Purposes")
    menu_name = "consent-purposes"
    menu_hook = MENU_HOOK
    menu_order = 300
    copy_view_enabled = False
    edit_view_class = SavedByHandView
    edit_handler = ObjectList(Purpose.panels, base_form_class=IdentifierForm)
    list_display = [
        "name",
        Column("identifier", label=_("Identifier"), sort_key="identifier"),
        Column("controller", label=_("Controller")),
        Column("channel", label=_("Channel"), accessor="get_channel_display"),
        Column("basis", label=_("Lawful basis"), accessor="get_lawful_basis_display"),
        BooleanColumn("double_opt_in", label=_("Double opt-in")),
    ]
    list_filter = ["controller", "channel", "lawful_basis"]
    search_fields = ["name", "identifier"]


class WordingViewSet(SnippetViewSet):
    model = Wording
    icon = "openquote"
    menu_label = _("Wordings")
    menu_name = "consent-wordings"
    menu_hook = MENU_HOOK
    menu_order = 310
    list_display = ["name", "purpose", LocaleColumn(), LiveStatusTagColumn()]
    list_filter = ["purpose"]
    search_fields = ["name", "statement"]


class ControllerViewSet(SnippetViewSet):
    model = Controller
    icon = "site"
    menu_label = _("Controllers")
    menu_name = "consent-controllers"
    menu_hook = MENU_HOOK
    menu_order = 900
    copy_view_enabled = False
    edit_view_class = SavedByHandView
    list_display = [
        "name",
        Column("country", label=_("Country"), accessor="country.name"),
        Column("email", label=_("Contact address")),
    ]
    search_fields = ["name"]


class ProcessorViewSet(SnippetViewSet):
    model = Processor
    icon = "group"
    menu_label = _("Recipients")
    menu_name = "consent-recipients"
    menu_hook = MENU_HOOK
    menu_order = 910
    copy_view_enabled = False
    edit_view_class = SavedByHandView
    list_display = [
        "name",
        Column("country", label=_("Country"), accessor="country.name"),
        Column("role", label=_("Role"), accessor="get_role_display"),
        Column("safeguard", label=_("Safeguard"), accessor="get_safeguard_display"),
    ]
    list_filter = ["role", "safeguard"]
    search_fields = ["name"]
