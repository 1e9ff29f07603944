"""What a lead form adds to a page."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from crispy_forms.utils import render_crispy_form
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from benchmarks import timing, web
from tests.testapp.models import ArticlePage
from wagtail_consent import notices
from wagtail_consent.optin.publishing import placement
from wagtail_consent.optin.signup import reference, rendering, shown, sources

TIMES, WARM_UP = 300, 20


def measure(contacts: int) -> dict[str, float]:
    web.get(web.PLAIN)
    web.get(web.FORM)
    answer = web.get(web.FORM)
    return {
        **_queries(),
        "cookies": len(answer.having("set-cookie")),
        "vary_cookie": sum(
            "cookie" in value.lower() for value in answer.having("vary")
        ),
        **_times(),
    }


def _queries() -> dict[str, float]:
    plain = _count(web.PLAIN)
    forget()
    cold, warm = _count(web.FORM), _count(web.FORM)
    return {
        "queries_plain": plain,
        "queries_more_cold": cold - plain,
        "queries_more_warm": warm - plain,
    }


def _count(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        web.get(path)
    return len(queries)


def forget() -> None:
    """Empties all that this process remembers of forms."""
    placement.forget()
    sources.forget()
    notices.forget()
    shown.get.cache_clear()
    rendering._shown.cache_clear()


def _times() -> dict[str, float]:
    form_class, word = _published()
    block = _block()
    ways = {
        "remembered": block,
        "rendered": lambda: rendering.form(form_class(reference=word)),
        "first": _first_time(block),
    }
    figures: dict[str, float] = {}
    for name, way in ways.items():
        seconds, bare = timing.medians(_pairs(way, form_class, word), WARM_UP)
        figures |= {f"{name}_ms": seconds * 1000, f"{name}_ratio": seconds / bare}
    return {**figures, "bare_ms": bare * 1000}


def _pairs(way: Callable[[], str], form_class: type, word: str) -> list[Any]:
    def bare() -> str:
        return render_crispy_form(form_class(reference=word))

    assert bare() in way(), "Not the same form."
    return [(way, bare)] * (WARM_UP + TIMES)


def _block() -> Callable[[], str]:
    """Returns what a page's template does with the block."""
    page = ArticlePage.objects.get(slug="guide")
    context: dict[str, Any] = {"page": page, "request": RequestFactory().get("/")}
    child = next(child for child in page.body if child.block_type == "lead_form")
    return lambda: str(child.render(context))


def _first_time(block: Callable[[], str]) -> Callable[[], str]:
    def first() -> str:
        forget()
        return block()

    return first


def _published() -> tuple[type, str]:
    """Returns the class of the page's form, and its signed reference."""
    word = html.unescape(web.REFERENCE.search(web.get(web.FORM).body.decode())[1])
    return shown.get(reference.read(word).form).form, word
