"""The privacy settings in a real browser, without JavaScript: on a phone and a desktop,
light and dark, from left to right.

Set SCREENS to a folder to keep the pictures and look at them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import need
from tests.cookies import world
from wagtail_consent.cookies import offer
from wagtail_consent.cookies.models import Choice

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
LONG = [
    {"name": "_fig", "lifetime": 2, "unit": "year"},
    {"name": "_fig_*", "lifetime": None, "unit": "session"},
    {"name": "fig", "domain": "t.figures.example", "kind": "cookie"},
    {"name": "https://figures.example/a-very-long-name/", "kind": "indexed"},
]


@pytest.fixture
def site(live_server: Any) -> Iterator[Any]:
    own = ["sessionid", "csrftoken"]
    world.service("login", "necessary", name="Log-in", stored=own)
    world.service("figures", name="Figures Analytics", stored=LONG)
    company = world.provider("Clips Worldwide Streaming Corporation", country="US")
    world.service("clips", "media", name="Clips", provider=company, stored=["_clip"])
    yield world.site()
    offer.forget()


@pytest.fixture
def plain(new_page: Callable[..., Page]) -> Page:
    """A browser without JavaScript."""
    return new_page(java_script_enabled=False)


def open_(page: Page, server: Any, language: str = "en") -> None:
    page.goto(f"{server.url}/consent/site-choice/{language}/")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("state", ["undecided", "decided"])
def test_it_looks_right(
    site: Any, live_server: Any, page: Page, language: str, state: str
) -> None:
    open_(page, live_server, language)
    if state == "decided":
        page.locator("[name=choice][value=all]").click()
        expect(page.get_by_role("status")).to_be_visible()
    page.locator("summary").first.click()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            look(page, f"{state}-{language}-{width}-{scheme}")


def look(page: Page, label: str) -> None:
    if folder := os.environ.get("SCREENS"):
        page.screenshot(path=Path(folder) / f"settings-{label}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    assert not [(it["id"], [n["html"] for n in it["nodes"]]) for it in found], label
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, label


@pytest.mark.browser
def test_rejecting_is_as_large_as_accepting(
    site: Any, live_server: Any, plain: Page
) -> None:
    """EDPB Cookie Banner Taskforce: same layer, size and weight."""
    open_(plain, live_server)
    reject = plain.locator("[name=choice][value=none]").bounding_box()
    accept = plain.locator("[name=choice][value=all]").bounding_box()
    assert reject and accept
    assert (reject["width"], reject["height"]) == (accept["width"], accept["height"])
    assert reject["y"] == accept["y"]


@pytest.mark.browser
def test_it_works_as_a_plain_form(site: Any, live_server: Any, plain: Page) -> None:
    open_(plain, live_server)
    assert not plain.context.cookies()
    plain.get_by_label("Clips").check()
    plain.get_by_role("button", name="Save my choice").click()
    expect(plain.get_by_role("status")).to_contain_text("Your choice is saved")
    expect(plain.get_by_label("Clips")).to_be_checked()
    expect(plain.get_by_label("Figures Analytics")).not_to_be_checked()
    assert [it["name"] for it in plain.context.cookies()] == ["site-choice"]
    assert Choice.objects.get().granted == ["clips"]


@pytest.mark.browser
def test_a_keyboard_is_enough(site: Any, live_server: Any, plain: Page) -> None:
    open_(plain, live_server)
    plain.get_by_label("Clips").focus()
    plain.keyboard.press("Space")
    plain.get_by_role("button", name="Save my choice").focus()
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("status")).to_be_visible()
    assert Choice.objects.get().granted == ["clips"]


@pytest.mark.browser
def test_the_receipt_is_downloaded_and_all_is_forgotten(
    site: Any, live_server: Any, plain: Page
) -> None:
    open_(plain, live_server)
    plain.get_by_role("button", name="Accept all").click()
    with plain.expect_download() as download:
        plain.get_by_role("button", name="Download the receipt").click()
    assert download.value.suggested_filename.endswith(".json")
    plain.get_by_role("button", name="Withdraw everything and delete it").click()
    expect(plain.get_by_label("Clips")).not_to_be_checked()
    expect(plain.get_by_text("Reference", exact=True)).to_have_count(0)
    assert not Choice.objects.exclude(reference=None).exists()


@pytest.mark.browser
def test_a_cookie_that_no_script_sees_is_deleted(
    site: Any, live_server: Any, plain: Page
) -> None:
    cookie = {"url": live_server.url, "value": "1", "httpOnly": True}
    names = ["_fig", "_fig_A1", "csrftoken", "basket"]
    plain.context.add_cookies([{"name": name, **cookie} for name in names])
    open_(plain, live_server)
    plain.get_by_role("button", name="Reject all").click()
    expect(plain.get_by_role("status")).to_be_visible()
    kept = {it["name"] for it in plain.context.cookies()}
    assert kept == {"site-choice", "csrftoken", "basket"}


def test_a_plain_post_withdraws(site: Any, live_server: Any) -> None:
    """With curl: no script, no page before, no token."""
    need(curl := shutil.which("curl"), "No curl found.")
    carried = "_fig=1; _fig_A1=1; sessionid=1; basket=1"
    command = [curl, "-s", "-D", "-", "-d", "choice=none", "-b", carried]
    done = subprocess.run(  # noqa: S603
        [*command, f"{live_server.url}/consent/site-choice/en/"],
        capture_output=True,
        text=True,
    )
    head = done.stdout.splitlines()
    set_ = [it.partition(":")[2].strip() for it in head if it.startswith("Set-C")]
    gone = {it.partition("=")[0] for it in set_ if "=; Max-Age=0" in it}
    assert head[0].split()[1] == "303"
    assert gone == {"_fig", "_fig_A1"}
    assert set_[-1].startswith("site-choice=1.")
