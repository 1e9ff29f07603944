"""Every screen of the example site, in both languages, at two widths, light and dark:
axe finds nothing, and nothing runs past the right edge.

Set SCREENS to a folder to keep the pictures and look at them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.example import Example, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
FILMS_EN = ["cookies/", "blog/a-film-evening-between-boards/"]
FILMS_DE = ["cookies/", "blog/kino-zwischen-platten/"]
PAGES = {
    "en": ["", "guide/", "newsletter/", "privacy/", "blog/", *FILMS_EN],
    "de": ["", "ratgeber/", "newsletter/", "datenschutz/", "blog/", *FILMS_DE],
}
ADMIN = {
    "leads": "/admin/consent/leads/",
    "lead": "/admin/consent/leads/inspect/1/",
    "contacts": "/admin/consent/contacts/",
    "contact": "/admin/consent/contacts/inspect/1/",
    "record": "/admin/consent/contacts/1/withdraw/1/",
    "outbox": "/admin/consent/outbox/",
    "sending": "/admin/consent/sending/",
    "closed": "/admin/reports/closed-lead-forms/",
    "purposes": "/admin/snippets/wagtail_consent/purpose/",
    "purpose": "/admin/snippets/wagtail_consent/purpose/edit/1/",
    "wording": "/admin/snippets/wagtail_consent/wording/edit/1/",
    "services": "/admin/snippets/wagtail_consent_cookies/service/",
    "service": "/admin/snippets/wagtail_consent_cookies/service/edit/1/",
    "categories": "/admin/snippets/wagtail_consent_cookies/category/",
    "choices": "/admin/consent/choices/",
    "catalogue": "/admin/consent/catalogue/",
    "banner": "/admin/settings/wagtail_consent_cookies/cookiesettings/",
    "letter": "/admin/snippets/wagtail_consent_mailing/letter/edit/1/",
    "settings": "/admin/settings/wagtail_consent/consentsettings/",
}
SPEAK = """
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile
profile = UserProfile.get_for_user(get_user_model().objects.get(username="admin"))
profile.preferred_language = "{}"
profile.save()
"""
# Wagtail's rich text editor has no accessible name of its own, on any page.
OF_WAGTAIL = [".Draftail-Editor"]
LINK = re.compile(r'href="(https?://[^"]*/(?:confirm|not-me|again)/[^"]+)"')


class Camera:
    """Shows one address in every width and scheme, and lets axe look at it."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.mistakes: list[str] = []

    def look(
        self, name: str, url: str, within: str = "body", status: int = 200
    ) -> None:
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                answer = self.page.goto(url)
                label = f"{name}-{self.language}-{width}-{scheme}"
                if answer and answer.status == status:
                    self.judge(label, within)
                else:
                    self.mistakes.append(f"{label}: {answer and answer.status}")

    def judge(self, label: str, within: str) -> None:
        if folder := os.environ.get("SCREENS"):
            path = Path(folder) / f"{label}.png"
            self.page.screenshot(path=path, full_page=True)
        context = {"include": [within], "exclude": OF_WAGTAIL}
        for found in Axe().run(self.page, context=context).response["violations"]:
            nodes = [node["html"][:160] for node in found["nodes"]]
            self.mistakes.append(f"{label}: {found['id']} {nodes[:3]}")
        wide = "document.documentElement.scrollWidth - innerWidth"
        if (over := self.page.evaluate(wide)) > 0:
            self.mistakes.append(f"{label}: {over} px past the right edge")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Example]:
    with Example(tmp_path_factory.mktemp("screens"), {}).running() as example:
        yield example


def sign_up(page: Page, site: Example, language: str, email: str) -> list[str]:
    """Signs up and returns the links of the mail, once it has come."""
    page.goto(f"{site.base}/{language}/{PAGES[language][1]}")
    page.locator("[data-sc-choose='']").click()
    page.get_by_role("checkbox").check()
    page.locator("[name=email]").fill(email)
    page.locator("form[data-consent-form] [type=submit]").click()
    page.locator("[data-consent-sent]").wait_for()
    folder = Path(site.environ["EXAMPLE_STATE"]) / "mail"

    def links() -> list[str]:
        mails = [mail.read_text() for mail in sorted(folder.glob("*.eml"))]
        mine = [mail for mail in mails if f"To: {email}" in mail]
        plain = [re.sub("=\n", "", mail).replace("=3D", "=") for mail in mine]
        return [link for mail in plain for link in LINK.findall(mail)]

    return until(links)


@pytest.mark.parametrize("language", PAGES)
def test_what_visitors_see(
    site: Example, new_page: Callable[..., Page], language: str
) -> None:
    camera = Camera(new_page(locale=language), language)
    page = camera.page
    for path in PAGES[language]:
        name = path.strip("/").rpartition("/")[2] or "home"
        camera.look(name, f"{site.base}/{language}/{path}")
    links = sign_up(page, site, language, f"{language}@example.org")
    camera.look("choice", f"{site.base}/consent/site-choice/{language}/")
    for link in dict.fromkeys(links):
        camera.look(link.split("/")[-3], link)
    page.goto(next(link for link in links if "/confirm/" in link))
    page.locator("main form button").first.click()
    page.wait_for_url("**/done/**")
    camera.look("done", page.url)
    withdraw = page.locator("a[href*='/withdraw/']").get_attribute("href")
    camera.look("withdraw", site.base + withdraw)
    camera.look("unknown", f"{site.base}/consent/confirm/forged/", status=404)
    camera.look("mailbox", f"{site.base}/mailbox/")
    assert not camera.mistakes, "\n".join(camera.mistakes)


@pytest.mark.parametrize("language", PAGES)
def test_what_the_admin_sees(
    site: Example, new_page: Callable[..., Page], language: str
) -> None:
    camera = Camera(new_page(locale=language), language)
    page = camera.page
    links = sign_up(page, site, "en", f"staff-{language}@example.org")
    page.goto(next(link for link in links if "/confirm/" in link))
    page.locator("main form button").first.click()
    assert site.manage("shell", "--command", SPEAK.format(language)).returncode == 0
    page.goto(f"{site.base}/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "consent-demo")
    page.locator("form [type=submit]").click()
    page.wait_for_url("**/admin/")
    for name, path in ADMIN.items():
        camera.look(name, site.base + path, within="#main")
    assert not camera.mistakes, "\n".join(camera.mistakes)
