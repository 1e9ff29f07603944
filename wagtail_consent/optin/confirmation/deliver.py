"""A lead has come to be: the visitor gets what was promised, colleagues a link."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation

from wagtail_consent import notices
from wagtail_consent.mailing import kinds, letters, outbox
from wagtail_consent.models import Contact, Notice, NoticeKind

from ..delivery import downloads
from ..models import Confirmation, Submission

DELIVER = "optin.deliver"
NOTIFY = "optin.notify"


def lead(
    submission: Submission, contact: Contact, how: Confirmation.How
) -> Confirmation:
    """Makes the lead, its download and the mails that follow, in one transaction."""
    confirmation = Confirmation.objects.create(
        submission=submission, contact=contact, how=how, confirmed_at=timezone.now()
    )
    definition = submission.form.content
    downloads.grant(confirmation, definition["promise"])
    digest = definition["letters"]["deliver"]
    if digest and definition["promise"]["kind"] != "none":
        _queue(DELIVER, submission, notices.get(digest), submission.email)
    for colleague in colleagues(submission.notify):
        _queue(NOTIFY, submission, staff_letter(), colleague)
    return confirmation


def colleagues(notify: str) -> list[str]:
    """Returns the addresses of staff; commas, semicolons or lines part them."""
    return notify.replace(",", " ").replace(";", " ").split()


def staff_letter() -> Notice:
    """Returns the mail to staff: as published, else as the kind brings it."""
    language = settings.LANGUAGE_CODE
    return letters.published(NOTIFY, None, language) or _default(NOTIFY, language)


def _default(name: str, language: str) -> Notice:
    with translation.override(language):
        texts = {key: str(text) for key, text in kinds.get(name).defaults.items()}
    return notices.make(NoticeKind.MAIL, language, {"kind": name, **texts})


def _queue(kind: str, submission: Submission, notice: Notice, recipient: str) -> None:
    outbox.queue(
        kind,
        controller=submission.controller,
        notice=notice,
        subject_id=submission.uuid,
        recipient=recipient,
        language=notice.language,
        site_url=submission.site_url,
    )
