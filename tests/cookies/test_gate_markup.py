"""Markup that waits loads nothing, gets out by no trick, and hides no address."""

import pytest

from wagtail_consent.cookies.gate import markup
from wagtail_consent.cookies.gate.markup import Unsafe

HOSTILE = [
    "</template><script src=https://evil.example/></script>",
    "<p></TEMPLATE ><img src=https://evil.example/>",
    "<!-- --!></template><img src=https://evil.example/> -->",
    '<p title="</p></template><img src=x>">',
    "<textarea></textarea></template><img src=x>",
    "<iframe></template><img src=x></iframe>",
    "<noscript></noscript></template><img src=x></noscript>",
    "<![CDATA[</template><img src=x>]]>",
    "<select></template><img src=x>",
    "<p></p></template",
]


def test_ordinary_markup_stays_what_it_is():
    html = (
        '<iframe allow="fullscreen" allowfullscreen="" class="a b" '
        'src="https://www.video.example/embed/1" title="A &amp; B"></iframe>'
    )
    assert markup.read(html).html == html


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_ends_the_template(html):
    assert "</template" not in markup.read(html).html.lower()


@pytest.mark.browser
def test_a_browser_finds_no_way_out(page):
    for html in HOSTILE:
        waiting = markup.read(html).html
        page.set_content(f"<template>{waiting}</template><p id=after></p>")
        found = page.evaluate("Array.from(document.body.children, it => it.id)")
        assert found == ["after"] or found == ["", "after"], html
        outside = page.locator("body :not(template, #after)")
        assert outside.count() == 0, html


@pytest.mark.parametrize(
    "html",
    [
        "<template><img src=x></template>",
        "<svg><style></template><img src=x></style></svg>",
        "<math><script></template><img src=x></script></math>",
        "<style><img src=https://evil.example/></style>",
        "<script>'<!--<script>'</script>",
        "<script>'</template>'</script>",
        "<xmp></template></xmp>",
        "<plaintext>",
        "<base href=https://evil.example/>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        r'<p style="background:\75rl(//evil.example/x)">',
        '<iframe srcdoc="&lt;base href=//evil.example&gt;">',
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(html):
    with pytest.raises(Unsafe):
        markup.read(html)


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ("<img src=//a.example/1>", {"//a.example/1"}),
        ("<IMG SRC=//a.example/1>", {"//a.example/1"}),
        ("<img srcset='//a.example/1 1x, //b.example/2 2x'>", "both"),
        ("<picture><source srcset=//a.example/1></picture>", {"//a.example/1"}),
        ("<video poster=//a.example/1 src=//b.example/2></video>", "both"),
        ("<object data=//a.example/1></object>", {"//a.example/1"}),
        ("<link rel=stylesheet href=//a.example/1>", {"//a.example/1"}),
        ("<svg><image href=//a.example/1 /></svg>", {"//a.example/1"}),
        ("<svg><use xlink:href=//a.example/1></use></svg>", {"//a.example/1"}),
        ("<p style='background:url( //a.example/1 )'></p>", {"//a.example/1"}),
        ("<style>@import '//a.example/1';</style>", {"//a.example/1"}),
        ("<iframe srcdoc='&lt;img src=//a.example/1&gt;'></iframe>", {"//a.example/1"}),
        ("<a href=//a.example/1>x</a>", set()),
        ("//a.example/1", set()),
    ],
)
def test_every_address_that_loads_by_itself_is_seen(html, urls):
    expected = {"//a.example/1", "//b.example/2"} if urls == "both" else urls
    assert set(markup.read(html).urls) == expected


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<script>load()</script>", True),
        ("<img src=x onerror=load()>", True),
        ("<iframe srcdoc='&lt;script&gt;load()&lt;/script&gt;'></iframe>", True),
        ("<script src=/own.js></script>", False),
        ("<img src=x>", False),
    ],
)
def test_code_is_seen(html, code):
    assert markup.read(html).code is code


def test_of_an_attribute_that_stands_twice_one_is_left():
    found = markup.read("<img src=//a.example/1 src=own>")
    assert [f'src="{url}"' in found.html for url in found.urls] == [True]
    assert found.html.count("src=") == 1


def test_a_text_that_looks_like_an_address_is_a_text():
    assert markup.read("https://a.example/?x=1&y").html.endswith("?x=1&amp;y")
