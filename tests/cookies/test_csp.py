"""The policy's sources: what is declared, for everybody, and nothing else."""

from dataclasses import replace

import pytest
from django.utils import translation

from tests.cookies import world
from wagtail_consent.cookies.gate import csp

pytestmark = pytest.mark.django_db


def test_declared_hosts_are_sources_of_every_kind():
    site = world.site()
    world.service("video", "media", hosts=["player.video.example", "*.cdn.example"])
    world.service("figures", hosts="FIGURES.example:8443")
    expected = [
        "https://*.cdn.example",
        "https://figures.example:8443",
        "https://player.video.example",
    ]
    assert csp.sources(site) == dict.fromkeys(csp.DIRECTIVES, expected)


def test_a_host_of_two_services_stands_once():
    site = world.site()
    world.service("a", hosts="one.example")
    world.service("b", "marketing", hosts="one.example")
    assert csp.sources(site)["script-src"] == ["https://one.example"]


def test_a_service_that_is_switched_off_is_refused():
    site = world.site()
    video = world.service("video", "media", hosts="player.video.example")
    video.unpublish()
    world.offer.forget()
    assert csp.sources(site)["frame-src"] == []


def test_hosts_go_over_the_wire_in_punycode():
    site = world.site()
    world.service("books", hosts="bücher.example")
    assert csp.sources(site)["img-src"] == ["https://xn--bcher-kva.example"]


@pytest.mark.parametrize("hosts", ["'unsafe-inline'", "*", "*.com", "a; script-src *"])
def test_nothing_but_a_host_gets_in(hosts):
    site = world.site()
    world.service("greedy", hosts="ok.example")
    offer = world.offer.current(site, "en")
    (service,) = offer.services
    greedy = replace(service, hosts=(hosts,))
    category = replace(offer.categories[0], services=(greedy,))
    assert csp.allowed(replace(offer, categories=(category,))) == []


def test_the_language_changes_nothing():
    site = world.site()
    world.service("video", "media", hosts="player.video.example")
    with translation.override("de"):
        german = csp.sources(site)
    assert csp.sources(site) == german


def test_each_call_gives_lists_of_its_own():
    site = world.site()
    csp.sources(site)["script-src"].append("https://evil.example")
    assert csp.sources(site)["script-src"] == []
