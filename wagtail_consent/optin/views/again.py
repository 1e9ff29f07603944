from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..confirmation import again, links, submissions
from .base import TokenView
from .confirm import see_other

SENT = "sent"


class AgainView(TokenView):
    """A new mail for a link that came too late."""

    use = "again"

    def get(self, request: HttpRequest) -> HttpResponse:
        if submissions.confirmation_of(self.submission):
            done = links.path("done", self.submission.uuid)
            return self.page("again", "confirmed", done_url=done)
        return self.page("again", SENT if SENT in request.GET else "ask")

    def post(self, request: HttpRequest) -> HttpResponse:
        again.ask_again(self.submission.uuid)
        return see_other(f"{request.path}?{SENT}")
