"""Promise 15: nothing before the choice, and a choice that is kept and withdrawn."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cookies.visitor import (
    Visit,
    button,
    cookie,
    logged,
    ran,
    two,
    until_ran,
    visit,
)
from wagtail_consent.cookies.models import Choice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["two", "visit"]


def test_nothing_before_the_choice(two: Visit) -> None:
    page = two.opened()
    expect(button(page, "Accept all")).to_be_visible()
    page.wait_for_load_state("networkidle")
    two.assert_quiet()
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("window.seen.violations") == []


def test_nothing_without_javascript(two: Visit) -> None:
    page = two.opened(java_script_enabled=False)
    expect(page.get_by_text("needs your consent")).to_be_visible()
    page.locator("noscript a, .sc-notice a").click()
    expect(
        page.get_by_role("heading", name="Privacy settings", level=1)
    ).to_be_visible()
    page.get_by_role("button", name="Accept all").click()
    assert cookie(page).endswith(".1")
    page.goto(two.url)
    two.assert_quiet()


def test_what_is_accepted_runs_and_is_kept(two: Visit) -> None:
    page = two.opened()
    button(page, "Accept all").click()
    until_ran(page, "cookie.js")
    expect(page.locator(".sc-banner")).to_have_count(0)
    logged(page)
    choice = Choice.objects.get()
    assert (choice.granted, choice.source) == (["figures", "films"], "banner")
    other = two.again(page, "/other/")
    until_ran(other, "cookie.js")
    expect(other.locator(".sc-banner")).to_have_count(0)
    assert ran(other) == ["cookie.js"]


def test_what_is_refused_stays_away_and_is_kept(two: Visit) -> None:
    page = two.opened()
    button(page, "Reject all").click()
    expect(page.locator(".sc-banner")).to_have_count(0)
    logged(page)
    other = two.again(page, "/other/")
    expect(other.locator(".sc-banner")).to_have_count(0)
    two.assert_quiet()
    assert Choice.objects.get().reference is None
    assert cookie(page).split(".")[3:] == ["", "figures~films", "", "", "1"]
