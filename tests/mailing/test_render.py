"""What a mail says, and what it can't be made to say."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.mailing.parts import BUTTON, DEFAULTS, SITE
from wagtail_consent.mailing import render
from wagtail_consent.models import Controller

COMPANY = Controller(
    name="Ann's <b>Gardens</b> & Sons",
    address="1 Long Lane\nOldtown",
    email="privacy@garden.example",
)
CONTEXT = {
    "button_url": BUTTON,
    "links": [("That wasn't me", f"{SITE}/consent/not-me/abc/")],
    "title": "Wood & <i>stone</i>",
    "days": 7,
}


def rendered(
    context: dict[str, Any] | None = None, language: str = "en", **content: str
) -> render.Rendered:
    return render.render(
        DEFAULTS | content,
        CONTEXT | (context or {}),
        controller=COMPANY,
        language=language,
        site_url=SITE,
    )


class Parsed(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_placeholders_are_filled() -> None:
    mail = rendered(subject="{title} from {company}", body="<p>{days} days</p>")
    assert mail.subject == "Wood & <i>stone</i> from Ann's <b>Gardens</b> & Sons"
    assert "7 days" in mail.html and "7 days" in mail.text


def test_what_is_filled_in_is_no_html() -> None:
    html = rendered(body="<p>{company}: {title}</p>", button="Get {title}").html
    assert "<i>" not in html and "<b>" not in html
    assert "Wood &amp; &lt;i&gt;stone&lt;/i&gt;" in html


def test_unknown_placeholders_stay_and_read_no_attributes() -> None:
    body = "<p>{name} {controller.pk} {company.__class__} {0}</p>"
    text = rendered(body=body).text
    assert "{name} {controller.pk} {company.__class__} {0}" in text


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\u2028", "\x0b"])
def test_a_subject_is_one_line(separator: str) -> None:
    subject = rendered(subject=f"Hello{separator}Bcc: x@example.net").subject
    assert subject == "Hello Bcc: x@example.net"


def test_the_button_is_a_link_and_stands_below_as_an_address() -> None:
    parsed = Parsed(rendered().html)
    links = [attrs["href"] for attrs in parsed.all("a")]
    assert links.count(BUTTON) == 2
    assert BUTTON in parsed.words


def test_a_mail_has_its_language_and_direction() -> None:
    assert '<html lang="en" dir="ltr">' in rendered().html
    assert '<html lang="ar-eg" dir="rtl">' in rendered(language="ar-eg").html
    assert '<html lang="he" dir="rtl">' in rendered(language="he").html


def test_a_mail_works_everywhere_and_loads_nothing() -> None:
    """No image that counts who opened it, no font, no script, no form."""
    html = rendered().html
    parsed = Parsed(html)
    for tag in ("img", "script", "link", "form", "iframe", "object", "base", "video"):
        assert not parsed.all(tag)
    assert "url(" not in html and "@import" not in html
    assert all(table["role"] == "presentation" for table in parsed.all("table"))
    assert parsed.all("table")[1]["style"].startswith("max-width:600px")
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r"\son[a-z]+=", html)


def test_every_link_is_one_of_ours() -> None:
    parsed = Parsed(rendered().html)
    allowed = {BUTTON, f"{SITE}/consent/not-me/abc/", "mailto:privacy@garden.example"}
    assert {attrs["href"] for attrs in parsed.all("a")} == allowed


def test_links_to_the_sites_own_pages_are_complete() -> None:
    body = '<p><a href="/en/privacy/">Privacy</a> <a href="//cdn.example/">x</a></p>'
    mail = rendered(body=body)
    assert f'href="{SITE}/en/privacy/"' in mail.html
    assert f"Privacy ({SITE}/en/privacy/)" in mail.text
    assert 'href="//cdn.example/"' in mail.html


def test_the_text_reads_well() -> None:
    assert rendered(body="<p>One.</p><ul><li>a</li><li>b</li></ul>").text == (
        "One.\n\n- a\n- b\n\nSay hello:\nhttps://www.example.com/consent/hello/abc/\n\n"
        "You did nothing? Then ignore this.\n\n"
        "That wasn't me:\nhttps://www.example.com/consent/not-me/abc/\n\n"
        "-- \nAnn's <b>Gardens</b> & Sons\n1 Long Lane\nOldtown\n"
        "privacy@garden.example\n"
    )


def test_a_mail_without_button_and_links_is_whole() -> None:
    mail = rendered({"button_url": "", "links": ()}, closing="")
    links = [attrs["href"] for attrs in Parsed(mail.html).all("a")]
    assert links == ["mailto:privacy@garden.example"]
    assert "\n\n\n" not in mail.text
    assert "Say hello" not in mail.text


def test_the_company_answers_for_the_mail() -> None:
    mail = rendered()
    for words in (mail.html, mail.text):
        assert "1 Long Lane" in words and "privacy@garden.example" in words


def test_the_layouts_own_words_are_in_the_mails_language() -> None:
    from django.utils import translation

    with translation.override("de"):
        assert "If the button doesn't work" in rendered().html.replace("&#x27;", "'")
