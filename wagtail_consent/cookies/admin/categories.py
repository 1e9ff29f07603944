"""Categories in the admin: the groups that visitors decide on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from wagtail_consent.admin.by_hand import SavedByHandView
from wagtail_consent.admin.identifiers import IdentifierForm
from wagtail_consent.admin.menu import MENU_HOOK

from ..models import Category


class CategoryForm(IdentifierForm):
    identifier = "key"


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-inverse"
    menu_label = _("Cookie categories")
    menu_name = "consent-categories"
    menu_hook = MENU_HOOK
    menu_order = 610
    copy_view_enabled = False
    edit_view_class = SavedByHandView
    edit_handler = ObjectList(Category.panels, base_form_class=CategoryForm)
    list_display = [
        Column("name", label=_("Name"), accessor="__str__"),
        Column("key", label=_("Identifier"), sort_key="key"),
        BooleanColumn("necessary", label=_("Strictly necessary")),
        Column("order", label=_("Order"), sort_key="order"),
    ]
