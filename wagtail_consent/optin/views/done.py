from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..confirmation import links, submissions
from ..delivery import promised
from .base import TokenView, unknown


class DoneView(TokenView):
    """Thanks, what was promised, and the way out again."""

    use = "done"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not submissions.confirmation_of(self.submission):
            return unknown(request)
        given = promised.of(self.submission)
        over = given.kind != "none" and not given.path
        return self.page(
            "done",
            "over" if over else "done",
            promise=given,
            download_url=given.path,
            withdraw_url=self.withdraw_url(),
        )

    def withdraw_url(self) -> str:
        if not self.submission.ticked:
            return ""
        return links.path("withdraw", self.submission.uuid)
