from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ..confirmation import confirm, links, submissions
from .base import TokenView


class ConfirmView(TokenView):
    """One big button. Only pressing it confirms; scanners that open the link don't."""

    use = "confirm"

    def get(self, request: HttpRequest) -> HttpResponse:
        if submissions.confirmation_of(self.submission):
            done = links.path("done", self.submission.uuid)
            return self.page("confirm", "confirmed", done_url=done)
        if submissions.is_expired(self.submission):
            return self.expired()
        disown = links.path("disown", self.submission.uuid)
        return self.page("confirm", "pending", disown_url=disown)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            confirm.confirm(self.submission.uuid)
        except submissions.Expired:
            return self.expired()
        return see_other(links.path("done", self.submission.uuid))

    def expired(self) -> HttpResponse:
        again = links.path("again", self.submission.uuid)
        return self.page("expired", "confirmation", status=410, again_url=again)


def see_other(path: str) -> HttpResponse:
    """Post/redirect/get: reloading the page that follows sends nothing again."""
    return HttpResponseRedirect(path, status=303)
