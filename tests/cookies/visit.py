"""What browser tests of this room share: a site, a stranger, a watched page."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect

from tests import chromium
from tests.browser import ARGUMENTS
from tests.cookies import pages, world
from tests.cookies.stranger import Stranger
from wagtail_consent.cookies.gate import services as gated

WATCH = """
window.seen = {violations: [], shift: 0, changes: []};
document.addEventListener("securitypolicyviolation", (event) => {
  window.seen.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
document.addEventListener("site-choice:change", ({detail}) => {
  window.seen.changes.push(detail);
});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.seen.shift += entry.value;
  }
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Visit:
    """A site with a stranger's parts in it, and browsers that visit it."""

    url: str
    stranger: Stranger
    new_page: Callable[..., Page]
    requests: list[str] = field(default_factory=list)

    def opened(self, path: str = "/", **options: Any) -> Page:
        page = self.watched(self.new_page(**options))
        page.goto(self.url + path)
        return page

    def watched(self, page: Page) -> Page:
        page.add_init_script(WATCH)
        page.context.on("request", lambda request: self.requests.append(request.url))
        return page

    def again(self, page: Page, path: str = "/") -> Page:
        """Another page in the same browser."""
        other = page.context.new_page()
        other.add_init_script(WATCH)
        other.goto(self.url + path)
        return other

    def assert_quiet(self) -> None:
        """Not a byte went to another host, not even a connection was opened."""
        foreign = [it for it in self.requests if not it.startswith(self.url)]
        assert foreign == []
        assert self.stranger.connections == 0

    def body(self, text: str) -> None:
        pages.page["body"] = text.replace("STRANGER", self.stranger.url)

    def script(self, name: str, key: str = "figures") -> str:
        src = f'src="{self.stranger.url}/{name}"'
        return "{% consent_script '" + key + "' " + src + " %}{% endconsent_script %}"


@pytest.fixture
def visit(
    live_server: Any, settings: Any, new_page: Callable[..., Page]
) -> Iterator[Visit]:
    settings.ROOT_URLCONF = "tests.cookies.pages"
    gated.complain.cache_clear()
    with Stranger() as stranger:
        policy = f"default-src 'self'; script-src 'self' {stranger.url}; "
        policy += f"frame-src {stranger.url}; img-src 'self' {stranger.url}"
        pages.page.update(policy=policy)
        yield Visit(live_server.url, stranger, new_page)
    pages.page.clear()


@contextmanager
def launched(browser: Browser, *more: str, **options: Any) -> Iterator[Page]:
    """A page in a Chromium that is set up in another way than the tests' own."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    started = browser.browser_type.launch(
        executable_path=chromium.find(),
        args=[*ARGUMENTS, *more],
        chromium_sandbox=not is_root,
        **options,
    )
    yield started.new_page(locale="en-GB")
    started.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Its owner switched JavaScript off, so that it shows `noscript`."""
    with launched(browser, "--blink-settings=scriptEnabled=false") as page:
        yield page


@pytest.fixture
def two(visit: Visit) -> Visit:
    """A company with two services: statistics, and films."""
    world.site()
    world.service(
        hosts=["127.0.0.1"],
        stored=["_seen", {"name": "_seen.*", "kind": "local"}],
    )
    world.service("films", "media", hosts=["127.0.0.1"])
    visit.body(visit.script("cookie.js"))
    return visit


def cookie(page: Page, name: str = "site-choice") -> str:
    found = [it["value"] for it in page.context.cookies() if it["name"] == name]
    return found[0] if found else ""


def ran(page: Page) -> list[str]:
    return page.evaluate("window.ran || []")


def until(page: Page, expression: str) -> None:
    """Waits for something in a page, over its loads.

    Playwright's own way evaluates text inside the page, which a strict policy forbids.
    """
    for _attempt in range(600):
        try:
            if page.evaluate(f"Boolean({expression})"):
                return
        except Error:
            page.wait_for_load_state()
        page.wait_for_timeout(50)
    raise AssertionError(f"Never came true: {expression}")


def until_ran(page: Page, *names: str) -> None:
    until(page, f"{json.dumps(names)}.every((it) => window.ran?.includes(it))")


def logged(page: Page) -> None:
    """Waits until the server has confirmed the choice."""
    until(page, "document.cookie.match(/site-choice=\\S+\\.1(;|$)/)")


def button(page: Page, name: str) -> Any:
    return page.locator(".sc-banner").get_by_role("button", name=name)


def look(page: Page, name: str) -> None:
    """Keeps a picture where SCREENSHOTS says, for a person to look at."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def assert_accessible(page: Page, name: str, within: str = "html") -> None:
    look(page, name)
    results = Axe().run(page, context={"include": [within]})
    assert results.violations_count == 0, results.generate_report()


def banner(page: Page) -> Any:
    return page.locator(".sc-banner")


def settings_of(page: Page) -> Any:
    """Opens the settings by the link that is on every page."""
    page.locator("footer").get_by_role("link", name="Privacy settings").click()
    dialog = page.locator(".sc-settings")
    expect(dialog).to_be_visible()
    return dialog


def accepted(visit: Visit, **options: Any) -> Page:
    page = visit.opened(**options)
    button(page, "Accept all").click()
    until_ran(page, "cookie.js")
    logged(page)
    return page
