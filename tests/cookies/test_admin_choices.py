"""Visitors' choices in the admin: found by reference, read and never written."""

import json
import re
import uuid

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.cookies import world
from wagtail_consent.cookies import offer
from wagtail_consent.cookies.models import (
    BannerRevision,
    Choice,
    Service,
    Source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return world.site()


@pytest.fixture
def choice(site):
    world.service(stored=["_fig"])
    world.service("ads", category="marketing")
    world.service("shop", category="necessary")
    return Choice.objects.create(
        reference=uuid.uuid4(),
        revision=offer.store(site, "en"),
        granted=["figures"],
        refused=["ads"],
        source=Source.BANNER,
        page="/en/prices/",
        language="en",
        made_at=timezone.now(),
    )


def choices(client, **query):
    return client.get(reverse("consent_choices:index"), query).content.decode()


def shown(client, choice):
    url = reverse("consent_choices:inspect", args=[choice.pk])
    return client.get(url).content.decode()


@pytest.mark.parametrize("write", [str, lambda it: it.hex, lambda it: f" {it} "])
def test_a_choice_is_found_by_its_reference(admin_client, choice, write):
    other = Choice.objects.create(
        revision=choice.revision,
        refused=["figures", "ads"],
        source=Source.SETTINGS,
        language="en",
        made_at=timezone.now(),
    )
    assert reverse("consent_choices:inspect", args=[other.pk]) in choices(admin_client)
    page = choices(admin_client, q=write(choice.reference))
    assert str(choice.reference) in page
    assert reverse("consent_choices:inspect", args=[other.pk]) not in page


def test_half_a_reference_finds_nothing(admin_client, choice):
    page = choices(admin_client, q=str(choice.reference)[:8])
    assert str(choice.reference) not in page


def test_a_choice_shows_the_banner_as_it_was(admin_client, choice):
    Service.objects.filter(key="figures").update(name="Renamed since")
    Service.objects.get(key="ads").delete()
    page = shown(admin_client, choice)
    assert "Renamed since" not in page
    for words in ("Figures", "figures counts visits.", "Ads", "_fig", "2 years"):
        assert words in page
    for words in (choice.revision.digest, "/en/prices/", "Ann &amp; Bob&#x27;s Ltd"):
        assert words in page
    labels = re.findall(r'consent-verdict--\w+">([^<]+)</span> <strong>([^<]+)', page)
    assert {name: label for label, name in labels} == {
        "Shop": "Always on",
        "Figures": "Allowed",
        "Ads": "Refused",
    }


def test_proof_that_doesnt_fit_is_named(admin_client, choice):
    Choice.objects.update(granted=["figures", "unheard-of"])
    assert "unheard-of" in shown(admin_client, choice)


def test_a_banner_that_isnt_intact_is_named(admin_client, choice):
    body = json.dumps(choice.revision.content | {"company": "Somebody else"})
    forged = BannerRevision.objects.create(
        digest="0" * 64, material="0" * 8, site="x", language="en", body=body
    )
    assert "Its content was changed since" not in shown(admin_client, choice)
    Choice.objects.update(revision=forged)
    assert "Its content was changed since" in shown(admin_client, choice)


def test_nobody_writes_a_choice(choice):
    for view in ("add", "edit", "delete", "copy"):
        with pytest.raises(NoReverseMatch):
            reverse(f"consent_choices:{view}", args=[choice.pk])


@pytest.mark.parametrize(
    ("granted", "status"), [("view_choice", 200), ("view_service", 302)]
)
def test_choices_need_a_permission_of_their_own(staff, choice, granted, status):
    client = staff(granted)
    assert client.get(reverse("consent_choices:index")).status_code == status
    inspect = reverse("consent_choices:inspect", args=[choice.pk])
    assert client.get(inspect).status_code == status
