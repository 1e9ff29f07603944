from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import translation

from wagtail_consent import refusals
from wagtail_consent.models import Notice

from ..signup import gate, reference, shown, submit
from ..signup.reference import BadReference, Reference
from ..signup.shown import Definition, Shown
from .base import VisitorView, page, refused, unknown
from .confirm import see_other


class SubmitView(VisitorView):
    """Takes a form from a page that any cache may have kept for weeks.

    Threat, and why there is no CSRF token: such a page can hold none, and the visitor
    carries no cookie that a foreign page could ride on. What a foreign page could do
    is make its visitors sign up strangers: it is told by Sec-Fetch-Site and Origin
    (`gate`), the form itself is told by its signature, and no address is mailed more
    than three times a day, whoever asks. The answer is the same for every address:
    nothing here reads what is known of one.
    """

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if why := gate.refusal(request):
            return refused(request, why)
        try:
            return self.take(request, request.POST)
        except (BadReference, *refusals.BROKEN):
            return refused(request, refusals.UNREADABLE)
        except (Notice.DoesNotExist, IntegrityError):
            # A page from a cache may outlive the company that asked in it.
            return refused(request, gate.CLOSED)

    def take(self, request: HttpRequest, typed: QueryDict) -> HttpResponse:
        """Raises BadReference, Notice.DoesNotExist."""
        where = reference.read(typed.get("reference", ""))
        if where.preview and not shown.exists(where.form):
            return page(request, "sent", {"state": "preview"})
        form_shown = shown.get(where.form)
        with translation.override(form_shown.definition["language"]):
            form = form_shown.form(typed)
            if not form.is_valid():
                return mistakes(request, form_shown, form)
            if not where.preview and not typed.get("website"):
                submit.submit(form_shown, where, form.cleaned_data)
            return thanks(request, form_shown, where)


class SentView(VisitorView):
    """“Look into your mailbox”, for every address alike."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            where = reference.read(token)
            form_shown = shown.get(where.form)
        except (BadReference, Notice.DoesNotExist):
            return unknown(request)
        with translation.override(form_shown.definition["language"]):
            return sent(request, form_shown, where)


def about(definition: Definition) -> dict[str, Any]:
    return {
        "definition": definition,
        "controller": definition["controller"],
        "privacy_url": definition["privacy"]["url"],
    }


def thanks(request: HttpRequest, form_shown: Shown, where: Reference) -> HttpResponse:
    """A script that puts our answer in the form's place needs no second request."""
    if request.headers.get("X-Requested-With") == "fetch":
        return sent(request, form_shown, where)
    word = request.POST["reference"]
    return see_other(reverse("wagtail_consent_optin:sent", args=[word]))


def sent(request: HttpRequest, form_shown: Shown, where: Reference) -> HttpResponse:
    state = "preview" if where.preview else "sent"
    return page(request, "sent", about(form_shown.definition) | {"state": state})


def mistakes(request: HttpRequest, form_shown: Shown, form: Any) -> HttpResponse:
    """Shows the form again, as it was filled in, with what is wrong at each field."""
    return page(request, "retry", about(form_shown.definition) | {"form": form}, 422)
