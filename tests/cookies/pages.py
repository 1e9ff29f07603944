"""Pages of a site with a strict policy; a test says what their bodies hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from tests import urls
from wagtail_consent.cookies.views.choice import ChoiceView

# What a test puts there: the body's markup, the policy, the language, the head.
page: dict[str, str] = {}

DOCUMENT = """{% load consent_cookies %}<!doctype html>
<html lang="{{ language }}" dir="{{ direction }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page</title>HEAD</head><body><main><h1>A page</h1>
<p><a href="/other/" id="other">Another page</a> of a company.</p>BODY
</main><footer>{% consent_settings_link %}</footer>{% consent_banner %}</body></html>"""


def show(request: HttpRequest) -> HttpResponse:
    language = page.get("language", "en")
    text = DOCUMENT.replace("BODY", page.get("body", ""))
    text = text.replace("HEAD", page.get("head", ""))
    about = {"request": request, "language": language}
    about["direction"] = page.get("direction", "ltr")
    with translation.override(language):
        return HttpResponse(Template(text).render(Context(about)))


def strict(view: Callable[..., Any]) -> Callable[..., Any]:
    """The policy of a careful site, with those hosts that it declared.

    No middleware: the live server loaded its own before a test can say which.
    """

    def answered(request: HttpRequest, **arguments: Any) -> Any:
        response = view(request, **arguments)
        response["Content-Security-Policy"] = page["policy"]
        return response

    return csrf_exempt(answered)


CHOICE = "consent/site-choice/<str:language>/"

urlpatterns = [
    path("", strict(show)),
    path("other/", strict(show)),
    path(CHOICE, strict(ChoiceView.as_view())),
    *urls.urlpatterns,
]
