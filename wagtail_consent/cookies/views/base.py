"""What the room's addresses share: whose site it is, and what was turned away."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.http.request import split_domain_port
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Site

from wagtail_consent import conf, refusals, visitors
from wagtail_consent.refusals import (
    BROKEN,
    TOO_LARGE,
    TOO_MANY,
    UNREADABLE,
    Refusal,
)

from .. import offer as offers
from ..choice import cookie as note

FOLDER = "wagtail_consent/cookies"
# Hundreds of services are chosen from in less.
MOST_BYTES = 32 * 1024
GONE = Refusal(410, "gone")


@method_decorator(csrf_exempt, name="dispatch")
class VisitorView(View):
    """Knows its visitor by their own cookie alone, and needs no CSRF token.

    Threat: a foreign page could make its visitors allow something here. Their cookie
    doesn't travel with it (SameSite), and the request tells where it comes from
    (`origin`). Session and log-in are dropped, so no answer depends on them.
    """

    def dispatch(self, request: HttpRequest, language: str) -> HttpResponseBase:
        self.carried = request.COOKIES
        visitors.forget(request)
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        self.site = site
        self.offer = offers.current(site, language)
        with translation.override(self.offer.language):
            response = self.answer(request)
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        # With `no-referrer`, older browsers would call our own form's origin "null".
        return visitors.private(response, Referrer_Policy="same-origin")

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and (why := refusal(request)):
            return self.refused(why)
        try:
            return super().dispatch(request)
        except BROKEN:
            return self.refused(UNREADABLE)

    def url(self, name: str = "choice") -> str:
        return reverse(f"wagtail_consent_cookies:{name}", args=[self.offer.language])

    @property
    def host(self) -> str:
        return split_domain_port(self.request.get_host())[0]

    @property
    def cookie(self) -> note.Cookie | None:
        value = self.carried.get(note.NAME, "")
        return note.parse(value, time.time(), self.offer.days)

    @property
    def wants_json(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    @property
    def says_no(self) -> bool:
        """Global Privacy Control: the browser objects by itself."""
        return self.offer.gpc and self.request.headers.get("Sec-GPC") == "1"

    def refused(self, why: Refusal) -> HttpResponse:
        if self.wants_json:
            answer = {"logged": False, "error": why.state}
            response: HttpResponse = JsonResponse(answer, status=why.status)
        else:
            about = {"state": why.state, "settings_url": self.url()}
            response = self.page("refused", about, why.status)
        if why is TOO_MANY:
            response["Retry-After"] = str(refusals.HOUR)
        return response

    def page(
        self, name: str, context: Mapping[str, Any], status: int = 200
    ) -> HttpResponse:
        """Renders a page of ours in the host site's base template."""
        own = {"base_template": conf.get("BASE_TEMPLATE"), "offer": self.offer}
        response = render(
            self.request, f"{FOLDER}/{name}.html", own | context, status=status
        )
        response["Content-Language"] = self.offer.language
        return response


def refusal(request: HttpRequest) -> Refusal | None:
    """Returns why a POST is turned away, or None. Reads headers alone."""
    if visitors.length_of(request) > MOST_BYTES:
        return TOO_LARGE
    return refusals.of(request)


def is_within_limit(request: HttpRequest) -> bool:
    """Tells whether this network may have another choice logged in this hour."""
    limit = conf.get("CHOICES_PER_HOUR")
    return refusals.is_within_limit(request, "cookies.choice", limit)
