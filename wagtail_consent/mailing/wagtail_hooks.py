"""What the room adds to the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from .admin.letters import LetterViewSet
from .admin.outbox import RETRY, OutboxViewSet
from .admin.sending import SendingViewSet

register_snippet(LetterViewSet)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [OutboxViewSet(), SendingViewSet()]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(RETRY, _("Try again"), _("A failed mail is tried again"))
