"""The tutorial, followed literally on a fresh project of the installed Wagtail."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.example import until
from tests.samples import DOCS
from tests.tutorial import PASSWORD, Reader, Section, sections

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TUTORIAL = DOCS / "tutorial" / "first-lead.md"
EMAIL = "ann@example.org"
PDF = {"name": "guide.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 guide"}
MAILED = re.compile(r"http://\S+/confirm/\S+")


class Steps:
    """The names that a section tells to press or to open, each used in its turn."""

    def __init__(self, section: Section) -> None:
        self._left = section.steps

    def take(self, name: str) -> str:
        assert self._left[:1] == [name], f"Next on the page: {self._left[:1]}"
        return self._left.pop(0)

    def end(self) -> None:
        assert not self._left, f"Nobody did: {self._left}"


class Admin:
    """An admin's hands: what they press is named on the page."""

    def __init__(self, page: Page, base: str, steps: Steps) -> None:
        self.page, self.base, self.steps = page, base, steps

    def log_in(self) -> None:
        self.page.goto(f"{self.base}/admin/")
        if "login" in self.page.url:
            self.page.fill("[name=username]", "admin")
            self.page.fill("[name=password]", PASSWORD)
            self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.locator(".sidebar")).to_be_visible()

    def open(self, name: str) -> None:
        """Open a menu item, or one in a submenu: *Settings › Sites*."""
        menu = self.page.locator(".sidebar")
        *above, last = self.steps.take(name).split(" › ")
        for label in above:
            menu.get_by_role("button", name=label, exact=True).click()
        menu.get_by_role("link", name=last, exact=True).click()

    def press(self, name: str) -> None:
        label = self.steps.take(name)
        button = self.page.get_by_role("button", name=label, exact=True)
        link = self.page.get_by_role("link", name=label, exact=True)
        button.or_(link).locator("visible=true").first.click()

    def choose(self, name: str) -> None:
        """Choose an entry of a list that was opened to choose from."""
        label = self.steps.take(name)
        self.dialog.get_by_role("link", name=label, exact=True).click()
        expect(self.dialog).to_have_count(0)

    def fill(self, name: str, text: str) -> None:
        label = self.steps.take(name)
        self.page.locator("main").get_by_label(label).fill(text)

    @property
    def dialog(self) -> Locator:
        return self.page.locator(".modal-body")

    def publish(self) -> None:
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish").click()
        expect(self.page.locator("main")).to_contain_text("published")


def publish_a_form(reader: Reader, section: Section, page: Page) -> None:
    admin = Admin(page, reader.base, steps := Steps(section))
    admin.log_in()
    set_the_port(admin, reader.port)
    upload(admin)
    write_the_privacy_policy(admin)
    choose_the_privacy_policy(admin)
    place_the_form(admin)
    steps.end()


def set_the_port(admin: Admin, port: int) -> None:
    admin.open("Settings › Sites")
    admin.press("localhost")
    admin.fill("Port", str(port))
    admin.press("Save")
    expect(admin.page.locator("main")).to_contain_text("updated")


def upload(admin: Admin) -> None:
    admin.open("Documents")
    admin.press("Add a document")
    admin.page.locator("input[type=file]").set_input_files(PDF)
    expect(admin.page.get_by_text("Upload successful").first).to_be_visible()


def write_the_privacy_policy(admin: Admin) -> None:
    admin.open("Pages › Home")
    admin.press("Add child page")
    title = admin.steps.take("Privacy policy")
    admin.page.wait_for_load_state()
    admin.page.get_by_placeholder("Page title").fill(title)
    admin.page.get_by_placeholder("Page title").blur()
    expect(admin.page.locator("[name=slug]")).to_have_value("privacy-policy")
    admin.publish()


def choose_the_privacy_policy(admin: Admin) -> None:
    admin.open("Settings › Consent")
    admin.press("Choose a page")
    admin.page.get_by_role("searchbox").or_(
        admin.page.locator(".modal #id_q")
    ).first.fill("Privacy policy")
    admin.choose("Privacy policy")
    admin.press("Save")
    expect(admin.page.locator("main")).to_contain_text("updated")


def place_the_form(admin: Admin) -> None:
    pages = admin.steps.take("Pages")
    home = admin.steps.take("Home")
    menu = admin.page.locator(".sidebar")
    menu.get_by_role("button", name=pages, exact=True).click()
    menu.get_by_role("link", name=f"Edit '{home}'").click()
    admin.page.wait_for_load_state()
    admin.page.get_by_role("button", name="Insert a block").first.click()
    name = admin.steps.take("Lead form")
    admin.page.get_by_role("option", name=name, exact=True).click()
    admin.press("Choose a document")
    admin.dialog.get_by_role("link", name="guide", exact=True).click()
    expect(admin.dialog).to_have_count(0)
    admin.steps.take("Consent boxes")
    admin.press("Add")
    admin.press("Choose purpose")
    admin.choose("Newsletter")
    admin.publish()


def be_the_visitor(reader: Reader, section: Section, page: Page) -> None:
    steps = Steps(section)
    page.goto(reader.base)
    page.get_by_label(steps.take("E-mail address")).fill(EMAIL)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=steps.take("Send")).click()
    expect(page.get_by_text("Please look into your mailbox").first).to_be_visible()
    page.goto(until(lambda: MAILED.search(reader.terminal()), reader.terminal)[0])
    page.get_by_role("button", name=steps.take("Yes, I confirm")).click()
    with page.expect_download() as started:
        page.get_by_role("link", name=steps.take("Download")).click()
    assert Path(started.value.path()).read_bytes() == PDF["buffer"]
    steps.end()


def see_the_proof(reader: Reader, section: Section, page: Page) -> None:
    admin = Admin(page, reader.base, steps := Steps(section))
    admin.log_in()
    admin.open("Consent › Leads")
    row(page).get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("by e-mail: Newsletter")
    admin.page.goto(f"{reader.base}/admin/")
    admin.open("Consent › Contacts")
    row(page).get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Permission was given")
    steps.end()


def row(page: Page) -> Locator:
    return page.get_by_role("row", name=EMAIL)


BY_HAND: dict[str, Callable[[Reader, Section, Page], None]] = {
    "4. Publish a form": publish_a_form,
    "5. Be the visitor": be_the_visitor,
    "6. See the proof": see_the_proof,
}
END = "Before you go live"


def test_the_tutorial_leads_to_a_confirmed_lead(page: Page, tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        for section in sections(TUTORIAL):
            for sample in section.samples:
                reader.follow(sample)
            if section.title in BY_HAND:
                BY_HAND[section.title](reader, section, page)
            else:
                assert section.title == END or not section.steps
        assert "True granted" in reader.printed["python manage.py shell"]
