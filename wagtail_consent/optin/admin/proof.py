"""What proves a lead (GDPR Art. 7(1)), from the lead's own rows: whatever became of
the page, the form, its language or the site since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wagtail_consent import notices
from wagtail_consent.mailing.models import Message
from wagtail_consent.models import ConsentEvent, Notice

from ..models import Confirmation, Submission
from ..signup.submit import CONFIRM


@dataclass(frozen=True, slots=True)
class Answer:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Box:
    purpose: str
    html: str
    digest: str
    ticked: bool
    coupled: bool


@dataclass(frozen=True, slots=True)
class Mail:
    message_id: str
    status: str
    sent_at: datetime | None
    content: dict[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class Proof:
    submission: Submission
    definition: dict[str, Any]
    answers: list[Answer]
    boxes: list[Box]
    mails: list[Mail]
    events: list[ConsentEvent]


def of(lead: Confirmation) -> Proof:
    submission = lead.submission
    definition = submission.form.content
    events = _events(lead)
    return Proof(
        submission=submission,
        definition=definition,
        answers=_answers(submission, definition),
        boxes=_boxes(submission, definition),
        mails=_mails(submission) or _remembered(events),
        events=events,
    )


def _answers(submission: Submission, definition: dict[str, Any]) -> list[Answer]:
    given = {**submission.data, "email": submission.email}
    return [
        Answer(field["label"], _readable(given.get(field["name"])))
        for field in definition["fields"]
    ]


def _readable(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _boxes(submission: Submission, definition: dict[str, Any]) -> list[Box]:
    ticked = {box["purpose"] for box in submission.ticked}
    return [
        Box(
            purpose=box["purpose"],
            html=box["html"],
            digest=box["notice"],
            ticked=box["purpose"] in ticked,
            coupled=box["coupled"],
        )
        for box in definition["boxes"]
    ]


def _mails(submission: Submission) -> list[Mail]:
    messages = Message.objects.filter(kind=CONFIRM, subject_id=submission.uuid)
    return [
        Mail(
            message_id=message.message_id,
            status=message.get_status_display(),
            sent_at=message.sent_at,
            content=message.notice.content,
            digest=message.notice.digest,
        )
        for message in messages.select_related("notice").order_by("pk")
        if message.notice
    ]


def _remembered(events: list[ConsentEvent]) -> list[Mail]:
    """Messages are deleted after a while; the ledger keeps which mail it was."""
    kept = {
        (event.payload.data.get("mail"), event.payload.data.get("message_id", ""))
        for event in events
    }
    return [_mail(digest, message_id) for digest, message_id in kept if digest]


def _mail(digest: str, message_id: str) -> Mail:
    try:
        content = notices.get(digest).content
    except Notice.DoesNotExist:
        content = {}
    return Mail(message_id, "", None, content, digest)


def _events(lead: Confirmation) -> list[ConsentEvent]:
    """The ledger's entries that this submission made."""
    rows = ConsentEvent.objects.filter(subject=lead.contact.subject)
    rows = rows.select_related("payload").order_by("sequence")
    return [event for event in rows if _names(event, lead.submission)]


def _names(event: ConsentEvent, submission: Submission) -> bool:
    payload = getattr(event, "payload", None)
    told = payload.data.get("data", {}) if payload else {}
    return told.get("submission") == str(submission.uuid)
