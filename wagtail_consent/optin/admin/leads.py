"""Leads in the admin: who confirmed what, with the proof; read-only for everybody."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from wagtail_consent import addresses

from ..models import Confirmation
from . import proof, spreadsheet

EXPORT = "wagtail_consent_optin.export_confirmation"
CSV = "csv"
VIEW = ["view"]


def leads() -> QuerySet[Confirmation]:
    return Confirmation.objects.select_related("submission__form", "contact")


class LeadsView(generic.IndexView):
    """Found by a whole address: a search within addresses would read all of them."""

    any_permission_required = VIEW
    is_searchable = True
    default_ordering = "-pk"
    list_filter = ["how", "confirmed_at"]
    page_title = _("Leads")
    FORMATS = (CSV,)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if self.is_export and not self.may_export:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def may_export(self) -> bool:
        return self.request.user.has_perm(EXPORT)

    def get_base_queryset(self) -> QuerySet[Confirmation]:
        return leads()

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "-pk"]

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        query = self.search_query.strip()
        if "@" in query:
            return queryset.filter(submission__digest__in=_digests(query))
        return queryset.filter(contact__reference=query.upper())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "reference",
                label=_("Reference"),
                accessor="submission.reference",
                get_url=self.get_inspect_url,
            ),
            Column("email", label=_("E-mail address"), accessor="submission.email"),
            Column("page", label=_("Page"), accessor="submission.page_title"),
            DateColumn("confirmed_at", label=_("Confirmed"), sort_key="confirmed_at"),
            Column("how", label=_("How"), accessor="get_how_display"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.may_export:
            return []
        button = Button(
            _("Download CSV"), url=self.csv_export_url, icon_name="download"
        )
        return [button]

    def as_spreadsheet(
        self, queryset: QuerySet, spreadsheet_format: str
    ) -> StreamingHttpResponse:
        return StreamingHttpResponse(
            spreadsheet.lines(queryset),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="leads.csv"'},
        )


def _digests(query: str) -> list[str]:
    try:
        return addresses.Address(query, addresses.identity(query)).digests
    except addresses.InvalidAddress:
        return []


class LeadView(generic.InspectView):
    """One lead with all that proves it."""

    any_permission_required = VIEW
    page_title = _("Lead")
    template_name = "wagtail_consent/optin/admin/lead.html"

    def get_fields(self) -> list[str]:
        return []

    def get_object(self, queryset: QuerySet | None = None) -> Confirmation:
        return generic.models.get_object_or_404(leads(), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"proof": proof.of(self.object)}


class LeadViewSet(ModelViewSet):
    model = Confirmation
    name = "consent_leads"
    url_prefix = "consent/leads"
    icon = "user"
    menu_label = _("Leads")
    menu_name = "consent-leads"
    menu_hook = "register_consent_menu_item"
    menu_order = 100
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = LeadsView
    inspect_view_class = LeadView
    form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """People's data is read here, never written: no other view has an address."""
        others = dict.fromkeys(
            f"{view}_url_name" for view in ("add", "edit", "delete", "history", "usage")
        )
        return super().get_common_view_kwargs(**others | kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is nothing to edit."""
