"""What the privacy settings show before anything is chosen; reading changes nothing."""

from __future__ import annotations

import re

import pytest

from tests.cookies import world
from tests.cookies.visitor import Visitor, the_choice, ticked
from wagtail_consent.cookies.models import BannerRevision, Choice

pytestmark = pytest.mark.django_db


# What is shown.


def test_all_is_told_before_the_choice(visitor: Visitor) -> None:
    html = visitor.get().content.decode()
    for words in [
        "Figures",
        "figures counts visits.",
        "Figures Ltd, Ireland",
        "https://figures.example/privacy",
        "_fig_*",
        "2 years",
        "Ann &amp; Bob&#x27;s Ltd",
        "Always on",
    ]:
        assert words in html


def test_no_box_is_ticked_and_none_is_there_for_what_is_necessary(
    visitor: Visitor,
) -> None:
    response = visitor.get()
    assert not ticked(response)
    assert b'value="login"' not in response.content


def test_rejecting_is_a_button_like_accepting(visitor: Visitor) -> None:
    """EDPB Cookie Banner Taskforce; CNIL."""
    html = visitor.get().content.decode()
    buttons = re.findall(
        r'<button class="(.+?)" type="submit" name="choice" value', html
    )
    assert buttons == ["sc-button"] * 3


def test_the_page_speaks_the_languages_of_its_address(visitor: Visitor) -> None:
    visitor.language = "de"
    response = visitor.get()
    assert response["Content-Language"] == "de"
    assert "figures zählt Besuche." in response.content.decode()


def test_a_language_that_is_not_spoken_shows_the_default_one(visitor: Visitor) -> None:
    visitor.language = "tlh"
    response = visitor.get()
    assert response["Content-Language"] == "en"
    assert b'action="/consent/site-choice/en/"' in response.content


def test_the_form_alone_for_the_dialog(visitor: Visitor) -> None:
    html = visitor.get("?part=form").content.decode().strip()
    assert html.startswith('<form class="sc-form"') and html.endswith("</form>")


def test_by_categories_there_is_a_box_for_each(visitor: Visitor) -> None:
    world.settings(visitor.site, granularity="categories")
    html = visitor.get().content.decode()
    assert re.findall(r'name="(\w+)" value="(\w+)">', html)
    assert 'name="service"' not in html
    visitor.choose("some", category="media")
    assert the_choice().granted == ["clips"]
    assert ticked(visitor.get()) == {"media"}


def test_nothing_that_an_editor_writes_is_markup(visitor: Visitor) -> None:
    world.service("evil", name="<script>x</script>", stored=["<b>*"])
    html = visitor.get().content.decode()
    assert "<script" not in html and "<b>" not in html


def test_nothing_inline_and_nothing_from_elsewhere(visitor: Visitor) -> None:
    """Promise 16: a strict CSP passes."""
    html = visitor.get().content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|src=", html)


def test_nobody_keeps_the_page(visitor: Visitor) -> None:
    for response in [visitor.get(), visitor.choose("none")]:
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_changes_nothing(visitor: Visitor, method: str) -> None:
    """Promise 3."""
    before = BannerRevision.objects.count()
    for ending in ["", "?choice=all", "?part=form&saved", "receipt/", "forget/"]:
        response = visitor.request(method, visitor.url + ending, {}, {"sec-gpc": "1"})
        assert not response.cookies
    assert not Choice.objects.exists()
    assert BannerRevision.objects.count() == before
