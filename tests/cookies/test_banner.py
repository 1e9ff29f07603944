"""What a page gets of the banner: the same for everybody, and harmless."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from wagtail.models import Site

from tests.cookies import world
from wagtail_consent.cookies import banner

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> HttpRequest:
    world.site()
    return RequestFactory().get("/")


def shown(request: HttpRequest, tag: str = "consent_banner") -> str:
    template = Template("{% load consent_cookies %}{% " + tag + " %}")
    return template.render(Context({"request": request}))


def attribute(text: str, name: str) -> Any:
    _, _, rest = text.partition(f"data-{name}='")
    return json.loads(html.unescape(rest.partition("'")[0]))


def test_nothing_is_asked_where_there_is_nothing_to_ask(asked: HttpRequest) -> None:
    world.service("basket", "necessary")
    assert shown(asked) == ""


def test_an_editor_s_preview_has_no_banner_unless_it_is_asked_for(
    asked: HttpRequest,
) -> None:
    world.service()
    asked.is_preview = True  # type: ignore[attr-defined]
    assert shown(asked) == ""
    assert "site-choice.js" in shown(asked, "consent_banner preview=True")


def test_without_a_request_there_is_nothing() -> None:
    assert (
        Template(
            "{% load consent_cookies %}{% consent_banner %}{% consent_settings_link %}"
        ).render(Context({}))
        == ""
    )


def test_a_warm_page_asks_the_database_nothing(
    asked: HttpRequest, django_assert_num_queries: Any
) -> None:
    world.service()
    first = shown(asked)
    another = RequestFactory().get("/", headers={"cookie": "site-choice=1"})
    # Wagtail has found the site before it serves a page.
    Site.find_for_request(another)
    with django_assert_num_queries(0):
        assert shown(another) == first


def test_a_hostile_name_stays_a_name(asked: HttpRequest) -> None:
    name = "</script><b onclick='x'>&amp;\""
    world.service(name=name, stored=[{"name": "a'><b>", "kind": "local"}])
    text = shown(asked)
    assert attribute(text, "services") == {"figures": ["statistics", name]}
    assert attribute(text, "stored") == {"local": {"a'><b>": ["figures"]}}
    assert "<b>" not in text and "<b " not in text and "onclick='" not in text


def test_the_script_hears_of_no_cookie_that_the_site_lives_by(
    asked: HttpRequest,
) -> None:
    own = ["sessionid", "csrf*", "site-choice", "django_language", "_ga*"]
    other = {"name": "fr", "domain": "elsewhere.example"}
    world.service(stored=[*own, other])
    assert attribute(shown(asked), "stored") == {"cookie": {"_ga*": ["figures"]}}


def test_the_cookie_lasts_as_long_as_the_site_says(asked: HttpRequest) -> None:
    world.service()
    world.settings(days=30, cookie_domain="example.com")
    request = RequestFactory(headers={"host": "www.example.com"}).get("/", secure=True)
    keeps = "Max-Age=2592000;Domain=example.com;Secure"
    assert f'data-keep=";Path=/;SameSite=Lax;{keeps}"' in shown(request)
    assert "Domain" not in shown(asked), "another host may not set it"


def test_the_link_leads_to_the_settings(asked: HttpRequest) -> None:
    link = shown(asked, "consent_settings_link")
    assert link == (
        '<a href="/consent/site-choice/en/" data-sc-open>Privacy settings</a>'
    )


def test_nothing_in_it_is_inline(asked: HttpRequest) -> None:
    world.service()
    text = banner.rendered(asked)
    assert not re.search(r"<style|<[^>]+ (style|on\w+)=", text)
    assert re.findall(r"<script[^>]*>([^<]*)</script>", text) == [""]
