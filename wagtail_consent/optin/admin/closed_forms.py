"""The report of live pages whose form is closed, and why."""

from __future__ import annotations

from typing import Any

import swapper
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from ..models import FormPlacement
from ..publishing import strays

NAME = "consent_closed_forms"
PAGE = swapper.get_model_name("wagtailcore", "Page")


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class ClosedFormsView(ReportView):
    """Pages that this user may edit, with each problem of their forms."""

    page_title = _("Closed lead forms")
    header_icon = "form"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "title"
    columns = [
        TitleColumn("title", label=_("Page"), get_url=edit_url),
        Column("locale", label=_("Language")),
        Column("problem", label=_("What is wrong")),
    ]
    list_export = ["title", "problem"]
    export_headings = {"title": _("Page"), "problem": _("What is wrong")}

    def get_queryset(self) -> Any:
        allowed = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        self.problems = problems()
        pages = allowed.filter(live=True, pk__in=self.problems)
        return pages.select_related("locale").order_by("title")

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        pages = list(object_list)
        for page in pages:
            page.problem = self.problems[page.pk]
        return pages

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(self.decorate_paginated_queryset(object_list))

    @property
    def no_results_message(self) -> str:
        return gettext("Every lead form is open.")


def problems() -> dict[Any, str]:
    """Returns what is wrong, by the page's key."""
    closed = FormPlacement.objects.exclude(problem="").order_by("pk")
    found: dict[Any, list[str]] = {}
    for key, problem in closed.values_list("page_id", "problem"):
        found.setdefault(key, []).extend(problem.splitlines())
    for page in strays.pages():
        message = gettext("It went live without being published. Publish it.")
        found.setdefault(page.pk, []).append(message)
    return {key: " ".join(dict.fromkeys(lines)) for key, lines in found.items()}


def urls() -> list[Any]:
    view = ClosedFormsView
    return [
        path("reports/closed-lead-forms/", view.as_view(), name=NAME),
        path(
            "reports/closed-lead-forms/results/",
            view.as_view(results_only=True),
            name=f"{NAME}_results",
        ),
    ]


class ClosedFormsMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        policy = ClosedFormsView.permission_policy
        return policy.user_has_any_permission(request.user, ["change", "publish"])


def menu_item() -> MenuItem:
    return ClosedFormsMenuItem(
        _("Closed lead forms"),
        reverse(NAME),
        name="closed-lead-forms",
        icon_name="form",
        order=900,
    )
