"""What a lead was promised, and where it is now."""

from __future__ import annotations

from dataclasses import dataclass

import swapper

from ..confirmation import links, submissions
from ..models import Submission
from . import downloads


@dataclass(frozen=True, slots=True)
class Promised:
    """``path`` is where it is; empty: nothing was promised, or it is gone or over."""

    kind: str
    title: str
    path: str = ""


def of(submission: Submission) -> Promised:
    promise = submission.form.content["promise"]
    where = {"document": _document, "page": _page}.get(promise["kind"])
    path = where(submission, promise["id"]) if where else ""
    return Promised(promise["kind"], promise["title"], path)


def title_of(submission: Submission) -> str:
    """Returns what a mail calls it: the editors' words, never a visitor's."""
    definition = submission.form.content
    return (
        definition["promise"]["title"]
        or definition["heading"]
        or submission.page_title
        or definition["controller"]["name"]
    )


def _document(submission: Submission, key: int) -> str:
    confirmation = submissions.confirmation_of(submission)
    download = getattr(confirmation, "download", None)
    if download is None or downloads.is_over(download):
        return ""
    return links.path("download", download.uuid)


def _page(submission: Submission, key: int) -> str:
    pages = swapper.load_model("wagtailcore", "Page").objects
    page = pages.filter(pk=key, live=True).first()
    return (page and page.get_full_url()) or ""
