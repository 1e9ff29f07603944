"""Withdrawing, from the link in every mail that followed: as easy as it was to give
(GDPR Art. 7(3)). No log-in, no reason, and no end of its term.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from wagtail_consent import ledger
from wagtail_consent.models import Consent, Purpose, Status, Wording
from wagtail_consent.proof import Proof

from ..models import Submission
from . import confirm, submissions


def granted(submission: Submission) -> list[Purpose]:
    """Returns what the submission's contact consents to today, at this company."""
    confirmation = submissions.confirmation_of(submission)
    if confirmation is None:
        return []
    consents = Consent.objects.filter(
        contact=confirmation.contact_id, status=Status.GRANTED
    )
    return list(Purpose.objects.filter(consents__in=consents).order_by("pk"))


def names(purposes: list[Purpose], language: str) -> dict[str, str]:
    """Returns what visitors call them, by identifier, in their language."""
    wordings = Wording.objects.filter(
        purpose__in=purposes, locale__language_code=language, live=True
    )
    known = dict(wordings.values_list("purpose_id", "name"))
    return {
        purpose.identifier: known.get(purpose.pk, purpose.name) for purpose in purposes
    }


@transaction.atomic
def withdraw(row: uuid.UUID, identifier: str = "") -> int:
    """Ends one consent of the submission's contact, or all; returns how many.

    Raises:
        Unknown: there is no such submission (any more).
    """
    submission = submissions.hold(row)
    chosen = [
        purpose
        for purpose in granted(submission)
        if identifier in ("", purpose.identifier)
    ]
    for purpose in chosen:
        contact = submission.confirmation.contact
        ledger.withdraw(contact, purpose, _proof(submission))
    return len(chosen)


def _proof(submission: Submission) -> Proof:
    return Proof(
        source=confirm.source_of(submission),
        data={"submission": str(submission.uuid), "how": "link"},
    )
