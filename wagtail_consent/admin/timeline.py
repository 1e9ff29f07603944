"""A contact's events, put into words for the person who has to answer for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..html import clean
from ..models import ConsentEvent, Contact, EventKind, Notice, NoticeKind, Purpose

# The newest ones; who has more of them is no person.
MOST = 200

ICONS = {
    EventKind.REQUESTED: "mail",
    EventKind.CONFIRMED: "check",
    EventKind.RENEWED: "rotate",
    EventKind.WITHDRAWN: "cross",
    EventKind.OBJECTED: "no-view",
    EventKind.EXPIRED: "time",
    EventKind.IMPORTED: "upload",
    EventKind.RECORDED: "user",
}
LABELS = {
    "user": gettext_lazy("Recorded by"),
    "how": gettext_lazy("How"),
    "reference": gettext_lazy("How we know"),
    "submission": gettext_lazy("Number of the submission"),
    "coupled": gettext_lazy("Content in return"),
    "form": gettext_lazy("Form (SHA-256)"),
    "mail": gettext_lazy("Mail (SHA-256)"),
    "message_id": gettext_lazy("Message-ID"),
}
# What rooms and the ledger write for machines.
WORDS = {
    True: gettext_lazy("yes"),
    False: gettext_lazy("no"),
    "link": gettext_lazy("by the mailed link"),
    "known": gettext_lazy("address confirmed before"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    event: ConsentEvent
    icon: str
    purpose: str
    statement: SafeString
    source: dict[str, Any]
    evidence: list[tuple[Any, Any]]
    is_erased: bool


def of(contact: Contact) -> list[Entry]:
    """Returns the entries, the newest first: four queries, however many there are."""
    rows = ConsentEvent.objects.filter(subject=contact.subject)
    events = list(rows.select_related("payload").order_by("-sequence")[:MOST])
    named = _Names.of(events)
    return [_entry(event, _told(event), named) for event in events]


@dataclass(frozen=True, slots=True)
class _Names:
    """What the events name by a key."""

    purposes: dict[str, str]
    statements: dict[str, str]
    users: dict[int, str]

    @classmethod
    def of(cls, events: list[ConsentEvent]) -> _Names:
        purposes = Purpose.objects.filter(identifier__in={it.purpose for it in events})
        notices = Notice.objects.filter(
            digest__in={it.notice for it in events}, kind=NoticeKind.STATEMENT
        )
        model = get_user_model()
        users = model.objects.filter(pk__in={*map(_user, events)} - {None})
        return cls(
            dict(purposes.values_list("identifier", "name")),
            dict(notices.values_list("digest", "body")),
            dict(users.values_list("pk", model.USERNAME_FIELD)),
        )


def _told(event: ConsentEvent) -> dict[str, Any]:
    payload = getattr(event, "payload", None)
    return payload.data if payload else {}


def _user(event: ConsentEvent) -> Any:
    return _told(event).get("data", {}).get("user")


def _entry(event: ConsentEvent, told: dict[str, Any], named: _Names) -> Entry:
    everything = named.purposes.get(event.purpose, event.purpose) or _("Everything")
    statement = clean(named.statements.get(event.notice, ""))
    return Entry(
        event=event,
        icon=ICONS[EventKind(event.kind)],
        purpose=everything,
        # Sanitised when it was written, and again: whoever wrote the row.
        statement=mark_safe(statement),  # noqa: S308
        source=_source(told.get("source", {})),
        evidence=list(_evidence(told, named.users)),
        is_erased=not hasattr(event, "payload"),
    )


def _source(source: dict[str, Any]) -> dict[str, Any]:
    """Threat: an address that runs a script when staff click it."""
    is_web = urlsplit(source.get("url", "")).scheme in ("http", "https")
    return source if is_web else {**source, "url": ""}


def _evidence(told: dict[str, Any], users: dict[int, str]) -> Iterator[tuple[Any, Any]]:
    for name in ("form", "mail", "message_id"):
        if name in told:
            yield LABELS[name], told[name]
    for name, value in told.get("data", {}).items():
        yield LABELS.get(name, name), _readable(name, value, users)


def _readable(name: str, value: Any, users: dict[int, str]) -> Any:
    if name == "user":
        return users.get(value, _("a former user"))
    is_word = isinstance(value, bool) or name == "how"
    return WORDS.get(value, value) if is_word else value
