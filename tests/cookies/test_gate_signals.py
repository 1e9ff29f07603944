"""Services that listen are told before their script comes, and at every change.

The vendors' scripts are stand-ins that keep what was in their queue when they came.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cookies import pages, stranger, world
from tests.cookies.visit import Visit, button, logged, until_ran, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["visit"]

DEPENDS = ("ad_personalization", "ad_storage", "ad_user_data", "analytics_storage")
QUEUES = {
    "google": "dataLayer",
    "uet": "uetq",
    "clarity": "clarity.q",
    "matomo": "_paq",
}
# A queue holds arrays, arguments objects, or plain words and objects.
PLAIN = (
    "JSON.parse(JSON.stringify(Array.from({}, (it) =>"
    " String(it) === '[object Arguments]' ? Array.from(it) : it)))"
)

for _how, _queue in QUEUES.items():
    stranger.FILES[f"/{_how}.js"] = (
        f"window.told = {PLAIN.format('window.' + _queue)};" + stranger.RAN
    )


def listening(visit: Visit, how: str, category: str = "statistics") -> None:
    world.service(how, category, signal=how, hosts="127.0.0.1")
    visit.body(visit.script(f"{how}.js", how))


def allowed(visit: Visit, how: str) -> Page:
    page = visit.opened()
    page.wait_for_load_state("networkidle")
    visit.assert_quiet()
    button(page, "Accept all").click()
    until_ran(page, f"{how}.js")
    return page


def told(page: Page) -> Any:
    return page.evaluate("window.told")


def queue(page: Page, how: str) -> Any:
    return page.evaluate(PLAIN.format(f"window.{QUEUES[how]}"))


def google(kind: str, *granted: str) -> list[Any]:
    names = (*DEPENDS, "functionality_storage", "personalization_storage")
    words = {name: "granted" if name in granted else "denied" for name in names}
    return ["consent", kind, words]


def test_google_hears_all_four_denied_first_and_then_what_is_allowed(
    visit: Visit,
) -> None:
    listening(visit, "google")
    page = allowed(visit, "google")
    assert told(page) == [google("default"), google("update", "analytics_storage")]


def test_advertising_grants_the_three_signals_on_it(visit: Visit) -> None:
    listening(visit, "google", "marketing")
    page = allowed(visit, "google")
    assert told(page) == [google("default"), google("update", *DEPENDS[:3])]


def test_a_returning_visitors_script_hears_the_same(visit: Visit) -> None:
    listening(visit, "google")
    page = allowed(visit, "google")
    logged(page)
    other = visit.again(page)
    until_ran(other, "google.js")
    assert told(other) == [google("default"), google("update", "analytics_storage")]


def test_a_change_is_told(visit: Visit) -> None:
    world.service("ads", "marketing", signal="google", hosts="127.0.0.1")
    listening(visit, "google")
    page = visit.opened()
    page.evaluate("siteChoice.load('google')")
    until_ran(page, "google.js")
    assert told(page) == [google("default"), google("update")]
    button(page, "Accept all").click()
    expect(page.locator(".sc-banner")).to_have_count(0)
    assert queue(page, "google")[2] == google("update", *DEPENDS)


def test_who_refuses_is_not_spoken_of(visit: Visit) -> None:
    listening(visit, "google")
    page = visit.opened()
    button(page, "Reject all").click()
    logged(page)
    assert page.evaluate("window.dataLayer") is None
    assert not [it for it in visit.requests if "signals" in it]
    visit.assert_quiet()


def test_one_who_does_not_listen_costs_nothing(visit: Visit) -> None:
    world.service(hosts="127.0.0.1")
    visit.body(visit.script("plain.js"))
    page = visit.opened()
    button(page, "Accept all").click()
    until_ran(page, "plain.js")
    assert not [it for it in visit.requests if "signals" in it]


def test_a_listening_script_stays_away_if_it_cannot_be_told(visit: Visit) -> None:
    listening(visit, "google")
    page = visit.opened()
    page.route("**/*signals*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        button(page, "Accept all").click()
    logged(page)
    visit.assert_quiet()


def test_uet_hears_denied_then_granted(visit: Visit) -> None:
    listening(visit, "uet", "marketing")
    page = allowed(visit, "uet")
    denied, granted = {"ad_storage": "denied"}, {"ad_storage": "granted"}
    calls = ["consent", "default", denied, "consent", "update", granted]
    assert told(page) == calls


def test_clarity_hears_its_two_signals(visit: Visit) -> None:
    listening(visit, "clarity")
    page = allowed(visit, "clarity")
    denied = {"ad_Storage": "denied", "analytics_Storage": "denied"}
    granted = {"ad_Storage": "denied", "analytics_Storage": "granted"}
    assert told(page) == [["consentv2", denied], ["consentv2", granted]]


def test_matomo_is_told_to_ask_and_then_that_it_may(visit: Visit) -> None:
    listening(visit, "matomo")
    page = allowed(visit, "matomo")
    assert told(page) == [["requireConsent"], ["setConsentGiven"]]


def test_code_of_a_listening_service_comes_after_it_was_told(visit: Visit) -> None:
    site = f"script-src 'self' 'nonce-abc' {visit.stranger.url}"
    pages.page["policy"] = f"default-src 'self'; {site}"
    world.service("google", signal="google", hosts="127.0.0.1")
    code = "window.at = dataLayer.length; (window.ran = []).push('code')"
    visit.body(
        "{% consent_script 'google' nonce='abc' %}" + code + "{% endconsent_script %}"
    )
    page = visit.opened()
    button(page, "Accept all").click()
    until_ran(page, "code")
    assert page.evaluate("window.at") == 2
