"""The menu "Consent". Rooms add their items by the hook, without being known here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

MENU_HOOK = "register_consent_menu_item"

consent_menu = Menu(
    register_hook_name=MENU_HOOK, construct_hook_name="construct_consent_menu"
)


def menu_item() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("Consent"), consent_menu, name="consent", icon_name="consent", order=700
    )
