"""Takes the pictures of the journey from the example site: `python docs/pictures.py`.

Needs what the tests need: the package with its `test` and `example` extras, and a
Chromium. Writes docs/images/*.webp.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.browser import ARGUMENTS  # noqa: E402
from tests.chromium import HOW_TO_GET, find  # noqa: E402
from tests.example import Example, until  # noqa: E402

IMAGES = HERE / "images"
WIDTH, HEIGHT, LOW = 1120, 760, 520
SHARPNESS = 1.5
QUALITY = 82

CENTRE = "it => it.scrollIntoView({block: 'center', behavior: 'instant'})"

EMAIL = "ann@example.org"


class Camera:
    """Writes what a page shows as a small picture."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def take(self, name: str, at: Locator | None = None, height: int = HEIGHT) -> None:
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        self.page.wait_for_load_state("networkidle")
        if at:
            at.first.evaluate(CENTRE)
        self.page.wait_for_load_state("networkidle")
        shot = self.page.screenshot(animations="disabled", caret="hide")
        save(name, shot)


def save(name: str, shot: bytes) -> None:
    path = IMAGES / f"{name}.webp"
    Image.open(io.BytesIO(shot)).convert("RGB").save(path, quality=QUALITY, method=6)
    print(f"{path.relative_to(HERE.parent)}: {path.stat().st_size // 1024} KB")


@contextmanager
def a_page() -> Iterator[Page]:
    path = find() or sys.exit(HOW_TO_GET)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, chromium_sandbox=not is_root
        )
        context = browser.new_context(locale="en-GB", device_scale_factor=SHARPNESS)
        page = context.new_page()
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def sign_up(camera: Camera, base: str) -> None:
    page = camera.page
    page.goto(f"{base}/en/guide/")
    page.get_by_role("button", name="Reject all").click()
    form = page.locator("section.consent-form")
    page.get_by_label(re.compile("e-?mail", re.I)).first.fill(EMAIL)
    camera.take("form", form, height=720)
    page.get_by_role("checkbox").check()
    form.locator("form [type=submit]").click()
    page.locator("[data-consent-sent]").wait_for()


def read_mail(camera: Camera, base: str) -> str:
    page = camera.page
    until(lambda: page.goto(f"{base}/mailbox/") and page.locator("main li").count())
    page.locator("main li a").first.click()
    camera.take("mail", height=820)
    return page.locator("a[href*='/confirm/']").first.get_attribute("href")


def confirm(camera: Camera, link: str) -> None:
    page = camera.page
    page.goto(link)
    camera.take("confirm", height=LOW)
    page.locator("main form button").first.click()
    page.locator("a[href*='/download/']").first.wait_for()
    camera.take("download", height=LOW)


def see_the_proof(camera: Camera, example: Example) -> None:
    page, base = camera.page, example.base
    page.goto(f"{base}/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "consent-demo")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{base}/admin/consent/contacts/?q={EMAIL}")
    page.get_by_role("row", name=EMAIL).get_by_role("link").first.click()
    camera.take("contact")


def edit_the_page(camera: Camera, base: str) -> None:
    page = camera.page
    page.goto(f"{base}/en/guide/")
    page.goto(f"{base}/admin/pages/{page_number(page)}/edit/")
    camera.take("editor", page.locator("[data-contentpath=boxes]"))


def page_number(page: Page) -> str:
    """Asks the user bar, which links to the editor."""
    link = page.locator("a[href*='/admin/pages/'][href$='/edit/']").first
    return re.search(r"/pages/(\d+)/", link.get_attribute("href"))[1]


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as state, a_page() as page:
        with Example(Path(state), {}).running() as example:
            camera = Camera(page)
            sign_up(camera, example.base)
            confirm(camera, read_mail(camera, example.base))
            see_the_proof(camera, example)
            edit_the_page(camera, example.base)


if __name__ == "__main__":
    main()
