"""Contacts: who is known, what happened, and what `may_contact` says today."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from .. import addresses
from ..models import Consent, Contact, Controller, Purpose, Status
from .ending import ObjectView, WithdrawView
from .menu import MENU_HOOK
from .panels import STYLES, AnswersPanel, DetailsPanel, TimelinePanel
from .read_only import IndexView, InspectView, ReadOnlyViewSet

PANELS_HOOK = "construct_consent_contact_panels"


class ContactFilterSet(WagtailFilterSet):
    purpose = django_filters.ModelChoiceFilter(
        label=_("Purpose"), queryset=Purpose.objects.all(), method="by_consent"
    )
    status = django_filters.ChoiceFilter(
        label=_("Consent"), choices=Status.choices, method="by_consent"
    )
    controller = django_filters.ModelChoiceFilter(
        label=_("Controller"), queryset=Controller.objects.all()
    )
    created_at = django_filters.DateFromToRangeFilter(
        label=_("Known since"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Contact
        fields = ["purpose", "status", "controller", "created_at"]

    def by_consent(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Purpose and status are one condition: both mean the same consent."""
        asked = ("purpose", "status")
        chosen = {key: self.form.cleaned_data[key] for key in asked}
        given = {key: value for key, value in chosen.items() if value}
        consents = Consent.objects.filter(contact=OuterRef("pk"), **given)
        return queryset.filter(Exists(consents))


def standing(contact: Contact) -> str:
    consents = contact.consents.all()
    return ", ".join(
        f"{consent.purpose}: {consent.get_status_display()}" for consent in consents
    )


class ContactIndexView(IndexView):
    """Found by a whole address: it is looked up by its digest, nothing is searched."""

    is_searchable = True
    page_title = _("Contacts")

    def get_base_queryset(self) -> QuerySet[Contact]:
        contacts = super().get_base_queryset().select_related("controller")
        return contacts.prefetch_related("consents__purpose")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["media"] = context.get("media", STYLES) + STYLES
        return context

    def get_search_form(self) -> SearchForm:
        given = self.request.GET if self.search_kwarg in self.request.GET else None
        return SearchForm(given, placeholder=_("Whole address, or reference"))

    def search_queryset(self, queryset: QuerySet[Contact]) -> QuerySet[Contact]:
        if not self.is_searching:
            return queryset
        query = self.search_query.strip()
        if "@" in query:
            return queryset.filter(digest__in=digests(query))
        return queryset.filter(reference=query.upper())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "reference",
                label=_("Contact"),
                get_url=self.get_inspect_url,
                classname="consent-reference",
            ),
            Column("email", label=_("E-mail address")),
            Column("standing", label=_("Consents"), accessor=standing),
            Column("controller", label=_("Controller"), accessor="controller"),
            DateColumn("created_at", label=_("Known since"), sort_key="created_at"),
        ]


def digests(query: str) -> list[str]:
    try:
        return addresses.Address(query, addresses.identity(query)).digests
    except addresses.InvalidAddress:
        return []


class ContactView(InspectView):
    page_title = _("Contact")
    template_name = "wagtail_consent/admin/contact.html"
    object_url_name = ""

    def get_object(self, queryset: QuerySet | None = None) -> Contact:
        user = self.request.user
        seen = self.permission_policy.instances_user_has_permission_for(user, "view")
        return get_object_or_404(seen.select_related("controller"), pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    @cached_property
    def panels(self) -> MediaContainer:
        panels = [
            DetailsPanel(self.object),
            AnswersPanel(self.object, self.request.user),
            TimelinePanel(self.object),
        ]
        for construct in hooks.get_hooks(PANELS_HOOK):
            construct(self.request, self.object, panels)
        return MediaContainer(panels)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["panels"] = self.panels
        context["media"] = context.get("media", self.panels.media) + self.panels.media
        return context

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.user_has_permission("object"):
            return []
        url = reverse(self.object_url_name, args=[self.object.pk])
        return [Button(_("Object to everything"), url=url, icon_name="no-view")]


class ContactViewSet(ReadOnlyViewSet):
    model = Contact
    name = "consent_contacts"
    url_prefix = "consent/contacts"
    icon = "group"
    menu_label = _("Contacts")
    menu_name = "consent-contacts"
    menu_hook = MENU_HOOK
    menu_order = 200
    list_per_page = 50
    filterset_class = ContactFilterSet
    index_view_class = ContactIndexView
    inspect_view_class = ContactView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        url_name = self.get_url_name("object_all")
        return super().get_common_view_kwargs(object_url_name=url_name, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        withdraw = self.construct_view(WithdrawView)
        object_ = self.construct_view(ObjectView)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/withdraw/<int:purpose>/", withdraw, name="withdraw"),
            path("<int:pk>/object/<int:purpose>/", object_, name="object"),
            path("<int:pk>/object/", object_, name="object_all"),
        ]
