"""Leads as CSV, line by line.

Threat: a spreadsheet runs a cell that begins like a formula, and visitors choose what
stands in theirs. Such a cell is led by an apostrophe, which spreadsheets don't show.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_consent import notices

from ..models import Confirmation, Submission

CHUNK = 500
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel reads UTF-8 only if it is told.
BYTE_ORDER_MARK = "\ufeff"


class _Line:
    def write(self, line: str) -> str:
        return line


def lines(queryset: QuerySet[Confirmation]) -> Iterator[str]:
    """Yields the head, then one line a lead; memory doesn't grow with their number."""
    write = csv.writer(_Line()).writerow
    questions = _questions(queryset)
    yield BYTE_ORDER_MARK + write([safe(cell) for cell in _head(questions)])
    for lead in queryset.iterator(chunk_size=CHUNK):
        yield write([safe(cell) for cell in _cells(lead, questions)])


def safe(value: Any) -> str:
    """Returns the cell as text that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def _questions(queryset: QuerySet[Confirmation]) -> dict[str, str]:
    """The questions of all forms among the leads: name and latest label."""
    forms = Submission.objects.filter(confirmation__in=queryset.order_by())
    found: dict[str, str] = {}
    for digest in forms.order_by().values_list("form__digest", flat=True).distinct():
        for field in notices.get(digest).content["fields"]:
            found.setdefault(field["name"], field["label"])
    found.pop("email", None)
    return found


def _head(questions: dict[str, str]) -> list[str]:
    return [
        _("Reference"),
        _("E-mail address"),
        _("Language"),
        _("Submitted"),
        _("Confirmed"),
        _("How"),
        _("Consents"),
        _("Page"),
        _("Address of the page"),
        *questions.values(),
    ]


def _cells(lead: Confirmation, questions: dict[str, str]) -> list[Any]:
    submission = lead.submission
    return [
        submission.reference,
        submission.email,
        submission.language,
        _moment(submission.created_at),
        _moment(lead.confirmed_at),
        lead.get_how_display(),
        " ".join(box["purpose"] for box in submission.ticked),
        submission.page_title,
        submission.page_url,
        *(_answer(submission.data.get(name)) for name in questions),
    ]


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(" ", "seconds")


def _answer(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value
