"""Leads in the admin: who confirmed what, with the proof; read-only for everybody."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from wagtail_consent import addresses
from wagtail_consent.admin import languages
from wagtail_consent.admin.menu import MENU_HOOK
from wagtail_consent.admin.panels import STYLES
from wagtail_consent.admin.read_only import IndexView, InspectView, ReadOnlyViewSet

from ..models import Confirmation
from . import proof, spreadsheet

EXPORT = "wagtail_consent_optin.export_confirmation"
CSV = "csv"
RELATED = ["submission__form", "contact"]


class LeadFilterSet(WagtailFilterSet):
    confirmed_at = django_filters.DateFromToRangeFilter(
        label=_("Confirmed"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Confirmation
        fields = ["how", "confirmed_at"]


class LeadsView(IndexView):
    """Found by a whole address: a search within addresses would read all of them."""

    is_searchable = True
    page_title = _("Leads")
    FORMATS = (CSV,)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if self.is_export and not self.may_export:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["media"] = context.get("media", STYLES) + STYLES
        return context

    @property
    def may_export(self) -> bool:
        return self.request.user.has_perm(EXPORT)

    def get_base_queryset(self) -> QuerySet[Confirmation]:
        return super().get_base_queryset().select_related(*RELATED)

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
                classname="consent-reference",
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


class LeadView(InspectView):
    """One lead with all that proves it."""

    page_title = _("Lead")
    template_name = "wagtail_consent/optin/admin/lead.html"

    def get_fields(self) -> list[str]:
        return []

    def get_object(self, queryset: QuerySet | None = None) -> Confirmation:
        user = self.request.user
        seen = self.permission_policy.instances_user_has_permission_for(user, "view")
        return get_object_or_404(seen.select_related(*RELATED), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = languages.name(self.object.submission.language)
        told = {"proof": proof.of(self.object), "language": language}
        return super().get_context_data(**kwargs) | told


class LeadViewSet(ReadOnlyViewSet):
    model = Confirmation
    name = "consent_leads"
    url_prefix = "consent/leads"
    icon = "user"
    menu_label = _("Leads")
    menu_name = "consent-leads"
    menu_hook = MENU_HOOK
    menu_order = 100
    list_per_page = 50
    filterset_class = LeadFilterSet
    index_view_class = LeadsView
    inspect_view_class = LeadView
