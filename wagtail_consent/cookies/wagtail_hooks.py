"""What the room adds to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .admin import catalogue, content_checks, page_services
from .admin.categories import CategoryViewSet
from .admin.choices import ChoiceViewSet
from .admin.services import ServiceViewSet

register_snippet(ServiceViewSet)
register_snippet(CategoryViewSet)
hooks.register("register_admin_viewset", ChoiceViewSet)
hooks.register("register_admin_urls", catalogue.urls)

hooks.register("construct_wagtail_userbar", content_checks.add)
hooks.register("construct_wagtail_userbar", page_services.add)
