"""The mailbox's owner confirms: only now a contact comes to be, with its proof.

Threats: scanners that open every link (so this is never reached by GET), a second
click, two clicks at once, an old mail found again after a withdrawal. The submission
is held while this runs; its one Confirmation and `ledger.confirm` have the last word.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wagtail_consent import ledger
from wagtail_consent.mailing import outbox
from wagtail_consent.mailing.models import Message, MessageStatus
from wagtail_consent.models import Contact, Purpose
from wagtail_consent.proof import Proof, Source

from ..models import Confirmation, Submission
from ..signup.submit import CONFIRM
from . import deliver, submissions


@transaction.atomic
def confirm(row: uuid.UUID) -> Confirmation:
    """Confirms a submission: the consents that were ticked, and what was promised.

    Returns:
        The confirmation; the first one, however often this is called.

    Raises:
        Unknown: there is no such submission.
        Expired: it came too late; `again.ask_again` renews the link.
    """
    submission = submissions.hold(row)
    if known := submissions.confirmation_of(submission):
        return known
    if submissions.is_expired(submission):
        raise submissions.Expired
    contact = ledger.contact_for(
        submission.controller,
        submissions.address_of(submission),
        submission.language,
    )
    record(submission, contact, submission.ticked)
    outbox.cancel(CONFIRM, submission.uuid)
    return deliver.lead(submission, contact, Confirmation.How.LINK)


def record(
    submission: Submission, contact: Contact, boxes: Iterable[dict[str, Any]]
) -> None:
    """Enters ticked boxes into the ledger. A no that was said later stands."""
    mail = _mail_of(submission)
    for box in boxes:
        if purpose := Purpose.objects.filter(identifier=box["purpose"]).first():
            ledger.confirm(
                contact,
                purpose,
                proof_of(submission, box, mail),
                requested_at=submission.created_at,
            )


def proof_of(
    submission: Submission, box: dict[str, Any], mail: Message | None
) -> Proof:
    """Returns what shows that this box was ticked and confirmed (Art. 7(1))."""
    return Proof(
        source=source_of(submission),
        notice=box["notice"],
        form=submission.form.digest,
        mail=mail.notice.digest if mail and mail.notice else "",
        message_id=mail.message_id if mail else "",
        data={"submission": str(submission.uuid), "coupled": box["coupled"]},
    )


def source_of(submission: Submission) -> Source:
    return Source(
        site=submission.site_url,
        page=submission.page_id,
        url=submission.page_url,
        title=submission.page_title,
        block=submission.block_id,
    )


def _mail_of(submission: Submission) -> Message | None:
    """The mail whose link was followed: the last that left, or is about to."""
    mails = Message.objects.filter(kind=CONFIRM, subject_id=submission.uuid)
    sent = mails.filter(status=MessageStatus.SENT).select_related("notice")
    return sent.first() or mails.select_related("notice").first()
