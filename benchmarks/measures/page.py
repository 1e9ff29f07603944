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
from wagtail_consent.optin import placement, reference, rendering, shown, sources

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
    page = ArticlePage.objects.get(slug="guide")
    block, bare = _block(page), _bare(web.get(web.FORM).body.decode())
    assert bare() in block(), "Not the same form."

    def cold() -> None:
        forget()
        block()

    warm_s, bare_s = timing.medians([(block, bare)] * (WARM_UP + TIMES), WARM_UP)
    cold_s, again_s = timing.medians([(cold, bare)] * (WARM_UP + TIMES), WARM_UP)
    return {
        "warm_ms": warm_s * 1000,
        "cold_ms": cold_s * 1000,
        "bare_ms": bare_s * 1000,
        "ratio_warm": warm_s / bare_s,
        "ratio_cold": cold_s / again_s,
    }


def _block(page: ArticlePage) -> Callable[[], str]:
    """Returns what a page's template does with the block."""
    context: dict[str, Any] = {"page": page, "request": RequestFactory().get("/")}
    child = next(child for child in page.body if child.block_type == "lead_form")
    return lambda: str(child.render(context))


def _bare(body: str) -> Callable[[], str]:
    word = html.unescape(web.REFERENCE.search(body)[1])
    form_class = shown.get(reference.read(word).form).form
    return lambda: render_crispy_form(form_class(reference=word))
