"""What all pages for visitors share: no cookie, no trace, nothing for caches."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from wagtail_consent import conf, refusals, tokens, visitors
from wagtail_consent.refusals import Refusal

from ..confirmation import submissions
from ..models import Submission
from ..signup import gate

FOLDER = "wagtail_consent/optin"


@method_decorator(csrf_exempt, name="dispatch")
class VisitorView(View):
    """A page that knows its visitor by nothing but what the request says.

    Threat: CSRF rides on a cookie that the browser adds by itself. These pages drop
    every cookie, session and log-in before they look at a request, so that a foreign
    page can't do more than its author could from a machine of their own; a link's
    token is a secret that only the mailbox's owner has. No answer sets a cookie, may
    be kept, tells the next page where it came from, or shows up in a search engine.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        visitors.forget(request)
        if gate.is_too_large(request):
            response = refused(request, refusals.TOO_LARGE)
        else:
            response = self.answer(request, *args, **kwargs)
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        return visitors.private(response)

    def answer(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)


class TokenView(VisitorView):
    """A page behind a mailed link: GET and HEAD show, POST does."""

    use = ""

    def answer(self, request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            row = tokens.read(f"optin.{self.use}", token)
        except tokens.BadToken:
            return unknown(request)
        self.token = token
        return self.answer_row(request, row)

    def answer_row(self, request: HttpRequest, row: uuid.UUID) -> HttpResponseBase:
        try:
            self.submission = submissions.get(row)
        except submissions.Unknown:
            return gone(request)
        with translation.override(self.submission.language):
            return View.dispatch(self, request)

    def page(
        self, name: str, state: str, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = about(self.submission) | {"token": self.token, "state": state}
        return page(self.request, name, context | more, status)


def about(submission: Submission) -> dict[str, Any]:
    """Returns what a page may say of a submission: the form, never who sent it."""
    definition = submission.form.content
    return {
        "definition": definition,
        "controller": definition["controller"],
        "submission": {"uuid": submission.uuid, "reference": submission.reference},
        "privacy_url": definition["privacy"]["url"],
    }


def page(
    request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Renders a page of ours in the host site's base template."""
    language = translation.get_language() or ""
    context = {**context, "base_template": conf.get("BASE_TEMPLATE")}
    response = render(request, f"{FOLDER}/{name}.html", context, status=status)
    response["Content-Language"] = language
    return response


def refused(request: HttpRequest, why: Refusal) -> HttpResponse:
    """What was turned away, with the reason in words."""
    response = page(request, "refused", {"state": why.state}, why.status)
    if why is refusals.TOO_MANY:
        response["Retry-After"] = str(refusals.HOUR)
    return response


def unknown(request: HttpRequest) -> HttpResponse:
    """Forged, cut on its way, or made for another page.

    Django's LocaleMiddleware sends a 404 on to the same address below a language.
    Ours has none: it finds no languages in our own URLs, and lets the answer pass.
    """
    request.urlconf = "wagtail_consent.urls"
    return page(request, "unknown", {"state": "unknown"}, 404)


def gone(request: HttpRequest) -> HttpResponse:
    """A link of ours, whose data was deleted: disowned, purged or erased."""
    return page(request, "unknown", {"state": "gone"}, 410)
