"""What a contact's page consists of. Rooms add panels of their own by a hook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from .. import permission
from ..models import Contact, Purpose
from ..permission import Decision
from . import languages, timeline

STYLES = Media(css={"all": ["wagtail_consent/admin/contact.css"]})


class ContactPanel(Component):
    """Base of all panels: give it a template, and a context by the contact."""

    def __init__(self, contact: Contact) -> None:
        self.contact = contact

    @property
    def media(self) -> Media:
        return STYLES

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"contact": self.contact}


class DetailsPanel(ContactPanel):
    template_name = "wagtail_consent/admin/panels/details.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        return {**context, "language": languages.name(self.contact.language)}


@dataclass(frozen=True, slots=True)
class Answer:
    """Today's answer for one purpose, and what the user may do about it."""

    purpose: Purpose
    decision: Decision
    buttons: list[tuple[str, str]]


class AnswersPanel(ContactPanel):
    """For each purpose what `may_contact` says today, and why."""

    template_name = "wagtail_consent/admin/panels/answers.html"

    def __init__(self, contact: Contact, user: Any) -> None:
        super().__init__(contact)
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        return {**context, "answers": self.answers}

    @property
    def answers(self) -> list[Answer]:
        purposes = self.contact.controller.purposes.all()
        decisions = permission.answers(self.contact.email, purposes)
        return [
            Answer(purpose, decisions[purpose.pk], self._buttons(purpose, decisions))
            for purpose in purposes
        ]

    def _buttons(
        self, purpose: Purpose, decisions: dict[int, Decision]
    ) -> list[tuple[str, str]]:
        decision = decisions[purpose.pk]
        verbs = []
        if decision.allowed:
            verbs.append(("withdraw", _("Withdraw…")))
        if decision.reason != permission.Reason.OBJECTED:
            verbs.append(("object", _("Object…")))
        return [
            (label, self._url(verb, purpose))
            for verb, label in verbs
            if self.user.has_perm(f"wagtail_consent.{verb}_contact")
        ]

    def _url(self, verb: str, purpose: Purpose) -> str:
        return reverse(f"consent_contacts:{verb}", args=[self.contact.pk, purpose.pk])


class TimelinePanel(ContactPanel):
    """Everything the ledger knows, the newest first."""

    template_name = "wagtail_consent/admin/panels/timeline.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        entries = timeline.of(self.contact)
        return {**context, "entries": entries, "most": timeline.MOST}
