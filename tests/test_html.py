"""Editors' HTML is sanitised when it is written, and reads well as plain text."""

import pytest

from tests.optin.stage import home_page
from wagtail_consent.html import clean, plain

ATTACKS = {
    "<script>alert(1)</script>Hi": "Hi",
    "<SCRIPT src=//evil.example></SCRIPT >Hi": "Hi",
    "<style>p { color: red }</style>Hi": "Hi",
    "Hi<script>alert(1)": "Hi",
    '<p onclick="alert(1)" style="color:red">Hi</p>': "<p>Hi</p>",
    '<img src="x" onerror="alert(1)">Hi': "Hi",
    '<iframe src="https://evil.example"></iframe>Hi': "Hi",
    '<a href="javascript:alert(1)">Hi</a>': "<a>Hi</a>",
    '<a href="java&#10;script:alert(1)">Hi</a>': "<a>Hi</a>",
    '<a href="data:text/html,Hi">Hi</a>': "<a>Hi</a>",
    '<a href="/x" target="_blank">Hi</a>': '<a href="/x">Hi</a>',
    "<!-- secret -->Hi": "Hi",
    "<form><input>Hi</form>": "Hi",
    "<svg><p>Hi</p></svg>": "<p>Hi</p>",
}


@pytest.mark.parametrize("html", ATTACKS)
def test_what_could_do_harm_goes(html):
    assert clean(html) == ATTACKS[html]


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<br>two</p>",
        "<h2>Title</h2><p><b>Bold</b>, <em>so</em></p>",
        "<ul><li>one</li></ul><ol><li>two</li></ol>",
        '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow">Link</a>',
        '<a href="mailto:ann@example.org">Mail</a>',
        '<a href="/en/privacy/">Privacy</a>',
        "1 &lt; 2 &amp; 3",
    ],
)
def test_what_is_allowed_stays(html):
    assert clean(html) == html


@pytest.mark.parametrize("html", [*ATTACKS, "<p>a<p>b", "&lt;script&gt;", "a & b", "<"])
def test_cleaning_again_changes_nothing(html):
    assert clean(clean(html)) == clean(html)


@pytest.mark.django_db
def test_a_page_link_gets_its_address():
    _site, page = home_page()
    html = f'<a linktype="page" id="{page.pk}">Home</a>'
    assert clean(html) == f'<a href="{page.url}">Home</a>'


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<br>two</p>", "One\ntwo"),
        ("<p>1 &lt; 2 &amp;\n   3</p>", "1 < 2 & 3"),
        ("<ul><li>one</li><li>two</li></ul><p>End</p>", "- one\n- two\n\nEnd"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<p><b>Bold</b> and <i>slanted</i></p>", "Bold and slanted"),
        (
            '<p>See <a href="https://example.org/">our site</a>.</p>',
            "See our site (https://example.org/).",
        ),
        ('<a href="https://a.example/">https://a.example/</a>', "https://a.example/"),
        ('<a href="mailto:a@example.org">a@example.org</a>', "a@example.org"),
        ("<a>no address</a>", "no address"),
        ("", ""),
    ],
)
def test_plain(html, text):
    assert plain(html) == text
