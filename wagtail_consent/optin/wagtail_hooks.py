"""What the admin gains with this room, and what the room asks of Wagtail."""

from __future__ import annotations

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .admin import closed_forms, contact_panel
from .admin.lead_forms import LeadFormViewSet
from .admin.leads import LeadViewSet
from .publishing import editing
from .views.document import refuse_promised

register_snippet(LeadFormViewSet)
hooks.register("register_admin_viewset", LeadViewSet)
hooks.register("register_admin_urls", closed_forms.urls)
hooks.register("register_reports_menu_item", closed_forms.menu_item)

hooks.register("construct_consent_contact_panels", contact_panel.add)

hooks.register("before_serve_document", refuse_promised)
hooks.register("before_serve_page", editing.before_serve_page)

hooks.register("before_create_page", editing.before_create_page)
hooks.register("before_create_snippet", editing.before_create_snippet)
hooks.register("before_edit_page", editing.before_edit_page)
hooks.register("before_edit_snippet", editing.before_edit_snippet)
