"""Adding a service from the catalogue: one click opens the list, one adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from ..catalogue import entries
from ..catalogue.add import NoCompany, add, standing, update
from ..catalogue.entries import Entry
from ..models import Service
from .services import CATALOGUE

POLICY = ModelPermissionPolicy(Service)


@dataclass(frozen=True, slots=True)
class Row:
    entry: Entry
    text: str
    standing: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    name: str
    rows: list[Row]


class CatalogueView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """GET lists what the catalogue has and how it stands here; POST adds or updates."""

    permission_policy = POLICY
    permission_required = "add"
    page_title = _("Catalogue of services")
    header_icon = "list-ul"
    template_name = "wagtail_consent/cookies/admin/catalogue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sections=[*_sections()], **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        services = Service._meta.verbose_name_plural
        return [
            *self.breadcrumbs_items,
            {"url": reverse(_url("list")), "label": services},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def entry(self) -> Entry:
        try:
            return entries.entries()[self.request.POST.get("key", "")]
        except KeyError as error:
            raise Http404 from error

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if known := Service.objects.filter(key=self.entry.key).first():
            return self._update(known)
        try:
            return self._answer(add(self.entry, request.user, self.may("publish")))
        except NoCompany as error:
            messages.error(request, error.message)
            return redirect(CATALOGUE)

    def may(self, verb: str) -> bool:
        return self.permission_policy.user_has_permission(self.request.user, verb)

    def _update(self, service: Service) -> HttpResponse:
        """Two clicks at once end here, too: the second finds nothing to do."""
        allowed = self.may("change") and (self.may("publish") or not service.live)
        if allowed and update(self.entry, service, self.request.user):
            said = gettext("“%(name)s” is up to date.")
            messages.success(self.request, said % {"name": service})
        return redirect(CATALOGUE)

    def _answer(self, service: Service) -> HttpResponse:
        edit = reverse(_url("edit"), args=[service.pk])
        if service.live:
            said = gettext("“%(name)s” is added and live: visitors are asked for it.")
            button = messages.button(edit, gettext("Edit"))
            messages.success(self.request, said % {"name": service}, buttons=[button])
            return redirect(CATALOGUE)
        said = gettext("“%(name)s” is added as a draft. Complete it, then publish it.")
        messages.warning(self.request, said % {"name": service})
        return redirect(edit if self.may("change") else CATALOGUE)


def _url(name: str) -> str:
    return Service.snippet_viewset.get_url_name(name)


def _sections() -> Iterator[Section]:
    language = get_language() or entries.SOURCE
    present = {it.key: it for it in _prefetched()}
    for key, group in entries.groups().items():
        texts = (
            entries.in_language(group.texts, language) or group.texts[entries.SOURCE]
        )
        members = (it for it in entries.entries().values() if it.category == key)
        yield Section(key, texts[0], [_row(it, present, language) for it in members])


def _prefetched() -> Any:
    services = Service.objects.select_related("category")
    return services.prefetch_related("texts__locale", "stored")


def _row(entry: Entry, present: dict[str, Service], language: str) -> Row:
    service = present.get(entry.key)
    text = entries.in_language(entry.texts, language) or entry.texts[entries.SOURCE]
    edit = reverse(_url("edit"), args=[service.pk]) if service else ""
    return Row(entry, text, standing(entry, service).value, edit)


def urls() -> list[URLPattern]:
    return [path("consent/catalogue/", CatalogueView.as_view(), name=CATALOGUE)]
