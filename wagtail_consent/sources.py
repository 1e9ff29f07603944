"""What the core itself holds on a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import registry
from .addresses import Address
from .models import ConsentEvent, Contact, Controller, EventPayload, Suppression
from .registry import Item, Outcome, PersonalDataSource


def register() -> None:
    registry.register(ContactSource())
    registry.register(SuppressionSource())


def _held(model: type, address: Address, controller: Controller | None) -> QuerySet:
    rows = model.objects.filter(digest__in=address.digests).order_by("pk")
    return rows.filter(controller=controller) if controller else rows


class ContactSource(PersonalDataSource):
    """The contact, its consents, and who and where of its events.

    The events themselves stay, nameless, so that the chain still verifies.
    """

    name = "wagtail_consent.contacts"
    label = gettext_lazy("Contacts and their consents")

    def find(self, address: Address, controller: Controller | None = None) -> int:
        return _held(Contact, address, controller).count()

    def preview(
        self, address: Address, controller: Controller | None = None
    ) -> list[Item]:
        return [
            Item(_("Contact %s") % contact, self._extent(contact))
            for contact in _held(Contact, address, controller)
        ]

    def export(
        self, address: Address, controller: Controller | None = None
    ) -> Iterator[dict[str, Any]]:
        for contact in _held(Contact, address, controller).select_related("controller"):
            yield {
                "email": contact.email,
                "controller": contact.controller.name,
                "language": contact.language,
                "known_since": contact.created_at.isoformat(),
                "events": [*map(_exported, _events(contact))],
            }

    def erase(self, address: Address, controller: Controller | None = None) -> Outcome:
        removed = anonymised = 0
        with transaction.atomic():
            for contact in _held(Contact, address, controller).select_for_update():
                anonymised += _anonymise(contact)
                removed += contact.delete()[0]
        return Outcome(removed=removed, anonymised=anonymised)

    def _extent(self, contact: Contact) -> str:
        count = _events(contact).count()
        return ngettext(
            "%(count)d event of the ledger is made anonymous.",
            "%(count)d events of the ledger are made anonymous.",
            count,
        ) % {"count": count}


class SuppressionSource(PersonalDataSource):
    """The keyed hash that keeps an address from being contacted: it outlives erasure,
    or the objection would be forgotten (Art. 17(3)(b) with 21(3))."""

    name = "wagtail_consent.suppressions"
    label = gettext_lazy("Suppression list")

    def find(self, address: Address, controller: Controller | None = None) -> int:
        return self._standing(address, controller).count()

    def preview(
        self, address: Address, controller: Controller | None = None
    ) -> list[Item]:
        return [
            Item(_("Kept as a keyed hash"), row.get_reason_display())
            for row in self._standing(address, controller)
        ]

    def export(
        self, address: Address, controller: Controller | None = None
    ) -> Iterator[dict[str, Any]]:
        for row in self._standing(address, controller).select_related("controller"):
            yield {
                "controller": row.controller.name,
                "reason": row.reason,
                "since": row.since.isoformat(),
            }

    def erase(self, address: Address, controller: Controller | None = None) -> Outcome:
        count = self.find(address, controller)
        ground = _("So that the objection is kept (GDPR Art. 17(3)(b), 21(3)).")
        return Outcome(retained=count, ground=ground)

    def _standing(self, address: Address, controller: Controller | None) -> QuerySet:
        return _held(Suppression, address, controller).filter(lifted_at=None)


def _events(contact: Contact) -> QuerySet[ConsentEvent]:
    events = ConsentEvent.objects.filter(subject=contact.subject)
    return events.select_related("payload").order_by("sequence")


def _anonymise(contact: Contact) -> int:
    rows = EventPayload.objects.filter(event__subject=contact.subject)
    return rows.delete()[0]


def _exported(event: ConsentEvent) -> dict[str, Any]:
    payload = getattr(event, "payload", None)
    return {
        "kind": event.kind,
        "purpose": event.purpose,
        "happened": event.occurred_at.isoformat(),
        "notice": event.notice,
        "evidence": payload.data if payload else {},
    }
