"""The form and the visitors' pages in a real browser."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.optin import stage as stages
from tests.optin.stage import Stage, questions
from wagtail_consent.optin.confirmation import links
from wagtail_consent.optin.models import Confirmation, Submission
from wagtail_consent.optin.publishing import placement
from wagtail_consent.optin.signup import rendering

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WATCH = """
window.seen = {violations: [], shift: 0};
document.addEventListener("securitypolicyviolation", (event) => {
  window.seen.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.seen.shift += entry.value;
  }
}).observe({type: "layout-shift", buffered: true});
"""
SIZES = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
FIELDS = questions(
    ("singleline", {"label": "Name", "help_text": "As on letters", "required": True}),
    ("phone", {"label": "Phone"}),
    ("company", {"label": "Company"}),
    ("country", {"label": "Country"}),
    ("radio", {"label": "Size of your house", "choices": "Small\nLarge"}),
    ("checkboxes", {"label": "What interests you?", "choices": "Roof\nWalls"}),
    ("multiline", {"label": "Anything else?"}),
)


@pytest.fixture
def stage(live_server: Any, settings: Any) -> Stage:
    settings.MIDDLEWARE = ["tests.optin.policy.strict", *settings.MIDDLEWARE]
    placement.forget()
    rendering._shown.cache_clear()
    return stages.build()


@pytest.fixture
def url(stage: Stage, live_server: Any) -> str:
    return live_server.url + stage.article(stage.guide(fields=FIELDS)).url


@pytest.fixture
def opened(new_page: Callable[..., Page]) -> Callable[..., Page]:
    def open(url: str, **options: Any) -> Page:
        page = new_page(**options)
        page.add_init_script(WATCH)
        page.goto(url)
        return page

    return open


def fill(page: Page, email: str = "ann@example.org") -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Name").fill("Ann")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


def look(page: Page, name: str) -> None:
    """Keeps a picture where SCREENSHOTS says, for a person to look at."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def assert_accessible(page: Page, name: str = "") -> None:
    look(page, name)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def focused(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.name || document.activeElement.tagName"
    )


def test_with_the_script_the_answer_takes_the_forms_place(
    url: str, opened: Callable[..., Page]
) -> None:
    page = opened(url)
    fill(page)
    page.get_by_role("checkbox", name="Yes, Ann & Sons Ltd").check()
    send(page)
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    assert page.url == url
    submission = Submission.objects.get()
    assert submission.data["name"] == "Ann"
    assert [box["purpose"] for box in submission.ticked] == ["newsletter"]
    assert page.evaluate("window.seen.violations") == []


def test_without_the_script_the_server_answers_with_a_page(
    url: str, opened: Callable[..., Page]
) -> None:
    page = opened(url, java_script_enabled=False)
    fill(page)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Please look into your mailbox"
    )
    assert "/consent/form/sent/" in page.url
    assert Submission.objects.get().ticked == []


def test_with_the_script_the_first_mistake_has_the_focus(
    url: str, opened: Callable[..., Page]
) -> None:
    page = opened(url)
    fill(page, email="ann")
    page.get_by_label("Name").fill("")
    page.get_by_label("Company").fill("Ann & Sons")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("2 answers need another look")
    assert focused(page) == "email"
    assert page.get_by_label("Company").input_value() == "Ann & Sons"
    fill(page)
    send(page)
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    assert Submission.objects.count() == 1


def test_without_the_script_mistakes_are_shown_and_can_be_put_right(
    url: str, opened: Callable[..., Page]
) -> None:
    """The answer says no-referrer, so the second POST has no Origin."""
    page = opened(url, java_script_enabled=False)
    fill(page, email="ann")
    send(page)
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Please enter an e-mail address").click()
    fill(page)
    send(page)
    expect(page.locator("[data-consent-sent]")).to_be_visible()
    assert Submission.objects.count() == 1


def test_the_keyboard_is_enough(url: str, opened: Callable[..., Page]) -> None:
    page = opened(url)
    page.get_by_label("E-mail address").focus()
    page.keyboard.type("ann@example.org")
    for text in ("Ann", "", "", ""):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    for _step in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "consent_newsletter"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    assert len(Submission.objects.get().ticked) == 1


def test_two_clicks_send_once(url: str, opened: Callable[..., Page]) -> None:
    page = opened(url)
    fill(page)
    page.get_by_role("button", name="Send").dblclick()
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    assert Submission.objects.count() == 1


def test_a_script_loaded_twice_sends_once(
    url: str, opened: Callable[..., Page]
) -> None:
    page = opened(url)
    page.add_script_tag(url="/static/wagtail_consent/optin.js")
    fill(page)
    send(page)
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    assert Submission.objects.count() == 1


def test_where_fetching_fails_the_browser_posts(
    url: str, opened: Callable[..., Page]
) -> None:
    page = opened(url)
    page.route(
        "**/consent/form/",
        lambda route: (
            route.abort()
            if route.request.resource_type == "fetch"
            else route.continue_()
        ),
    )
    fill(page)
    send(page)
    page.wait_for_url("**/consent/form/sent/**")
    assert Submission.objects.count() == 1


def test_while_it_is_sent_that_is_said(url: str, opened: Callable[..., Page]) -> None:
    page = opened(url)
    waiting: list[Any] = []
    page.route("**/consent/form/", lambda route: waiting.append(route))
    fill(page)
    send(page)
    expect(page.locator("[data-consent-status]")).to_have_text("Sending …")
    button = page.get_by_role("button", name="Send")
    expect(button).to_have_attribute("aria-disabled", "true")
    waiting[0].continue_()
    expect(page.locator("[data-consent-sent]")).to_be_focused()


def test_two_forms_on_a_page_leave_each_other_alone(
    stage: Stage, live_server: Any, opened: Callable[..., Page]
) -> None:
    placed = stage.article(stage.form(), stage.form(heading="Another"))
    page = opened(live_server.url + placed.url)
    first, second = (page.locator("form[data-consent-form]").nth(i) for i in (0, 1))
    second.get_by_label("E-mail address").fill("bob@example.org")
    first.get_by_label("E-mail address").fill("ann@example.org")
    first.get_by_role("checkbox").check()
    first.get_by_role("button").click()
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    remaining = page.locator("form[data-consent-form]")
    expect(remaining.get_by_label("E-mail address")).to_have_value("bob@example.org")
    [submission] = Submission.objects.all()
    assert submission.block_id == placed.body[0].id


def test_a_page_from_last_weeks_cache_still_works(
    stage: Stage, live_server: Any, opened: Callable[..., Page]
) -> None:
    """Promise 9: what was shown is recorded, not what the editor made of it since."""
    placed = stage.article(stage.form())
    page = opened(live_server.url + placed.url)
    placed.body[0].value["heading"] = "Changed meanwhile"
    placed.save_revision().publish()
    page.get_by_label("E-mail address").fill("ann@example.org")
    page.get_by_role("checkbox").check()
    send(page)
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    assert Submission.objects.get().form.content["heading"] == "News by e-mail"


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_form_is_accessible(
    url: str, opened: Callable[..., Page], width: int, scheme: str
) -> None:
    page = opened(url, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert_accessible(page, f"form-{width}-{scheme}")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page, f"form-mistakes-{width}-{scheme}")
    assert page.evaluate("window.seen.violations") == []


def test_nothing_moves_while_the_page_loads(
    url: str, opened: Callable[..., Page]
) -> None:
    page = opened(url)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.seen.shift") < 0.01


def test_at_400_percent_nothing_is_cut_off(
    url: str, opened: Callable[..., Page]
) -> None:
    """WCAG 1.4.10."""
    page = opened(url, viewport={"width": 320, "height": 256})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


@pytest.fixture
def submission(stage: Stage, url: str, opened: Callable[..., Page]) -> Submission:
    page = opened(url)
    fill(page)
    page.get_by_role("checkbox", name="Yes, Ann & Sons Ltd").check()
    send(page)
    expect(page.locator("[data-consent-sent]")).to_be_focused()
    return Submission.objects.get()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_visitors_pages_are_accessible(
    submission: Submission,
    live_server: Any,
    opened: Callable[..., Page],
    width: int,
    scheme: str,
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}

    def visit(name: str, path: str) -> Page:
        page = opened(live_server.url + path, **options)
        assert_accessible(page, f"{name}-{width}-{scheme}")
        assert page.evaluate("window.seen.violations") == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        return page

    visit("unknown", "/consent/confirm/forged/")
    visit("disown", links.path("disown", submission.uuid))
    visit("again", links.path("again", submission.uuid))
    page = visit("confirm", links.path("confirm", submission.uuid))
    page.get_by_role("button", name="Yes, I confirm").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert_accessible(page, f"done-{width}-{scheme}")
    visit("confirmed", links.path("confirm", submission.uuid))
    page = visit("withdraw", links.path("withdraw", submission.uuid))
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("withdrawn")
    assert_accessible(page, f"withdrawn-{width}-{scheme}")


@pytest.mark.slow
def test_a_scanner_that_runs_all_scripts_confirms_nothing(
    submission: Submission, live_server: Any, opened: Callable[..., Page]
) -> None:
    """Promise 3: ten seconds with every script running, and no POST."""
    page = opened("about:blank")
    methods: list[str] = []
    page.on("request", lambda request: methods.append(request.method))
    page.goto(live_server.url + links.path("confirm", submission.uuid))
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(10_000)
    assert set(methods) == {"GET"}
    assert not Confirmation.objects.exists()


def test_the_confirmation_has_one_big_button(
    submission: Submission, live_server: Any, opened: Callable[..., Page]
) -> None:
    page = opened(live_server.url + links.path("confirm", submission.uuid))
    [button] = page.get_by_role("button").all()
    box = button.bounding_box()
    assert box["height"] >= 44
    assert page.evaluate("document.forms.length") == 1
    assert json.dumps(page.content()).count("autofocus") == 0
