"""Promise 16: seen by everybody, in any browser, without a shift or a violation.

Set SCREENSHOTS to a folder to keep the pictures and look at them.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cookies import eight, pages
from tests.cookies.visit import (
    Visit,
    assert_accessible,
    banner,
    button,
    look,
    settings_of,
    until,
    visit,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["visit"]

TEXT = "<p>Long text of a page that goes on below the banner.</p>" * 40
OVER = "document.scrollingElement.scrollWidth - innerWidth"
INSIDE = """(it) => {
  const box = it.getBoundingClientRect();
  const fits = box.right <= innerWidth && box.bottom <= innerHeight;
  return fits && box.left >= 0 && box.top >= 0;
}"""
WAYS: list[tuple[str, dict[str, Any]]] = [
    ("phone", {"viewport": {"width": 360, "height": 740}}),
    ("phone-dark", {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}),
    ("desktop", {"viewport": {"width": 1280, "height": 900}}),
    (
        "desktop-dark",
        {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    ),
    ("forced", {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"}),
    # 1280 px at 400 %.
    ("zoomed", {"viewport": {"width": 320, "height": 225}}),
]


@pytest.fixture
def full(visit: Visit) -> Visit:
    eight.build()
    visit.body(TEXT)
    scheme = '<meta name="color-scheme" content="light dark">'
    pages.page["head"] = scheme
    return visit


@pytest.mark.parametrize("layout", ["box", "bar", "modal"])
@pytest.mark.parametrize(("name", "options"), WAYS)
def test_the_banner(full: Visit, layout: str, name: str, options: Any) -> None:
    eight.world.settings(layout=layout)
    page = full.opened(**options)
    assert banner(page).evaluate(INSIDE)
    assert_accessible(page, f"{layout}-{name}", ".sc-banner")
    assert page.evaluate(OVER) <= 0
    assert page.evaluate("window.seen.violations") == []
    button(page, "Reject all").click()
    expect(banner(page)).to_have_count(0)


@pytest.mark.parametrize(("name", "options"), WAYS)
def test_the_settings(full: Visit, name: str, options: Any) -> None:
    page = full.opened(**options)
    button(page, "settings").click()
    dialog = page.locator(".sc-settings")
    expect(dialog.get_by_role("checkbox")).to_have_count(8)
    assert_accessible(page, f"settings-{name}", ".sc-settings")
    assert page.evaluate(OVER) <= 0
    assert dialog.evaluate("(it) => it.scrollWidth <= it.clientWidth")
    assert page.evaluate("window.seen.violations") == []


@pytest.mark.parametrize("layout", ["box", "bar", "modal"])
def test_from_right_to_left_and_in_german(full: Visit, layout: str) -> None:
    eight.world.settings(layout=layout)
    pages.page.update(language="de", direction="rtl")
    page = full.opened(viewport={"width": 1280, "height": 900})
    assert banner(page).evaluate(INSIDE)
    assert_accessible(page, f"{layout}-rtl-de")


def test_nothing_shifts_and_few_elements_come(full: Visit) -> None:
    count = "document.querySelectorAll('*').length"
    page = full.opened()
    expect(banner(page)).to_be_visible()
    page.wait_for_load_state("networkidle")
    with_banner = page.evaluate(count)
    assert page.evaluate("window.seen.shift") == 0
    eight.Service.objects.update(live=False)
    eight.world.offer.forget()
    assert with_banner - full.again(page).evaluate(count) <= 40


def test_nothing_blocks_rendering(full: Visit) -> None:
    page = full.opened()
    blocking = """performance.getEntriesByType("resource")
      .filter((it) => it.renderBlockingStatus === "blocking").length"""
    assert page.evaluate(blocking) == 0
    assert len(full.requests) == 2, "the page and the script"


def test_paper_shows_no_banner(full: Visit) -> None:
    page = full.opened()
    expect(banner(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(banner(page)).to_be_hidden()
    look(page, "print")


@pytest.mark.parametrize("layout", ["box", "modal"])
def test_the_keyboard_comes_to_the_banner_first(full: Visit, layout: str) -> None:
    eight.world.settings(layout=layout)
    page = full.opened()
    expect(banner(page)).to_be_visible()
    names = []
    for _ in range(5):
        if layout == "box" or names:
            page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent"))
    assert "Reject all" in names and "Accept all" in names
    page.locator(".sc-banner [data-sc-choose='']").focus()
    look(page, f"{layout}-focus")
    page.keyboard.press("Enter")
    expect(banner(page)).to_have_count(0)


@pytest.mark.parametrize("layout", ["box", "modal"])
def test_escape_chooses_nothing(full: Visit, layout: str) -> None:
    eight.world.settings(layout=layout)
    page = full.opened()
    button(page, "Reject all").focus()
    page.keyboard.press("Escape")
    expect(banner(page)).to_be_hidden()
    assert page.context.cookies() == []
    page.reload()
    expect(banner(page)).to_be_visible()


def test_the_settings_give_the_focus_back(full: Visit) -> None:
    full.body("")
    page = full.opened(viewport={"width": 1280, "height": 900})
    settings_of(page)
    assert focused(page).startswith("Close")
    page.keyboard.press("Escape")
    expect(page.locator(".sc-settings")).to_have_count(0)
    assert focused(page) == "Privacy settings"
    assert page.context.cookies() == []


def test_enter_in_the_settings_saves_what_is_ticked(full: Visit) -> None:
    full.body("")
    page = full.opened(viewport={"width": 1280, "height": 900})
    settings_of(page).get_by_role("checkbox", name="Matomo").check()
    page.keyboard.press("Enter")
    expect(page.locator(".sc-settings")).to_have_count(0)
    assert page.evaluate("siteChoice.granted()") == ["matomo"]


def test_what_has_the_focus_is_not_hidden_below_the_banner(full: Visit) -> None:
    """WCAG 2.4.11: a link in view, but under the banner, is scrolled out of there."""
    eight.world.settings(layout="bar")
    line = "<p>A line.</p>"
    full.body(line * 14 + '<p><a id="low" href="/">Low</a></p>' + line * 40)
    page = full.opened(viewport={"width": 1280, "height": 700})
    covered = """(banner) => {
      const low = document.querySelector("#low").getBoundingClientRect();
      return low.bottom > banner.getBoundingClientRect().top;
    }"""
    assert banner(page).evaluate(covered)
    page.locator("#low").evaluate("(it) => it.focus()")
    until(page, "scrollY > 0")
    assert not banner(page).evaluate(covered)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent")
