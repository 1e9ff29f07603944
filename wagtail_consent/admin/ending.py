"""Staff record that a person withdrew or objected. GET asks, POST does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permissions import ModelPermissionPolicy

from .. import ledger
from ..models import ConsentEvent, Contact, Purpose

WITHDRAW = "wagtail_consent.withdraw"
OBJECT = "wagtail_consent.object"


class EndingForm(forms.Form):
    reference = forms.CharField(
        label=gettext_lazy("How we know"),
        max_length=255,
        help_text=gettext_lazy(
            "Where it can be looked up: a letter's date, a ticket's number, a call."
        ),
    )


class EndingView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    # Said here: without a policy, Wagtail lets everybody in.
    permission_policy = ModelPermissionPolicy(Contact)
    form_class = EndingForm
    template_name = "wagtail_consent/admin/ending.html"
    header_icon = "no-view"
    index_url_name = ""
    inspect_url_name = ""
    question = ""
    action = ""
    success = ""

    @cached_property
    def contact(self) -> Contact:
        user = self.request.user
        seen = self.permission_policy.instances_user_has_permission_for(user, "view")
        contacts = seen.select_related("controller")
        return get_object_or_404(contacts, pk=self.kwargs["pk"])

    @cached_property
    def purpose(self) -> Purpose | None:
        if "purpose" not in self.kwargs:
            return None
        purposes = self.contact.controller.purposes
        return get_object_or_404(purposes, pk=self.kwargs["purpose"])

    @property
    def page_subtitle(self) -> str:
        return str(self.contact)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            contact=self.contact, purpose=self.purpose, question=self.question, **kwargs
        )

    def form_valid(self, form: EndingForm) -> HttpResponse:
        told = {"user": self.request.user.pk, **form.cleaned_data}
        self.end(ledger.Proof(data=told))
        scope = self.purpose.identifier if self.purpose else ""
        log(instance=self.contact, action=self.action, data={"purpose": scope})
        messages.success(self.request, self.success)
        return super().form_valid(form)

    def end(self, proof: ledger.Proof) -> ConsentEvent:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return reverse(self.inspect_url_name, args=[self.contact.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Contacts")},
            {"url": self.get_success_url(), "label": str(self.contact)},
            {"url": "", "label": self.page_title},
        ]


class WithdrawView(EndingView):
    permission_required = "withdraw"
    page_title = gettext_lazy("Withdraw consent")
    question = gettext_lazy(
        "Did the person withdraw their consent? It takes effect at once."
    )
    success = gettext_lazy("The withdrawal is recorded.")
    action = WITHDRAW

    def end(self, proof: ledger.Proof) -> ConsentEvent:
        return ledger.withdraw(self.contact, self.purpose, proof)


class ObjectView(EndingView):
    """An objection takes away every lawful basis (GDPR Art. 21(3))."""

    permission_required = "object"
    page_title = gettext_lazy("Record an objection")
    question = gettext_lazy(
        "Did the person object? It takes effect at once, on whatever basis you "
        "contacted them, and only they themselves can take it back."
    )
    success = gettext_lazy("The objection is recorded.")
    action = OBJECT

    def end(self, proof: ledger.Proof) -> ConsentEvent:
        return ledger.object(self.contact, self.purpose, proof)
