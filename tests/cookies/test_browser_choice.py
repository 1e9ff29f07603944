"""Promise 15: nothing before the choice, and a choice that is kept and withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cookies import world
from tests.cookies.visit import (
    Visit,
    accepted,
    banner,
    button,
    cookie,
    logged,
    plain,
    ran,
    settings_of,
    two,
    until,
    until_ran,
    visit,
)
from wagtail_consent.cookies.models import Choice, Service
from wagtail_consent.models import ConsentSettings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["plain", "two", "visit"]

LOOKS = """(it) => {
  const style = getComputedStyle(it);
  const names = ["backgroundColor", "color", "fontSize", "fontWeight", "borderWidth"];
  return names.map((name) => style[name]);
}"""


def test_nothing_before_the_choice(two: Visit) -> None:
    page = two.opened()
    expect(button(page, "Accept all")).to_be_visible()
    page.wait_for_load_state("networkidle")
    two.assert_quiet()
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("window.seen.violations") == []


def test_nothing_without_javascript(two: Visit, plain: Page) -> None:
    page = two.watched(plain)
    page.goto(two.url)
    notice = page.locator(".sc-notice")
    expect(notice).to_be_visible()
    notice.get_by_role("link").click()
    heading = page.get_by_role("heading", name="Privacy settings", level=1)
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Accept all").click()
    assert cookie(page).endswith(".1")
    page.goto(two.url)
    two.assert_quiet()
    assert Choice.objects.get().source == "plain"


def test_what_is_accepted_runs_and_is_kept(two: Visit) -> None:
    page = accepted(two)
    expect(banner(page)).to_have_count(0)
    choice = Choice.objects.get()
    assert (choice.granted, choice.source) == (["figures", "films"], "banner")
    other = two.again(page, "/other/")
    until_ran(other, "cookie.js")
    expect(banner(other)).to_have_count(0)
    assert ran(other) == ["cookie.js"]


def test_what_is_refused_stays_away_and_is_kept(two: Visit) -> None:
    page = two.opened()
    button(page, "Reject all").click()
    expect(banner(page)).to_have_count(0)
    logged(page)
    other = two.again(page, "/other/")
    expect(banner(other)).to_have_count(0)
    two.assert_quiet()
    assert Choice.objects.get().reference is None
    assert cookie(page).split(".")[3:] == ["", "figures~films", "", "", "1"]


@pytest.mark.parametrize("width", [320, 1280])
def test_rejecting_is_as_near_as_large_and_as_visible_as_accepting(
    two: Visit, width: int
) -> None:
    page = two.opened(viewport={"width": width, "height": 800})
    reject, accept = button(page, "Reject all"), button(page, "Accept all")
    one, other = reject.bounding_box(), accept.bounding_box()
    assert one["y"] == other["y"] and one["x"] < other["x"]
    assert one["width"] == pytest.approx(other["width"], abs=0.5)
    assert one["height"] == other["height"]
    assert one["height"] >= 44
    assert reject.evaluate(LOOKS) == accept.evaluate(LOOKS)


def test_the_first_layer_says_who_asks_for_what_and_how_to_withdraw(two: Visit) -> None:
    legal = ConsentSettings.objects.get(site=world.site())
    legal.privacy_page = legal.imprint_page = legal.site.root_page
    legal.save()
    world.site()
    text = banner(two.opened()).inner_text()
    assert "Ann & Bob's Ltd" in text
    assert "one other company" in text
    assert "Statistics, Media" in text
    assert "change your mind at any time" in text
    assert "Privacy policy" in text and "Imprint" in text


def test_single_services_are_chosen_in_the_settings(two: Visit) -> None:
    page = two.opened()
    button(page, "settings").click()
    dialog = page.locator(".sc-settings")
    expect(dialog).to_be_visible()
    assert dialog.get_by_role("checkbox", checked=True).count() == 0
    dialog.get_by_role("checkbox", name="Figures").check()
    dialog.get_by_role("button", name="Save").click()
    until_ran(page, "cookie.js")
    logged(page)
    expect(banner(page)).to_have_count(0)
    choice = Choice.objects.get()
    assert (choice.granted, choice.refused) == (["figures"], ["films"])
    assert choice.source == "settings"


def test_a_category_is_chosen_with_all_its_services(two: Visit) -> None:
    world.settings(granularity="categories")
    page = two.opened()
    dialog = settings_of(page)
    dialog.get_by_role("checkbox", name="Allow Statistics").check()
    dialog.get_by_role("button", name="Save").click()
    logged(page)
    assert Choice.objects.get().granted == ["figures"]


def test_withdrawing_stops_the_script_and_takes_what_it_left(two: Visit) -> None:
    page = accepted(two)
    assert cookie(page, "_seen") and cookie(page, "_own")
    reference = Choice.objects.get().reference
    two.stranger.paths.clear()
    dialog = settings_of(page)
    with page.expect_navigation():
        dialog.get_by_role("button", name="Reject all").click()
    logged(page)
    page.wait_for_load_state("networkidle")
    assert ran(page) == [] and two.stranger.paths == []
    assert not cookie(page, "_seen") and cookie(page, "_own")
    assert page.evaluate("Object.keys(localStorage)") == []
    rows = Choice.objects.order_by("pk").values_list("reference", "source", "granted")
    assert list(rows)[1:] == [(reference, "settings", [])]


def test_nothing_is_reloaded_where_nothing_ran(two: Visit) -> None:
    page = accepted(two)
    page.evaluate("document.body.dataset.mark = 'same'")
    dialog = settings_of(page)
    dialog.get_by_role("checkbox", name="Films").uncheck()
    dialog.get_by_role("button", name="Save").click()
    until(page, "window.seen.changes.at(-1).refused[0] === 'films'")
    assert page.evaluate("document.body.dataset.mark") == "same"


def test_other_tabs_learn_of_a_choice_and_of_its_withdrawal(two: Visit) -> None:
    page = two.opened()
    other = two.again(page, "/other/")
    button(page, "Accept all").click()
    until_ran(other, "cookie.js")
    expect(banner(other)).to_have_count(0)
    logged(page)
    dialog = settings_of(page)
    with other.expect_navigation():
        dialog.get_by_role("button", name="Reject all").click()
    other.wait_for_load_state("networkidle")
    assert ran(other) == []


def test_a_late_answer_does_not_bring_back_what_was_withdrawn(two: Visit) -> None:
    page = two.opened()
    held: list[Any] = []
    page.route("**/site-choice/**", lambda route: held.append(route))
    button(page, "Accept all").click()
    until(page, "document.cookie.includes('figures')")
    other = two.again(page)
    dialog = settings_of(other)
    dialog.get_by_role("checkbox", name="Films").uncheck()
    dialog.get_by_role("button", name="Save").click()
    logged(other)
    with page.expect_response("**/site-choice/**"):
        held[0].continue_()
    until(page, "/\\.figures\\.films\\./.test(document.cookie)")


def test_the_privacy_signal_of_a_browser_is_a_refusal(two: Visit) -> None:
    page = signalling(two)
    logged(page)
    expect(banner(page)).to_have_count(0)
    two.assert_quiet()
    choice = Choice.objects.get()
    assert (choice.source, choice.granted) == ("gpc", [])


def test_who_allows_something_in_spite_of_the_signal_is_heard(two: Visit) -> None:
    page = signalling(two)
    logged(page)
    settings_of(page).get_by_role("button", name="Accept all").click()
    until_ran(page, "cookie.js")
    page.reload()
    until_ran(page, "cookie.js")


def signalling(visit: Visit) -> Page:
    """A browser with Global Privacy Control, which this Chromium doesn't have."""
    page = visit.watched(visit.new_page(extra_http_headers={"Sec-GPC": "1"}))
    page.add_init_script("navigator.globalPrivacyControl = true")
    page.goto(visit.url)
    return page


def test_a_new_service_asks_again_and_is_named(two: Visit) -> None:
    page = accepted(two)
    world.service("maps", "media", name="World Maps")
    page.reload()
    expect(banner(page)).to_contain_text("New: World Maps")
    until_ran(page, "cookie.js")
    with page.expect_navigation():
        button(page, "Reject all").click()
    expect(banner(page)).to_have_count(0)


def test_a_corrected_text_asks_nobody(two: Visit) -> None:
    page = accepted(two)
    service = Service.objects.get(key="figures")
    text = service.texts.first()
    text.purpose = "Counts how often a page is read."
    service.texts = [text]
    world.publish(service)
    page.reload()
    until_ran(page, "cookie.js")
    expect(banner(page)).to_have_count(0)
