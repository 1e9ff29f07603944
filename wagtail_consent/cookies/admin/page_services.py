"""The userbar lists the services that this page brings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import BaseItem

from ..gate import place


class ServicesItem(BaseItem):
    """Links to each service. What stands behind the userbar in a template is missed."""

    template_name = "wagtail_consent/cookies/admin/userbar_item.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        return {**context, "services": place.used(parent_context["request"])}


def add(request: HttpRequest, items: list[Any], page: Any) -> None:
    """A hook on the userbar: for pages that bring a service."""
    if request is not None and place.used(request):
        items.append(ServicesItem())
