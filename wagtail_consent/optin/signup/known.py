"""Whether a submission needs its round by mail at all.

Asked when the mail is about to leave, by a worker: the visitor's request never knows.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from wagtail_consent import suppression
from wagtail_consent.models import (
    Consent,
    Contact,
    Status,
    Suppression,
    SuppressionReason,
)
from wagtail_consent.permission import may_contact

from ..confirmation import deliver, submissions
from ..models import Confirmation, Submission


def is_silenced(submission: Submission) -> bool:
    """Tells whether the mailbox's owner said “That wasn't me”: no mail until undone."""
    return _barriers(submission).filter(reason=SuppressionReason.NOT_ME).exists()


@transaction.atomic
def welcome_back(submission: Submission) -> bool:
    """Gives a confirmed visitor what they ask for, if nothing new is consented to.

    Returns:
        False if the address has to be confirmed (anew).
    """
    submission = submissions.hold(submission.uuid)
    if submissions.confirmation_of(submission):
        return True
    contact = _confirmed(submission) if _promises(submission) else None
    if not contact or not _is_nothing_new(submission, contact):
        return False
    deliver.lead(submission, contact, Confirmation.How.KNOWN)
    return True


def _promises(submission: Submission) -> bool:
    return submission.form.content["promise"]["kind"] != "none"


def _confirmed(submission: Submission) -> Contact | None:
    """The contact whose mailbox was proved by a link, unless it is suppressed."""
    if _barriers(submission).exists():
        return None
    address = submissions.address_of(submission)
    return Contact.objects.filter(
        controller=submission.controller,
        digest__in=address.digests,
        confirmations__how=Confirmation.How.LINK,
    ).first()


def _is_nothing_new(submission: Submission, contact: Contact) -> bool:
    """Whether all that was ticked is granted today, in these very words."""
    granted = Consent.objects.filter(contact=contact, status=Status.GRANTED)
    words = set(granted.values_list("purpose__identifier", "event__notice"))
    return all(
        (box["purpose"], box["notice"]) in words
        and may_contact(submission.email, box["purpose"])
        for box in submission.ticked
    )


def _barriers(submission: Submission) -> QuerySet[Suppression]:
    return suppression.covering(
        submission.controller, submissions.address_of(submission)
    )
