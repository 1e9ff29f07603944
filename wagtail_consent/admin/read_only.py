"""People's data is read in the admin, never written: verbs of the ledger do that."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

ABSENT = ("add", "edit", "delete", "history", "usage")


class IndexView(generic.IndexView):
    any_permission_required = ["view"]


class InspectView(generic.InspectView):
    any_permission_required = ["view"]


class ReadOnlyViewSet(ModelViewSet):
    """A list and a page for each row; no view adds, changes, copies or deletes one.

    Nothing is indexed either: a reference index would tell who is linked to what.
    """

    index_view_class = IndexView
    inspect_view_class = InspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    # Wagtail asks for the fields of a form that nobody is shown.
    form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = {f"{view}_url_name": None for view in ABSENT}
        return super().get_common_view_kwargs(**absent | kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is nothing to edit."""
