"""The outbox: what is due, what left, what failed. Addresses are masked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_consent.admin import languages
from wagtail_consent.admin.menu import MENU_HOOK
from wagtail_consent.admin.read_only import IndexView, InspectView, ReadOnlyViewSet

from .. import kinds, outbox
from ..models import Message, MessageStatus

RETRY = "wagtail_consent_mailing.retry"


def kind_label(message: Message) -> Any:
    return dict(kinds.choices()).get(message.kind, message.kind)


def next_attempt(message: Message) -> Any:
    return message.due_at if message.status == MessageStatus.DUE else None


def language(message: Message) -> str:
    return languages.name(message.language)


def digest(message: Message) -> str:
    return message.notice.digest if message.notice else ""


def local(moment: datetime) -> str:
    """Returns it in the reader's time, as all other pages tell it."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def recipient(message: Message) -> str:
    return message.masked_recipient or gettext("removed")


class OutboxFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"),
        choices=MessageStatus.choices,
        widget=django_filters.widgets.forms.CheckboxSelectMultiple,
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kinds.choices)
    created_at = django_filters.DateFromToRangeFilter(
        label=_("Created"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Message
        fields = ["status", "kind", "created_at"]


class OutboxIndexView(IndexView):
    retry_url_name = ""
    retry_all_url_name = ""
    page_title = _("Outbox")

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "recipient",
                label=_("Recipient"),
                accessor=recipient,
                get_url=self.get_inspect_url,
            ),
            Column("kind", label=_("Kind"), accessor=kind_label),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda message: message.status == MessageStatus.SENT,
            ),
            Column("attempts", label=_("Attempts"), sort_key="attempts"),
            DateColumn("next", label=_("Next attempt"), accessor=next_attempt),
            Column("error", label=_("Last error")),
            DateColumn("created_at", label=_("Created"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Message]:
        return super().get_base_queryset().order_by("-pk")

    def get_list_more_buttons(self, instance: Message) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.status in outbox.FAILED and self.user_has_permission("change"):
            url = reverse(self.retry_url_name, args=[instance.pk])
            buttons.append(Button(_("Try again"), url=url, icon_name="rotate"))
        return buttons

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.user_has_permission("change") or not _failed().exists():
            return []
        url = reverse(self.retry_all_url_name)
        return [HeaderButton(_("Try failed mails again"), url=url, icon_name="rotate")]


class OutboxInspectView(InspectView):
    page_title = _("Mail")
    labels = {
        "due_at": _("Next attempt"),
        "controller": _("Controller"),
        "notice": _("Mail text (SHA-256)"),
    }

    def get_fields(self) -> list[str]:
        return [
            "recipient",
            "kind",
            "status",
            "attempts",
            "due_at",
            "sent_at",
            "error",
            "created_at",
            "language",
            "controller",
            "message_id",
            "notice",
        ]

    def get_field_label(self, field_name: str, field: Any) -> Any:
        label = self.labels.get(field_name)
        return label or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        shown = {
            "recipient": recipient,
            "kind": kind_label,
            "due_at": next_attempt,
            "language": language,
            "notice": digest,
        }
        if field_name in shown:
            value = shown[field_name](self.object)
        else:
            value = super().get_field_display_value(field_name, field)
        return local(value) if isinstance(value, datetime) else value or "–"


class RetryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Makes a failed message due again, or all of them. GET asks, POST does."""

    # Wagtail 8 passes a viewset's policy to its own views alone.
    permission_policy = ModelPermissionPolicy(Message)
    permission_required = "change"
    index_url_name = ""
    header_icon = "rotate"
    page_title = _("Try again")
    template_name = "wagtail_consent/mailing/admin/retry.html"

    @cached_property
    def chosen(self) -> QuerySet[Message]:
        if "pk" not in self.kwargs:
            return _failed()
        message = get_object_or_404(_failed(), pk=self.kwargs["pk"])
        return _failed().filter(pk=message.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            count=self.chosen.count(),
            index_url=reverse(self.index_url_name),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        for message in self.chosen.iterator():
            log(instance=message, action=RETRY, user=request.user)
        count = outbox.retry(self.chosen)
        said = ngettext(
            "%(count)s mail is tried again.", "%(count)s mails are tried again.", count
        )
        messages.success(request, said % {"count": count})
        return redirect(self.index_url_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Outbox")},
            {"url": "", "label": self.page_title},
        ]


def _failed() -> QuerySet[Message]:
    """Those whose address is still there to send to."""
    return Message.objects.filter(status__in=outbox.FAILED).exclude(recipient="")


class OutboxViewSet(ReadOnlyViewSet):
    model = Message
    name = "consent_outbox"
    url_prefix = "consent/outbox"
    icon = "mail"
    menu_label = _("Outbox")
    menu_hook = MENU_HOOK
    menu_order = 500
    list_per_page = 50
    filterset_class = OutboxFilterSet
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        retry = {
            "retry_url_name": self.get_url_name("retry"),
            "retry_all_url_name": self.get_url_name("retry_all"),
        }
        return super().get_common_view_kwargs(**retry | kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        retry = self.construct_view(RetryView)
        return [
            *super().get_urlpatterns(),
            path("retry/<int:pk>/", retry, name="retry"),
            path("retry/", retry, name="retry_all"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        verbs = ["view_message", "change_message"]
        return super().get_permissions_to_register().filter(codename__in=verbs)
