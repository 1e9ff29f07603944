"""Bad input and bad luck in a browser: nothing loads that was not allowed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cookies import world
from tests.cookies.visit import (
    Visit,
    banner,
    button,
    cookie,
    launched,
    logged,
    settings_of,
    two,
    until,
    until_ran,
    visit,
)
from wagtail_consent.cookies.choice.cookie import base36
from wagtail_consent.cookies.models import Choice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["two", "visit"]

ENDPOINT = "**/site-choice/**"
DAY = 86400


def note(days: float = 0.0, **parts: str) -> str:
    """A visitor's cookie that is right, but for what a test changes."""
    made = base36(int(time.time() - days * DAY))
    whole = {
        "version": "1",
        "material": world.offer.current(world.site(), "en").material,
        "made": made,
        "granted": "figures~films",
        "refused": "",
        "reference": "a" * 32 if parts.get("granted") != "" else "",
        "secret": "b" * 32 if parts.get("granted") != "" else "",
        "logged": "1",
    }
    return ".".join((whole | parts).values())


def jar(visit: Visit, value: str) -> Any:
    return {"name": "site-choice", "value": value, "url": visit.url}


def with_cookie(visit: Visit, value: str) -> Page:
    page = visit.watched(visit.new_page())
    page.context.add_cookies([jar(visit, value)])
    page.goto(visit.url)
    return page


def test_a_good_note_is_believed(two: Visit) -> None:
    page = with_cookie(two, note())
    until_ran(page, "cookie.js")
    expect(banner(page)).to_have_count(0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: "",
        lambda: "forged",
        lambda: note(version="2"),
        lambda: note(logged="2"),
        lambda: note(made="zzzzzzzz"),
        lambda: note(made=""),
        lambda: note(granted="figures<script>"),
        lambda: note(granted="figures", refused="figures~films"),
        lambda: note()[:-2],
        lambda: note() + ".1",
        lambda: note(granted="figures~" + "x" * 3072),
        lambda: note(days=-2),
        lambda: note(days=183),
        lambda: note(days=3650),
    ],
)
def test_a_wrong_note_allows_nothing(two: Visit, wrong: Any) -> None:
    page = with_cookie(two, wrong())
    page.wait_for_load_state("networkidle")
    two.assert_quiet()


def test_who_keeps_no_cookies_chooses_for_this_page(two: Visit) -> None:
    page = two.watched(two.new_page())
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setDocumentCookieDisabled", {"disabled": True})
    page.goto(two.url)
    button(page, "Accept all").click()
    until_ran(page, "cookie.js")
    expect(banner(page)).to_have_count(0)


def test_a_choice_that_the_log_missed_is_sent_from_the_next_page(two: Visit) -> None:
    page = two.opened()
    page.route(ENDPOINT, lambda route: route.abort())
    button(page, "Accept all").click()
    until_ran(page, "cookie.js")
    assert cookie(page).endswith(".0") and not Choice.objects.exists()
    later = page.context.new_page()
    later.clock.set_fixed_time(time.time() + 60)
    later.goto(two.url)
    logged(later)
    assert Choice.objects.get().granted == ["figures", "films"]


def test_a_log_that_is_slow_holds_nobody_up(two: Visit) -> None:
    page = two.opened()
    held: list[Any] = []
    page.route(ENDPOINT, lambda route: held.append(route))
    button(page, "Accept all").click()
    until_ran(page, "cookie.js")
    expect(banner(page)).to_have_count(0)
    until(page, "document.cookie.includes('figures~films')")
    for route in held:
        route.abort()


def test_settings_that_do_not_come_are_a_page(two: Visit) -> None:
    page = two.opened()
    page.route("**/*part=form", lambda route: route.abort())
    button(page, "settings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy settings")


def test_what_was_chosen_on_an_old_page_is_proven_by_what_it_showed(two: Visit) -> None:
    then = world.offer.store(world.site(), "en")
    old = two.new_page().request.get(two.url).text()
    world.service("maps", "media", name="World Maps")
    page = two.watched(two.new_page())
    page.route(two.url + "/", lambda route: route.fulfill(body=old))
    page.goto(two.url)
    button(page, "Accept all").click()
    logged(page)
    choice = Choice.objects.get()
    assert (choice.revision, choice.granted) == (then, ["figures", "films"])
    fresh = two.again(page, "/other/")
    expect(banner(fresh)).to_contain_text("New: World Maps")


def test_a_page_that_comes_back_has_heard_of_a_withdrawal(
    two: Visit, browser: Browser
) -> None:
    """From the browser's back/forward cache, with everything that ran in it."""
    keeps = {"ignore_default_args": ["--disable-back-forward-cache"]}
    came_back: list[bool] = []
    with launched(browser, **keeps) as page:
        page.expose_function("cameBack", lambda it: came_back.append(it))
        page.add_init_script(
            "addEventListener('pageshow', (it) => cameBack(it.persisted))"
        )
        two.watched(page).goto(two.url)
        page.context.add_cookies([jar(two, note(days=1))])
        page.goto(two.url + "/")
        until_ran(page, "cookie.js")
        page.goto(two.url + "/other/")
        page.context.add_cookies([jar(two, note(granted="", refused="figures~films"))])
        page.go_back(wait_until="commit")
        until(page, "!window.ran")
        assert True in came_back


def test_a_cookie_of_a_sub_page_goes_too(two: Visit) -> None:
    """Only its own path deletes a cookie, and the server is not shown it."""
    two.body("")
    page = two.opened("/other/")
    page.evaluate("document.cookie = '_seen=1;path=/other/'")
    page.evaluate("document.cookie = '_seen=1;path=/other'")
    button(page, "Reject all").click()
    logged(page)
    assert cookie(page, "_seen") == ""


def test_the_site_s_own_cookie_stays_whatever_is_declared(two: Visit) -> None:
    world.service("greedy", "marketing", stored=["csrftoken", "session*", "_seen"])
    page = two.opened()
    page.evaluate("document.cookie = 'csrftoken=1;path=/'")
    page.evaluate("document.cookie = 'sessionid=1;path=/'")
    button(page, "Reject all").click()
    logged(page)
    assert cookie(page, "csrftoken") == "1" and cookie(page, "sessionid") == "1"


def test_what_a_service_that_stays_declares_too_stays(two: Visit) -> None:
    world.service("greedy", "marketing", stored=["_seen"])
    two.body("")
    page = two.opened()
    page.evaluate("document.cookie = '_seen=1;path=/'")
    dialog = settings_of(page)
    dialog.get_by_role("checkbox", name="Figures").check()
    dialog.get_by_role("button", name="Save").click()
    logged(page)
    assert cookie(page, "_seen") == "1"
    settings_of(page).get_by_role("button", name="Reject all").click()
    logged(page)
    until(page, "!document.cookie.includes('_seen')")
