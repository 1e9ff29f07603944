"""“That wasn't me”: the mailbox's owner never asked for any of this.

What waits for the address is deleted, and no mail follows, until they take it back.
"""

from __future__ import annotations

import uuid

from django.core.signing import BadSignature
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wagtail_consent import ledger, suppression, tokens
from wagtail_consent.mailing import outbox
from wagtail_consent.models import (
    Origin,
    Purpose,
    Suppression,
    SuppressionReason,
)
from wagtail_consent.proof import Proof

from ..models import Confirmation, Submission
from . import confirm, submissions

UNDO = "optin.undo"


@transaction.atomic
def disown(row: uuid.UUID) -> Suppression:
    """Stops all mail to the submission's address and forgets what waits for it.

    Of a submission that somebody confirmed all the same, the consents are withdrawn;
    it stays, as proof of what happened.

    Raises:
        Unknown: there is no such submission (any more).
    """
    submission = submissions.hold(row)
    address = submissions.address_of(submission)
    if confirmation := submissions.confirmation_of(submission):
        _withdraw(submission, confirmation)
    _forget(submissions.waiting(submission.controller_id, address))
    return suppression.suppress(
        submission.controller, address, SuppressionReason.NOT_ME, Origin.PERSON
    )


def make_token(stopped: Suppression) -> str:
    """Returns the word by which the page that follows can take it back.

    The submission is gone by then, and the page's address must not tell whose it was.
    """
    return tokens.signer(UNDO).sign(str(stopped.pk)).replace(":", ".")


def read_token(token: str) -> Suppression:
    """Raises BadToken: forged, or lifted and forgotten since."""
    try:
        key = tokens.signer(UNDO).unsign(token.replace(".", ":", 1))
        return Suppression.objects.get(pk=key, reason=SuppressionReason.NOT_ME)
    except (BadSignature, ValueError, Suppression.DoesNotExist) as error:
        raise tokens.BadToken from error


def undo(stopped: Suppression) -> None:
    """Lets mail through again, as far as this click had stopped it."""
    Suppression.objects.filter(pk=stopped.pk, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=Origin.PERSON
    )


def _forget(waiting: QuerySet[Submission]) -> None:
    for row in waiting.values_list("uuid", flat=True):
        outbox.forget_subject(row)
    waiting.delete()


def _withdraw(submission: Submission, confirmation: Confirmation) -> None:
    proof = Proof(
        source=confirm.source_of(submission),
        data={"submission": str(submission.uuid), "how": "not_me"},
    )
    identifiers = [box["purpose"] for box in submission.ticked]
    for purpose in Purpose.objects.filter(identifier__in=identifiers):
        ledger.withdraw(confirmation.contact, purpose, proof)
