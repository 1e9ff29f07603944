"""One command takes a site to the point where its first form can be placed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Site

from tests import factories
from wagtail_consent import starters
from wagtail_consent.mailing import kinds
from wagtail_consent.mailing.letters import missing
from wagtail_consent.mailing.models import Letter
from wagtail_consent.models import ConsentSettings, Controller, Notice, Purpose, Wording
from wagtail_consent.permission import may_contact

pytestmark = pytest.mark.django_db


def start(**options):
    defaults = {
        "company": "Ann's Ltd",
        "address": "1 High Street",
        "country": "de",
        "email": "privacy@example.com",
        "languages": ["en", "de"],
    }
    out = StringIO()
    call_command("consent_start", stdout=out, **defaults | options)
    return out.getvalue()


def test_it_makes_what_a_form_needs():
    start(purposes=["newsletter", "calls"])
    assert Controller.objects.get().country == "DE"
    assert {it.identifier for it in Purpose.objects.all()} == {"newsletter", "calls"}
    assert Wording.objects.filter(live=True).count() == 4
    assert ConsentSettings.objects.get().controller.name == "Ann's Ltd"
    assert may_contact("ann@example.org", "newsletter").reason == "no_record"


def test_wordings_are_published():
    start()
    bodies = Notice.objects.filter(kind="statement").values_list("body", flat=True)
    assert len(bodies) == 2
    assert all("Ann&#x27;s Ltd" in body or "Ann's Ltd" in body for body in bodies)


def test_mail_texts_are_published_in_each_language():
    start()
    for kind in kinds.all():
        letters = Letter.objects.filter(kind=kind.name, live=True)
        assert {it.locale.language_code for it in letters} == {"en", "de"}
        assert len({it.translation_key for it in letters}) == 1
    names = [kind.name for kind in kinds.all()]
    assert names
    assert not missing(names, [], "en")


def test_wordings_are_translations_of_each_other():
    start()
    assert len(set(Wording.objects.values_list("translation_key", flat=True))) == 1


def test_running_it_again_changes_nothing():
    start()
    Wording.objects.update(name="Edited")
    before = [Purpose, Wording, Controller, Locale, Notice, Letter]
    counts = [model.objects.count() for model in before]
    assert start() == "Everything was there already.\n"
    assert [model.objects.count() for model in before] == counts
    assert {it.name for it in Wording.objects.all()} == {"Edited"}


def test_a_language_is_added_later():
    start(languages=["en"])
    assert "Wording: newsletter (de)" in start()
    assert Wording.objects.count() == 2


def test_without_languages_all_locales_count():
    factories.locale("de")
    start(languages=None)
    assert Wording.objects.count() == Locale.objects.count()


def test_a_site_that_has_a_controller_keeps_it():
    other = factories.controller()
    ConsentSettings.objects.create(site=Site.objects.get(), controller=other)
    start()
    assert ConsentSettings.objects.get().controller == other


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"country": "Germany"}, "Germany|at most 2"),
        ({"email": "nowhere"}, "valid email"),
        ({"purposes": ["no spaces"]}, "slug"),
        ({"languages": ["fr"]}, "fr is not one of"),
    ],
)
def test_bad_input_is_told_and_leaves_nothing(options, words):
    with pytest.raises(CommandError, match=f"(?i){words}"):
        start(**options)
    assert not Controller.objects.exists()


def test_rooms_add_what_they_bring(monkeypatch):
    monkeypatch.setattr(starters, "_starters", {})
    seen = []

    def starter(given):
        seen.append(given)
        return ["Letter: hello"]

    starters.register("room", starter)
    assert "Letter: hello" in start()
    assert [it.identifier for it in seen[0].purposes] == ["newsletter"]
    assert [it.language_code for it in seen[0].locales] == ["en", "de"]
