"""The link came too late: its owner asks for it again."""

from __future__ import annotations

import uuid

from django.db import transaction

from wagtail_consent.mailing import outbox

from ..signup import submit
from . import submissions


@transaction.atomic
def ask_again(row: uuid.UUID) -> None:
    """Gives a submission a new term and its mail another try, within the mailbox's
    share. A confirmed one stays as it is.

    Raises:
        Unknown: there is no such submission; the form must be filled in anew.
    """
    submission = submissions.hold(row)
    if submissions.confirmation_of(submission):
        return
    submission.expires_at = submit.confirm_until()
    submission.save(update_fields=["expires_at"])
    outbox.cancel(submit.CONFIRM, submission.uuid)
    address = submissions.address_of(submission)
    submit.ask(submission, submission.form.content, address)
