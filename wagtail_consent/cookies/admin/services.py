"""Services in the admin: what editors declare, publish and switch off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from wagtail_consent.admin.menu import MENU_HOOK

from ..models import Service

CATALOGUE = "consent_catalogue"


class ServiceForm(WagtailAdminModelForm):
    """The identifier stays once visitors know it; a changed purpose asks them again."""

    ask_again = forms.BooleanField(
        label=_("The purpose changed: ask everybody again"),
        required=False,
        help_text=_(
            "Once published, visitors decide on this service anew. Leave it empty for "
            "a corrected word."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self._offered()
        if offered is None:
            self.fields.pop("ask_again", None)
            return
        if "key" in self.fields:
            self.fields["key"].disabled = True
        self.initial["ask_again"] = self.instance.edition > offered.edition

    def _offered(self) -> Service | None:
        """Returns the service as visitors know it; None if they never saw it."""
        seen = Service.objects.exclude(first_published_at=None)
        return self.instance.pk and seen.filter(pk=self.instance.pk).first()

    def clean(self) -> dict[str, Any]:
        """The editor saves every half second, so nothing is counted up from a draft."""
        cleaned = super().clean()
        if "ask_again" in self.fields and (offered := self._offered()):
            again = bool(cleaned.get("ask_again"))
            self.instance.edition = offered.edition + again
        return cleaned


class ServiceIndexView(IndexView):
    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = super().header_buttons
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            button = HeaderButton(
                _("Add from the catalogue"), url=reverse(CATALOGUE), icon_name="list-ul"
            )
            buttons = [*buttons, button]
        return buttons


class ServiceViewSet(SnippetViewSet):
    model = Service
    icon = "globe"
    menu_label = _("Services")
    menu_name = "consent-services"
    menu_hook = MENU_HOOK
    menu_order = 600
    copy_view_enabled = False
    index_view_class = ServiceIndexView
    edit_handler = ObjectList(
        [*Service.panels, FieldPanel("ask_again")], base_form_class=ServiceForm
    )
    list_display = [
        "name",
        Column("key", label=_("Identifier"), sort_key="key"),
        Column("category", label=_("Category")),
        Column("provider", label=_("Company")),
        LiveStatusTagColumn(),
    ]
    list_filter = ["category", "provider", "live"]
    search_fields = ["name", "key", "hosts"]
    search_backend_name = None
    ordering = ["name"]

    def get_queryset(self, request: Any) -> Any:
        queryset = super().get_queryset(request)
        queryset = self.model.objects.all() if queryset is None else queryset
        return queryset.select_related("category", "provider").prefetch_related(
            "category__texts__locale"
        )
