"""What the room holds on a person: their forms, the confirmations, the downloads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_consent.addresses import Address
from wagtail_consent.models import Controller
from wagtail_consent.registry import Item, Outcome, PersonalDataSource

from .confirmation import submissions
from .models import Submission


class SubmissionSource(PersonalDataSource):
    """Forms with what became of them: a confirmation and a download go with theirs.

    What proves a consent lies in the core's ledger and is the core's to erase.
    """

    name = "wagtail_consent_optin.submissions"
    label = gettext_lazy("Forms that were sent, confirmations and downloads")

    def find(self, address: Address, controller: Controller | None = None) -> int:
        return _held(address, controller).count()

    def preview(
        self, address: Address, controller: Controller | None = None
    ) -> list[Item]:
        return [
            Item(_("Form %s") % submission, _what(submission))
            for submission in _held(address, controller)
        ]

    def export(
        self, address: Address, controller: Controller | None = None
    ) -> Iterator[dict[str, Any]]:
        for submission in _held(address, controller).iterator(chunk_size=500):
            yield _exported(submission)

    def erase(self, address: Address, controller: Controller | None = None) -> Outcome:
        rows = Submission.objects.filter(pk__in=_held(address, controller).values("pk"))
        return Outcome(removed=rows.delete()[0])


def _held(address: Address, controller: Controller | None) -> QuerySet[Submission]:
    rows = Submission.objects.filter(digest__in=address.digests).order_by("pk")
    rows = rows.select_related("form", "controller", "confirmation__download")
    return rows.filter(controller=controller) if controller else rows


def _what(submission: Submission) -> str:
    when = date_format(submission.created_at, "SHORT_DATETIME_FORMAT")
    return f"{submission.page_title or submission.site_url}, {when}"


def _exported(submission: Submission) -> dict[str, Any]:
    confirmation = submissions.confirmation_of(submission)
    download = getattr(confirmation, "download", None)
    return {
        "reference": submission.reference,
        "controller": submission.controller.name,
        "email": submission.email,
        "answers": _labelled(submission),
        "consents": submission.ticked,
        "page": submission.page_url,
        "submitted": submission.created_at.isoformat(),
        "confirmed": confirmation and confirmation.confirmed_at.isoformat(),
        "download": download and download.title,
    }


def _labelled(submission: Submission) -> dict[str, Any]:
    """By the questions as they were asked."""
    fields = submission.form.content["fields"]
    labels = {field["name"]: field["label"] for field in fields}
    return {labels.get(name, name): value for name, value in submission.data.items()}
