from __future__ import annotations

from wagtail import hooks

from .admin.leads import LeadViewSet
from .views.document import refuse_promised

hooks.register("register_admin_viewset", LeadViewSet)
hooks.register("before_serve_document", refuse_promised)
