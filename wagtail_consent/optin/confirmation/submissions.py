"""Submissions as they wait: found, and held while something is decided on one."""

from __future__ import annotations

import uuid

from django.db.models import F, QuerySet
from django.utils import timezone

from wagtail_consent.addresses import Address, identity

from ..models import Confirmation, Submission


class Unknown(LookupError):
    """There is no such submission: never was, purged, disowned or erased."""


class Expired(Exception):
    """Its confirmation came too late; it can be asked for again."""


def get(row: uuid.UUID) -> Submission:
    """Raises Unknown."""
    known = Submission.objects.select_related("form", "confirmation__download")
    if submission := known.filter(uuid=row).first():
        return submission
    raise Unknown(row)


def hold(row: uuid.UUID) -> Submission:
    """Returns the submission, locked until the transaction ends.

    A write that changes nothing is the one lock that all databases know; SQLite
    waits for it, where a read that turns into a write would fail.

    Raises:
        Unknown: there is none.
    """
    if not Submission.objects.filter(uuid=row).update(language=F("language")):
        raise Unknown(row)
    return get(row)


def confirmation_of(submission: Submission) -> Confirmation | None:
    return getattr(submission, "confirmation", None)


def is_expired(submission: Submission) -> bool:
    return submission.expires_at <= timezone.now()


def address_of(submission: Submission) -> Address:
    return Address(submission.email, identity(submission.email))


def waiting(controller: int, address: Address) -> QuerySet[Submission]:
    """Returns what still waits for this address, at this company."""
    return Submission.objects.filter(
        controller=controller, digest__in=address.digests, confirmation=None
    )
