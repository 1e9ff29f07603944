from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from wagtail_consent.models import Suppression
from wagtail_consent.tokens import BadToken

from ..confirmation import disown
from .base import TokenView, VisitorView, page, unknown
from .confirm import see_other


class DisownView(TokenView):
    """“That wasn't me”: asked once more, so that no scanner says it."""

    use = "disown"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("disown", "ask")

    def post(self, request: HttpRequest) -> HttpResponse:
        return see_other(path_of(disown.disown(self.submission.uuid)))


class DisownedView(VisitorView):
    """What was done, and the button that takes it back."""

    def answer(self, request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            self.stopped = disown.read_token(token)
        except BadToken:
            return unknown(request)
        return super().answer(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        state = "undone" if self.stopped.lifted_at else "stopped"
        controller = {"name": self.stopped.controller.name}
        return page(request, "disown", {"state": state, "controller": controller})

    def post(self, request: HttpRequest) -> HttpResponse:
        disown.undo(self.stopped)
        return see_other(path_of(self.stopped))


def path_of(stopped: Suppression) -> str:
    token = disown.make_token(stopped)
    return reverse("wagtail_consent_optin:disowned", args=[token])
