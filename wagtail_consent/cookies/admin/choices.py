"""The log of choices: read in the admin, written by nobody there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import django_filters
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from wagtail_consent.admin.menu import MENU_HOOK
from wagtail_consent.admin.read_only import IndexView, InspectView, ReadOnlyViewSet

from ..models import Choice
from . import shown


class ChoiceFilterSet(WagtailFilterSet):
    made_at = django_filters.DateFromToRangeFilter(
        label=_("Time"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Choice
        fields = ["source", "made_at"]


def listed(name: str) -> Any:
    return lambda choice: ", ".join(getattr(choice, name)) or "–"


def reference(choice: Choice) -> str:
    """Who refused everything has none."""
    return str(choice.reference) if choice.reference else "–"


class ChoiceIndexView(IndexView):
    """Found by the whole reference, which visitors read on the settings page."""

    is_searchable = True
    page_title = _("Visitors’ choices")

    def get_base_queryset(self) -> QuerySet[Choice]:
        return super().get_base_queryset().order_by("-made_at")

    def get_search_form(self) -> SearchForm:
        given = self.request.GET if self.search_kwarg in self.request.GET else None
        return SearchForm(given, placeholder=_("Whole reference"))

    def search_queryset(self, queryset: QuerySet[Choice]) -> QuerySet[Choice]:
        if not self.is_searching:
            return queryset
        try:
            return queryset.filter(reference=UUID(self.search_query.strip()))
        except ValueError:
            return queryset.none()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "reference",
                label=_("Reference"),
                accessor=reference,
                get_url=self.get_inspect_url,
            ),
            Column("granted", label=_("Allowed"), accessor=listed("granted")),
            Column("refused", label=_("Refused"), accessor=listed("refused")),
            Column("source", label=_("How"), accessor="get_source_display"),
            Column("language", label=_("Language")),
            DateColumn("made_at", label=_("Time"), sort_key="made_at"),
        ]


class ChoiceView(InspectView):
    """One choice, beside the banner exactly as it was shown."""

    page_title = _("Choice")
    template_name = "wagtail_consent/cookies/admin/choice.html"

    def get_fields(self) -> list[str]:
        return []

    def get_object(self, queryset: QuerySet | None = None) -> Choice:
        user = self.request.user
        seen = self.permission_policy.instances_user_has_permission_for(user, "view")
        return get_object_or_404(seen.select_related("revision"), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"shown": shown.of(self.object)}


class ChoiceViewSet(ReadOnlyViewSet):
    model = Choice
    name = "consent_choices"
    url_prefix = "consent/choices"
    icon = "history"
    menu_label = _("Visitors’ choices")
    menu_name = "consent-choices"
    menu_hook = MENU_HOOK
    menu_order = 620
    list_per_page = 50
    filterset_class = ChoiceFilterSet
    index_view_class = ChoiceIndexView
    inspect_view_class = ChoiceView

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return super().get_permissions_to_register().filter(codename="view_choice")
