"""What the outbox holds on a person, for `registry`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail_consent.addresses import Address
from wagtail_consent.models import Controller
from wagtail_consent.registry import Item, Outcome, PersonalDataSource

from . import outbox
from .models import Message


class Messages(PersonalDataSource):
    """Mails to an address. Erasing empties the address and ends what is due.

    The row stays for its days, as the proof that a mail left, and names nobody.
    """

    name = "wagtail_consent_mailing.messages"
    label = _("Mails that were sent")

    def find(self, address: Address, controller: Controller | None = None) -> int:
        return _to(address, controller).count()

    def preview(
        self, address: Address, controller: Controller | None = None
    ) -> list[Item]:
        return [
            Item(str(message), message.get_status_display())
            for message in _to(address, controller)
        ]

    def export(
        self, address: Address, controller: Controller | None = None
    ) -> Iterator[dict[str, Any]]:
        for message in _to(address, controller).iterator():
            yield {
                "reference": str(message),
                "kind": message.kind,
                "recipient": message.recipient,
                "created": message.created_at.isoformat(),
                "sent": message.sent_at.isoformat() if message.sent_at else None,
                "status": message.status,
            }

    def erase(self, address: Address, controller: Controller | None = None) -> Outcome:
        return Outcome(anonymised=outbox.forget(_to(address, controller)))


def _to(address: Address, controller: Controller | None) -> QuerySet[Message]:
    messages = Message.objects.filter(digest__in=address.digests)
    return messages.filter(controller=controller) if controller else messages
