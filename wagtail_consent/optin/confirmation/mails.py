"""What the room's mails say beside the editors' text, asked right before they leave.

Nothing that a visitor typed is among it: a link, a title of ours, a number of days.
"""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail_consent.mailing.models import Message

from ..delivery import promised
from ..models import Submission
from ..signup import known, single
from . import links, submissions

Context = dict[str, Any]


def confirm(message: Message) -> Context | None:
    """Asks for the confirmation, unless it is no longer due, unwanted or unneeded."""
    submission = _find(message)
    if submission is None or not _is_waiting(submission):
        return None
    if known.is_silenced(submission) or known.welcome_back(submission):
        return None
    single.opt_in(submission)
    with translation.override(submission.language):
        ways_out = [(_("That wasn’t me"), links.url("disown", submission))]
        return {
            "button_url": links.url("confirm", submission),
            "links": ways_out + _withdrawal(submission),
            "title": promised.title_of(submission),
            "days": _days_until(submission.expires_at),
        }


def deliver(message: Message) -> Context | None:
    """Hands over what was promised; None once its days are over."""
    submission = _find(message)
    given = submission and promised.of(submission)
    if not given or not given.path:
        return None
    confirmation = submission.confirmation
    with translation.override(submission.language):
        return {
            "button_url": _absolute(given.path, submission),
            "links": _withdrawal(submission),
            "title": given.title,
            "days": _days_of(confirmation),
        }


def notify(message: Message) -> Context | None:
    """Tells a colleague that there is a lead: a link to it, nothing of the person."""
    submission = _find(message)
    lead = submission and submissions.confirmation_of(submission)
    if not lead:
        return None
    path = reverse("consent_leads:inspect", args=[lead.pk])
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", None) or submission.site_url
    return {
        "button_url": base.rstrip("/") + path,
        "links": [],
        "title": promised.title_of(submission),
    }


def _find(message: Message) -> Submission | None:
    try:
        return submissions.get(message.subject_id)
    except submissions.Unknown:
        return None


def _is_waiting(submission: Submission) -> bool:
    return not (
        submissions.confirmation_of(submission) or submissions.is_expired(submission)
    )


def _withdrawal(submission: Submission) -> list[tuple[str, str]]:
    """As easy as giving (GDPR Art. 7(3)), from every mail about a consent."""
    if not submission.ticked:
        return []
    return [(_("Withdraw my consent"), links.url("withdraw", submission))]


def _absolute(path: str, submission: Submission) -> str:
    return path if "://" in path else submission.site_url + path


def _days_of(confirmation: Any) -> int | str:
    download = getattr(confirmation, "download", None)
    return _days_until(download.expires_at) if download else ""


def _days_until(moment: Any) -> int:
    return max(1, math.ceil((moment - timezone.now()).total_seconds() / 86400))
