"""Mails in a real browser: narrow and wide, light and dark, readable by everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.mailing.test_render import rendered

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_mail_fits_and_is_accessible(
    new_page: Callable[..., Any], scheme: str, width: int, language: str
) -> None:
    size = {"width": width, "height": 800}
    page = new_page(viewport=size, color_scheme=scheme)
    page.set_content(rendered(language=language).html)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    card = page.locator(".card").bounding_box()
    assert card["width"] <= 600
    found = Axe().run(page)
    # A mail has no landmarks: its reader's page has them.
    rules = {each["id"] for each in found.response["violations"]}
    assert rules <= {"region", "landmark-one-main"}, found.generate_report()


def test_the_button_is_big_enough_for_a_thumb(new_page: Callable[..., Any]) -> None:
    """WCAG 2.2, 2.5.8 demands 24 pixels; a thumb likes 44."""
    page = new_page(viewport={"width": 360, "height": 800})
    page.set_content(rendered().html)
    box = page.locator("a.button").bounding_box()
    assert box["height"] >= 44 and box["width"] >= 44
