"""Whose a URL is: read as browsers read it, and nobody's if in doubt."""

from dataclasses import replace

import pytest

from wagtail_consent.cookies.gate import hosts
from wagtail_consent.cookies.gate.hosts import Whose
from wagtail_consent.cookies.offered import Offer, OfferedCategory, OfferedService


def service(key, *declared, **values):
    facts = dict.fromkeys(OfferedService.__dataclass_fields__, "")
    return OfferedService(**facts | {"key": key, "hosts": declared, **values})


def offer(*services, site="https://www.oldtown.example"):
    facts = dict.fromkeys(Offer.__dataclass_fields__, "")
    category = OfferedCategory("media", "Media", "", False, tuple(services))
    return replace(Offer(**facts), categories=(category,), site=site)


VIDEO = service("video", "www.video.example", "*.videocdn.example")
OFFER = offer(VIDEO)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.video.example/v?x=1#y", "www.video.example"),
        ("HTTPS://WWW.Video.Example.", "www.video.example"),
        ("//www.video.example/embed", "www.video.example"),
        ("https://www.video.example:443/", "www.video.example"),
        ("http://www.video.example:80/", "www.video.example"),
        ("https://www.video.example:8443/", "www.video.example:8443"),
        ("http://www.video.example:443/", "www.video.example:443"),
        ("  https://www.video.example/\n", "www.video.example"),
        ("ht\ntps://www.vid\teo.example/", "www.video.example"),
        (r"https:\\www.video.example\v", "www.video.example"),
        (r"/\evil.example/x", "evil.example"),
        ("https:///evil.example/x", "evil.example"),
        ("https://www.video.example@evil.example/", "evil.example"),
        (r"https://evil.example\@www.video.example/", "evil.example"),
        ("https://evil.example?@www.video.example/", "evil.example"),
        ("wss://live.video.example/", "live.video.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://BÜCHER.example/", "xn--bcher-kva.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("https://video。example/", "video.example"),
        ("https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"),
        ("/media/film.mp4", ""),
        ("film.mp4?x=https://evil.example", ""),
        ("", ""),
        ("about:blank", ""),
        ("data:image/png;base64,AA==", ""),
    ],
)
def test_a_host_is_read_as_browsers_do(url, host):
    assert hosts.host_of(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "https:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "data:text/html,<script src=//evil.example></script>",
        "blob:https://www.video.example/1",
        "ftp://www.video.example/",
        "https://",
        "https://www.video.example:port/",
        "https://[evil/",
        "https://%65vil.example/",
        "https://a b.example/",
        "https://xn--a.xn--\udcff.example/",
    ],
)
def test_what_cannot_be_told_is_nobodys(url):
    assert hosts.host_of(url) is None
    assert hosts.owner(url, OFFER) is Whose.NOBODY


@pytest.mark.parametrize(
    ("pattern", "host", "covered"),
    [
        ("www.video.example", "www.video.example", True),
        ("WWW.VIDEO.EXAMPLE ", "www.video.example", True),
        ("www.video.example", "video.example", False),
        ("www.video.example", "evil-www.video.example", False),
        ("www.video.example", "www.video.example:8443", False),
        ("www.video.example:8443", "www.video.example:8443", True),
        ("*.video.example", "a.video.example", True),
        ("*.video.example", "a.b.video.example", True),
        ("*.video.example", "video.example", False),
        ("*.video.example", "evilvideo.example", False),
        ("*.video.example", "a.video.example.evil.example", False),
        ("*.video.example:8443", "a.video.example:8443", True),
        ("*.video.example:8443", "a.video.example", False),
        ("*.bücher.example", "a.xn--bcher-kva.example", True),
        ("*.example", "anybody.example", False),
        ("*", "anybody.example", False),
        ("*.*.example", "a.b.example", False),
        ("https://www.video.example/", "www.video.example", False),
        ("", "", False),
        ("www.video.example", "", False),
    ],
)
def test_a_declaration_covers_what_it_says(pattern, host, covered):
    assert hosts.covers(pattern, host) is covered


def test_a_url_belongs_to_the_service_that_declares_its_host():
    assert hosts.service_for("https://www.video.example/1", OFFER) == VIDEO
    assert hosts.service_for("https://a.videocdn.example/1", OFFER) == VIDEO
    assert hosts.service_for("https://other.example/1", OFFER) is None


def test_an_exact_declaration_beats_a_wildcard():
    exact = service("maps", "maps.big.example")
    both = offer(service("big", "*.big.example"), exact)
    assert hosts.service_for("https://maps.big.example/", both) == exact


def test_the_sites_own_host_is_no_third_partys_even_if_one_declares_it():
    greedy = offer(service("figures", "www.oldtown.example", "*.oldtown.example"))
    own = "https://www.oldtown.example/matomo.js"
    assert hosts.owner(own, greedy) is Whose.OWN
    assert hosts.owner("/matomo.js", greedy) is Whose.OWN
    other = hosts.owner("https://stats.oldtown.example/matomo.js", greedy)
    assert other.key == "figures"


def test_another_port_is_another_server():
    local = offer(site="http://localhost:8000")
    assert hosts.owner("http://localhost:8000/x", local) is Whose.OWN
    assert hosts.owner("http://localhost:9000/x", local) is Whose.NOBODY


def test_a_link_leads_to_the_web_only():
    assert hosts.is_web("https://www.video.example/1")
    assert not hosts.is_web("javascript:alert(1)")
    assert not hosts.is_web("/own")
