"""What waits in a page: in order, once, whatever it does, whenever it comes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cookies import pages, world
from tests.cookies.visit import (
    Visit,
    accepted,
    banner,
    button,
    logged,
    ran,
    settings_of,
    two,
    until,
    until_ran,
    visit,
)
from wagtail_consent.cookies.models import Choice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["two", "visit"]

OURS = "**/site-choice.js"
INLINE = (
    '<script type="text/plain" data-sc="figures" nonce="abc">ran.push("code")</script>'
)


def gated(visit: Visit, *names: str, more: str = "") -> Page:
    visit.body("".join(visit.script(name) for name in names) + more)
    page = visit.opened()
    button(page, "Accept all").click()
    return page


def test_scripts_run_in_the_order_of_the_page(two: Visit) -> None:
    pages.page["policy"] += "; script-src-elem 'self' 'nonce-abc' " + two.stranger.url
    more = INLINE + two.script("second.js")
    page = gated(two, "first.js", "plain.js", more=more)
    until_ran(page, "second.js")
    assert ran(page) == ["first.js", "plain.js", "code", "second.js"]
    assert page.evaluate("window.seen.violations") == []


def test_code_without_the_pages_nonce_does_not_run(two: Visit) -> None:
    page = gated(two, "first.js", "second.js", more=INLINE.replace("abc", "forged"))
    until_ran(page, "second.js")
    until(page, "window.seen.violations.length > 0")
    assert page.evaluate("window.seen.violations") == ["script-src-elem: inline"]
    assert ran(page) == ["first.js", "second.js"]


def test_a_script_that_throws_keeps_nothing_from_running(two: Visit) -> None:
    page = gated(two, "throws.js", "second.js")
    until_ran(page, "second.js")
    expect(banner(page)).to_have_count(0)
    logged(page)


def test_a_script_that_fails_to_load_keeps_nothing_from_running(two: Visit) -> None:
    two.body("{% consent_script 'figures' src='/missing.js' %}{% endconsent_script %}")
    page = gated(two, "second.js")
    until_ran(page, "second.js")


@pytest.mark.parametrize("inline", [False, True])
def test_a_script_that_writes_leaves_the_page_whole(two: Visit, inline: bool) -> None:
    pages.page["policy"] += "; script-src-elem 'self' 'nonce-abc' " + two.stranger.url
    writes = 'document.write("<p id=written>", "Written.</p>"); window.ran = ["code"]'
    code = INLINE.replace('ran.push("code")', writes)
    page = gated(two, "writes.js", more="") if not inline else gated(two, more=code)
    until_ran(page, "code" if inline else "writes.js")
    expect(page.get_by_role("heading", name="A page")).to_be_visible()
    assert page.locator("#written").count() == int(inline)


def test_what_other_scripts_insert_later_waits_too(two: Visit) -> None:
    two.body("")
    page = two.opened()
    insert = """(src) => {
      const script = document.createElement("script");
      script.type = "text/plain";
      Object.assign(script.dataset, {sc: "figures", scSrc: src});
      document.body.append(script);
    }"""
    page.evaluate(insert, two.stranger.url + "/first.js")
    page.wait_for_load_state("networkidle")
    two.assert_quiet()
    button(page, "Accept all").click()
    until_ran(page, "first.js")
    page.evaluate(insert, two.stranger.url + "/second.js")
    until_ran(page, "second.js")


def test_our_script_may_be_loaded_twice(two: Visit) -> None:
    two.body(two.script("first.js") + "{% consent_banner %}")
    page = two.opened()
    expect(banner(page)).to_have_count(1)
    button(page, "Accept all").click()
    until_ran(page, "first.js")
    logged(page)
    assert ran(page) == ["first.js"]
    assert Choice.objects.count() == 1


def test_where_our_script_is_blocked_nothing_loads_and_the_page_is_whole(
    two: Visit,
) -> None:
    page = two.watched(two.new_page())
    page.route(OURS, lambda route: route.abort())
    page.goto(two.url)
    expect(page.get_by_role("heading", name="A page")).to_be_visible()
    expect(banner(page)).to_have_count(0)
    two.assert_quiet()
    page.locator("footer").get_by_role("link", name="Privacy settings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy settings")


def test_an_embed_is_loaded_once_without_a_choice(two: Visit) -> None:
    page = with_embed(two)
    two.assert_quiet()
    page.get_by_role("button", name="Load once").click()
    expect(page.frame_locator("iframe").get_by_text("stranger's page")).to_be_visible()
    assert page.context.cookies() == []
    expect(banner(page)).to_be_visible()


def test_an_embed_is_always_loaded_and_the_rest_stays_undecided(two: Visit) -> None:
    page = with_embed(two)
    page.get_by_role("button", name="Always load Films").click()
    expect(page.frame_locator("iframe").get_by_text("stranger's page")).to_be_visible()
    logged(page)
    expect(banner(page)).to_be_visible()
    choice = Choice.objects.get()
    assert (choice.granted, choice.refused, choice.source) == (["films"], [], "embed")
    page.reload()
    expect(page.frame_locator("iframe").get_by_text("stranger's page")).to_be_visible()
    expect(banner(page)).to_be_visible()


def with_embed(visit: Visit) -> Page:
    visit.body(
        """<div class="sc-embed" data-sc-embed="films"><p>A film</p>
        <p hidden><button type="button" data-sc-once>Load once</button>
        <button type="button" data-sc-always>Always load Films</button></p>
        <template><iframe title="A film" src="STRANGER/film"></iframe></template>
        </div>"""
    )
    return visit.opened(viewport={"width": 1280, "height": 900})


def test_a_body_that_is_replaced_is_asked_anew(two: Visit) -> None:
    """As Turbo and htmx do it, without a new document."""
    page = two.opened()
    expect(banner(page)).to_be_visible()
    replace = """async () => {
      const html = await (await fetch("/other/")).text();
      const fresh = new DOMParser().parseFromString(html, "text/html");
      document.body.replaceWith(document.adoptNode(fresh.body));
    }"""
    page.evaluate(replace)
    expect(banner(page)).to_be_visible()
    button(page, "Accept all").click()
    until_ran(page, "cookie.js")
    page.evaluate("window.ran = []")
    page.evaluate(replace)
    until_ran(page, "cookie.js")
    expect(banner(page)).to_have_count(0)


def test_a_service_that_is_gone_runs_nowhere(two: Visit) -> None:
    page = accepted(two)
    service = world.Service.objects.get(key="figures")
    service.unpublish()
    world.offer.forget()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert ran(page) == []


def test_the_api_tells_and_loads(two: Visit) -> None:
    page = two.opened()
    page.evaluate("siteChoice.on((detail) => (window.told = detail))")
    assert page.evaluate("siteChoice.granted()") == []
    page.evaluate("siteChoice.load('figures')")
    until_ran(page, "cookie.js")
    assert not page.evaluate("siteChoice.allows('figures')")
    page.evaluate("siteChoice.open()")
    dialog: Any = page.locator(".sc-settings")
    dialog.get_by_role("checkbox", name="Figures").check()
    dialog.get_by_role("button", name="Save").click()
    until(page, "window.told")
    assert page.evaluate("window.told") == {
        "granted": ["figures"],
        "refused": ["films"],
    }
    assert page.evaluate("siteChoice.allows('figures')")


def test_the_settings_open_once(two: Visit) -> None:
    page = two.opened()
    settings_of(page)
    page.evaluate("siteChoice.open()")
    expect(page.locator(".sc-settings")).to_have_count(1)
