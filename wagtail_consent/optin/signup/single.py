"""Boxes whose purpose asks for no double opt-in: they count from the form on.

Threat: anybody can type anybody's address. So this gives only where nobody ever said
no: whoever withdrew, objected or is suppressed is heard by confirming alone.
"""

from __future__ import annotations

from django.db import transaction

from wagtail_consent import ledger, suppression
from wagtail_consent.models import Contact, Purpose, Status

from ..confirmation import confirm, submissions
from ..models import Submission

NO = (Status.WITHDRAWN, Status.OBJECTED)


@transaction.atomic
def opt_in(submission: Submission) -> None:
    """Enters those boxes into the ledger, once; a confirmation proves them further."""
    asked = {
        box["purpose"]
        for box in submission.form.content["boxes"]
        if not box["double_opt_in"]
    }
    boxes = [box for box in submission.ticked if box["purpose"] in asked]
    if not boxes:
        return
    contact = ledger.contact_for(
        submission.controller,
        submissions.address_of(submission),
        submission.language,
    )
    open_ = [box for box in boxes if _is_open(submission, contact, box["purpose"])]
    confirm.record(submission, contact, open_)


def _is_open(submission: Submission, contact: Contact, identifier: str) -> bool:
    purpose = Purpose.objects.filter(identifier=identifier).first()
    if purpose is None or _is_suppressed(contact, purpose):
        return False
    state = contact.consents.filter(purpose=purpose).select_related("event").first()
    if state is None:
        return True
    is_entered = state.event.occurred_at >= submission.created_at
    return state.status not in NO and not is_entered


def _is_suppressed(contact: Contact, purpose: Purpose) -> bool:
    return suppression.is_suppressed(contact.controller, contact.address, purpose)
