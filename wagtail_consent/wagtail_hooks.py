"""What the core adds to the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from .admin import in_use, menu
from .admin.contacts import ContactViewSet
from .admin.ending import OBJECT, WITHDRAW
from .admin.facts import (
    ControllerViewSet,
    ProcessorViewSet,
    PurposeViewSet,
    WordingViewSet,
)

register_snippet(PurposeViewSet)
register_snippet(WordingViewSet)
register_snippet(ControllerViewSet)
register_snippet(ProcessorViewSet)
hooks.register("before_delete_snippet", in_use.refuse)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return menu.menu_item()


@hooks.register("register_admin_viewset")
def register_viewset() -> ViewSet:
    return ContactViewSet()


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "wagtail_consent/icons/consent.svg"]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(WITHDRAW, _("Withdraw"), _("A withdrawal is recorded"))
    actions.register_action(OBJECT, _("Object"), _("An objection is recorded"))
