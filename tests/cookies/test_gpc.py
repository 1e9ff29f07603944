"""Global Privacy Control: a browser objects, and a visitor's own word beats it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from tests import urls as site_urls
from tests.cookies import world
from tests.cookies.visitor import Visitor, the_choice
from wagtail_consent.cookies import views
from wagtail_consent.cookies.models import Source

pytestmark = pytest.mark.django_db


# Global Privacy Control.


def test_the_browsers_objection_is_a_refusal(visitor: Visitor) -> None:
    visitor.choose(headers={"sec-gpc": "1"})
    assert the_choice().source == Source.GPC
    assert the_choice().granted == []


def test_the_visitors_own_word_beats_the_browsers(visitor: Visitor) -> None:
    visitor.choose("all", headers={"sec-gpc": "1"})
    assert the_choice().granted == ["figures", "clips"]


def test_an_objection_allows_nothing_new(visitor: Visitor) -> None:
    visitor.choose("all", source="gpc")
    assert the_choice().granted == []


def test_an_objection_is_shown_and_changes_nothing_yet(visitor: Visitor) -> None:
    response = visitor.get(**{"sec-gpc": "1"})
    assert "Global Privacy Control" in response.content.decode()
    assert not response.cookies


def test_a_site_that_does_not_hear_it_says_so(visitor: Visitor) -> None:
    world.settings(visitor.site, respect_gpc=False)
    assert visitor.choose(headers={"sec-gpc": "1"}).status_code == 400


class WithWellKnown:
    urlpatterns = [path(".well-known/gpc.json", views.gpc), *site_urls.urlpatterns]


@pytest.mark.parametrize("heard", [True, False])
def test_the_well_known_file_says_what_is_done(
    visitor: Visitor, settings: Any, heard: bool
) -> None:
    settings.ROOT_URLCONF = WithWellKnown
    world.settings(visitor.site, respect_gpc=heard)
    response = visitor.client.get("/.well-known/gpc.json")
    assert response.json() == {"gpc": heard}
    assert response["Content-Type"] == "application/json"
    assert visitor.client.post("/.well-known/gpc.json").status_code == 405
