"""Promise 15 in a real browser: embeds, parts and code wait, under a strict policy."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from tests.cookies import pages, world
from tests.cookies.visit import (
    Visit,
    assert_accessible,
    button,
    cookie,
    logged,
    ran,
    until_ran,
    visit,
)
from wagtail_consent.cookies.models import Choice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["visit"]

URL = "https://films.example/watch?v=1"
BY_TAG = "{% load wagtailembeds_tags %}{% embed '" + URL + "' %}"
BY_RICH_TEXT = (
    '{% load wagtailcore_tags %}{% with text=\'<embed embedtype="media" '
    f'url="{URL}"/>\' %}}{{{{ text|richtext }}}}{{% endwith %}}'
)


@pytest.fixture
def films(visit: Visit) -> Visit:
    """A site with a service that sends films, and one that counts."""
    here = f"127.0.0.1:{visit.stranger.server_port}"
    world.service("films", "media", name="Films", hosts=here)
    world.service("figures", hosts="figures.example")
    embed(visit, '<iframe src="STRANGER/film" title="A film"></iframe>')
    visit.body(BY_TAG)
    return visit


def embed(visit: Visit, html: str) -> None:
    values = {"title": "The film", "type": "video", "url": URL}
    values["html"] = html.replace("STRANGER", visit.stranger.url)
    Embed.objects.update_or_create(hash=get_embed_hash(URL), defaults=values)


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    return page


def film(page: Page) -> Any:
    return page.frame_locator("iframe").get_by_text("A stranger's page")


def in_embed(page: Page, name: str) -> Any:
    return page.locator(".sc-embed").get_by_role("button", name=name)


@pytest.mark.parametrize("body", [BY_TAG, BY_RICH_TEXT])
def test_an_embed_waits_and_loads_once(films: Visit, body: str) -> None:
    films.body(body)
    page = settled(films.opened())
    films.assert_quiet()
    expect(page.locator(".sc-embed")).to_contain_text("Films (Figures Ltd, Ireland)")
    assert_accessible(page, "embed")
    in_embed(page, "Load once").click()
    expect(film(page)).to_be_visible()
    expect(page.locator(".sc-embed")).to_have_count(0)
    assert cookie(page) == "" and not Choice.objects.exists()
    assert page.evaluate("window.seen.violations") == []
    seen = films.stranger.connections
    other = settled(films.again(page))
    expect(in_embed(other, "Load once")).to_be_visible()
    assert films.stranger.connections == seen


def test_always_is_a_choice_for_this_service_alone(films: Visit) -> None:
    page = films.opened()
    in_embed(page, "Always load Films").click()
    expect(film(page)).to_be_visible()
    logged(page)
    choice = Choice.objects.get()
    assert (choice.granted, choice.source) == (["films"], "embed")
    other = films.again(page, "/other/")
    expect(film(other)).to_be_visible()


def test_who_refused_everything_may_still_load_one(films: Visit) -> None:
    page = films.opened()
    button(page, "Reject all").click()
    logged(page)
    settled(page)
    films.assert_quiet()
    in_embed(page, "Load once").click()
    expect(film(page)).to_be_visible()
    assert cookie(page).split(".")[3] == ""


def test_without_javascript_there_is_a_link(films: Visit) -> None:
    page = films.opened(java_script_enabled=False)
    place = page.locator(".sc-embed")
    expect(place.get_by_role("link", name="Open it at films.example")).to_be_visible()
    expect(place.get_by_role("button")).to_have_count(0)
    films.assert_quiet()


def test_an_unknown_host_never_loads(films: Visit) -> None:
    embed(films, '<iframe src="http://127.0.0.1:9/film"></iframe>')
    page = films.opened()
    button(page, "Accept all").click()
    logged(page)
    place = page.locator(".sc-embed")
    expect(place.get_by_role("link", name="Open it at films.example")).to_be_visible()
    expect(place.get_by_role("button")).to_have_count(0)
    assert page.locator("iframe").count() == 0
    films.assert_quiet()


def test_hostile_markup_loads_nothing_before_the_choice(films: Visit) -> None:
    out = "</template><img src='STRANGER/out'><script src='STRANGER/plain.js'></script>"
    embed(films, f"<p title='{out.replace(chr(39), '')}'>A</p>{out}<!-- --!>{out}")
    page = settled(films.opened())
    films.assert_quiet()
    in_embed(page, "Load once").click()
    until_ran(page, "plain.js")


def test_a_part_loads_once_it_is_allowed(films: Visit) -> None:
    films.body(
        "{% consent_part 'films' %}<img id=pixel src='STRANGER/pixel'>"
        "<script src='STRANGER/plain.js'></script>{% endconsent_part %}"
    )
    page = settled(films.opened())
    films.assert_quiet()
    with page.expect_request("**/pixel"):
        button(page, "Accept all").click()
    until_ran(page, "plain.js")
    assert page.locator("#pixel").count() == 1


def test_code_with_the_pages_nonce_runs_behind_its_script(films: Visit) -> None:
    policy = pages.page["policy"]
    with_nonce = policy.replace("script-src", "script-src 'nonce-abc'")
    pages.page["policy"] = with_nonce
    code = "{% consent_script 'films' nonce='abc' %}ran.push('code')"
    code += "{% endconsent_script %}"
    films.body(films.script("first.js", "films") + code)
    page = settled(films.opened())
    films.assert_quiet()
    button(page, "Accept all").click()
    until_ran(page, "code")
    assert ran(page) == ["first.js", "code"]


def test_code_without_the_pages_nonce_is_stopped_by_the_policy(films: Visit) -> None:
    code = "{% consent_script 'films' %}window.ran = ['code']{% endconsent_script %}"
    films.body(code + films.script("plain.js", "films"))
    page = films.opened()
    button(page, "Accept all").click()
    until_ran(page, "plain.js")
    assert ran(page) == ["plain.js"]


def test_code_that_writes_does_not_empty_the_page(films: Visit) -> None:
    pages.page["policy"] = ""
    embed(films, "<p>A</p><script>document.write('<b id=w>w</b>')</script>")
    Embed.objects.update(url=films.stranger.url)
    page = films.opened()
    in_embed(page, "Load once").click()
    expect(page.locator("#other")).to_be_visible()


def test_a_provider_that_is_down_leaves_the_page_whole(films: Visit) -> None:
    embed(films, "<img src='STRANGER/x'><script src='STRANGER/plain.js'></script>")
    page = settled(films.opened())
    films.stranger.__exit__()
    in_embed(page, "Load once").click()
    expect(page.locator("#other")).to_be_visible()
    expect(button(page, "Accept all")).to_be_enabled()


def test_the_table_is_the_same_for_everybody(films: Visit) -> None:
    films.body("{% consent_table %}")
    page = films.opened(java_script_enabled=False)
    page.get_by_role("link", name="See and change your choice").click()
    expect(
        page.get_by_role("heading", name="Privacy settings", level=1)
    ).to_be_visible()
