"""Withdrawal deletes what is the service's on this site, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cookies.values import item, offer, service
from wagtail_consent.cookies.choice import removal
from wagtail_consent.cookies.choice.removal import Removal, domains

OWN = {"sessionid", "csrftoken", "django_language"}
HOST = "www.example.com"


def doomed(*services: Any, carried: str, refused: str = "figures") -> list[str]:
    return removal.doomed(offer(*services), refused.split(), carried.split(), OWN, HOST)


def test_a_refused_services_cookies_go() -> None:
    figures = service("figures", "_fig", "_fig_*")
    assert doomed(figures, carried="_fig _fig_A1 _figure basket") == ["_fig", "_fig_A1"]


def test_only_what_the_browser_carries() -> None:
    assert doomed(service("figures", "_fig"), carried="basket") == []


@pytest.mark.parametrize(
    "name", [*OWN, "site-choice", "messages", "wagtail_sidebar_collapsed"]
)
@pytest.mark.parametrize("shape", ["{}", "{:.3}*"])
def test_the_sites_own_never_go(name: str, shape: str) -> None:
    """Threat: an editor declares `sessionid`, and a withdrawal logs people out."""
    hostile = service("figures", shape.format(name))
    assert doomed(hostile, carried=f"{name} {name[:3]}x") == (
        [f"{name[:3]}x"] if "*" in shape.format(name) else []
    )


def test_a_lone_star_stands_for_nothing() -> None:
    assert doomed(service("figures", "*"), carried="basket _fig") == []


@pytest.mark.parametrize("domain", ["figures.example", "example.org", "ample.com"])
def test_a_third_partys_short_name_is_not_ours(domain: str) -> None:
    assert doomed(service("figures", item("fr", domain)), carried="fr") == []


@pytest.mark.parametrize("domain", ["", "example.com", ".Example.com", HOST])
def test_declared_for_this_site_it_goes(domain: str) -> None:
    assert doomed(service("figures", item("fr", domain)), carried="fr") == ["fr"]


def test_what_another_service_still_needs_stays() -> None:
    shared = [service("figures", "_id", "_fig"), service("heat", "_i*")]
    assert doomed(*shared, carried="_id _fig") == ["_fig"]
    assert doomed(*shared, carried="_id _fig", refused="figures heat") == [
        "_id",
        "_fig",
    ]


def test_what_a_necessary_service_needs_stays() -> None:
    basket = service("basket", "basket", category="necessary", necessary=True)
    assert doomed(service("figures", "bask*"), basket, carried="basket") == []
    assert doomed(basket, carried="basket", refused="basket") == []


def test_storage_that_is_no_cookie_is_the_scripts_business() -> None:
    local = item("_fig", kind="local")
    assert doomed(service("figures", local), carried="_fig") == []


@pytest.mark.parametrize("name", ["a b", "a;b", "a=b", "a\nb", "ä", ""])
def test_a_name_that_no_header_can_say_is_left_alone(name: str) -> None:
    hostile = offer(service("figures", name or "x"))
    assert removal.doomed(hostile, ["figures"], [name], OWN, HOST) == []


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("example.com", ["example.com"]),
        ("WWW.example.com", ["www.example.com", "example.com"]),
        ("a.b.example.com.", ["a.b.example.com", "b.example.com", "example.com"]),
        ("localhost", []),
        ("127.0.0.1", []),
        ("[::1]", []),
    ],
)
def test_the_domains_that_a_page_may_set_cookies_for(
    host: str, found: list[str]
) -> None:
    assert domains(host) == found


def places(*paths: str, carried: str = "_fig") -> list[Removal]:
    asked = offer(service("figures", "_fig", "_x*"))
    return removal.removals(asked, ["figures"], carried.split(), OWN, HOST, paths)


def test_it_goes_from_every_domain_and_path() -> None:
    found = places("/en/guide/")
    assert found[:3] == [
        Removal("_fig", "", "/"),
        Removal("_fig", HOST, "/"),
        Removal("_fig", "example.com", "/"),
    ]
    paths = list(dict.fromkeys(it.path for it in found))
    assert paths == ["/", "/en", "/en/", "/en/guide", "/en/guide/"]
    assert len(found) == len(set(found)) == 15


@pytest.mark.parametrize(
    "path", ["/a;Domain=evil/", "/a b/", "/a\r\nSet-Cookie: x=1/", "/ä/", "/a,b/"]
)
def test_a_path_can_say_nothing_else(path: str) -> None:
    assert {it.path for it in places(path)} == {"/"}


def test_an_answers_head_stays_small() -> None:
    many = " ".join(f"_x{number}" for number in range(100))
    assert len(places("/a/b/c/d/e/f/", carried=many)) == removal.MOST
