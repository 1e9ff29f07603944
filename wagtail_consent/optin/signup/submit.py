"""A visitor sends a form: it waits, apart from all contacts, for its confirmation.

Threat: whoever types a stranger's address must not learn whether we know it. So this
never reads what is known: it writes the same rows for everybody. Whether the address
was confirmed before, or wants no mail, is asked when the mail is about to leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail_consent import addresses, conf, notices
from wagtail_consent.insert import insert
from wagtail_consent.mailing import outbox
from wagtail_consent.models import Controller

from ..models import Submission
from .reference import Reference
from .shown import Definition, Shown
from .sources import Spot, spot_of

CONFIRM = "optin.confirm"
BOX = "consent_"
EMAIL = "email"


@transaction.atomic
def submit(shown: Shown, reference: Reference, cleaned: Mapping[str, Any]) -> None:
    """Keeps a valid form until it is confirmed, and makes the mail for that due.

    Args:
        shown: the form as the visitor saw it; that is what is recorded.
        reference: where it stood. Never one of a preview.
        cleaned: the form's cleaned data; ``email`` among it, as `addresses.parse`
            spells it.
    """
    address = addresses.Address(cleaned[EMAIL], addresses.identity(cleaned[EMAIL]))
    spot = spot_of(reference)
    submission = _submission(shown, reference, spot)
    submission.email = address.delivery
    submission.digest = address.digest
    submission.data = answers(shown.definition, cleaned)
    submission.ticked = ticked(shown.definition, cleaned)
    insert(submission)
    ask(submission, shown.definition, address)


def ask(
    submission: Submission, definition: Definition, address: addresses.Address
) -> None:
    """Makes the mail due that asks for a confirmation, unless the mailbox has had its
    share for now."""
    outbox.queue(
        CONFIRM,
        controller=Controller(pk=submission.controller_id),
        notice=notices.get(definition["letters"]["confirm"]),
        subject_id=submission.uuid,
        recipient=address.delivery,
        language=submission.language,
        site_url=submission.site_url,
        mailbox=address,
    )


def confirm_until() -> Any:
    return timezone.now() + timedelta(days=conf.get("CONFIRMATION_DAYS"))


def answers(definition: Definition, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what was answered, by field, as JSON can keep it; not the address."""
    names = [field["name"] for field in definition["fields"]]
    return {name: _plain(cleaned[name]) for name in names if name != EMAIL}


def ticked(definition: Definition, cleaned: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the boxes that were ticked, and no other (GDPR Art. 4(11))."""
    return [
        {
            "purpose": box["purpose"],
            "notice": box["notice"],
            "coupled": box["coupled"],
        }
        for box in definition["boxes"]
        if cleaned.get(BOX + box["purpose"]) is True
    ]


def _submission(shown: Shown, reference: Reference, spot: Spot) -> Submission:
    return Submission(
        controller_id=reference.controller,
        form=shown.notice,
        language=shown.definition["language"],
        site_id=reference.site,
        site_url=spot.site_url,
        page_id=reference.page,
        page_url=spot.page_url,
        page_title=spot.page_title,
        block_id=reference.block,
        notify=spot.notify,
        expires_at=confirm_until(),
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    return str(value)
