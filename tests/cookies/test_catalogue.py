"""The catalogue: fifty services with facts and texts, added in two clicks."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale

from tests.cookies import world
from wagtail_consent.cookies import offer
from wagtail_consent.cookies.catalogue import entries, facts
from wagtail_consent.cookies.catalogue.add import (
    NoCompany,
    Standing,
    add,
    standing,
    update,
)
from wagtail_consent.cookies.models import Category, Service
from wagtail_consent.models import ConsentSettings, Controller, Processor

pytestmark = pytest.mark.django_db

ENTRIES = entries.entries()
URL = "/admin/consent/catalogue/"


@pytest.fixture(autouse=True)
def site():
    return world.site()


def test_it_knows_the_usual_services():
    assert len(ENTRIES) >= 30
    assert {it.category for it in ENTRIES.values()} == set(entries.groups())


@pytest.mark.parametrize("key", ENTRIES)
def test_every_entry_makes_a_valid_service(key):
    service = add(ENTRIES[key])
    service.full_clean()
    assert {it.locale.language_code for it in service.texts.all()} == {"en", "de"}
    assert service.live is not ENTRIES[key].needs_a_host
    assert standing(ENTRIES[key], service) is Standing.CURRENT


def test_no_two_entries_say_the_same_in_two_languages():
    for entry in ENTRIES.values():
        assert set(entry.texts) == {"en", "de"}
        assert entry.texts["en"] != entry.texts["de"]


def test_advertising_and_statistics_are_never_necessary():
    necessary = {it.key for it in ENTRIES.values() if it.category == "necessary"}
    assert necessary == {"stripe", "paypal", "website"}


def test_a_short_name_is_declared_with_its_domain():
    """Else a withdrawal would delete another's cookie of the same name."""
    for entry in ENTRIES.values():
        short = [it for it in entry.stored if len(it.name) < 4 and it.name[0] != "_"]
        assert all(it.domain or it.name.endswith("*") for it in short), entry.key


def test_two_clicks_add_a_service_for_visitors(admin_client, site):
    page = admin_client.get(reverse(Service.snippet_viewset.get_url_name("list")))
    assert f'href="{URL}"' in page.content.decode()
    page = admin_client.get(URL).content.decode()
    assert 'value="youtube"' in page
    response = admin_client.post(URL, {"key": "youtube"}, follow=True)
    assert "is added and live" in response.content.decode()
    offer.forget()
    (service,) = offer.current(site, "de").services
    assert service.key == "youtube"
    assert service.category == "media"
    assert service.purpose.startswith("Spielt ein Video ab.")
    assert service.provider == "Google Ireland Limited"
    assert "www.youtube-nocookie.com" in service.hosts


def test_the_second_of_one_company_shares_it(admin_client):
    admin_client.post(URL, {"key": "youtube"})
    Processor.objects.update(address="Dublin")
    admin_client.post(URL, {"key": "google-maps"})
    assert Processor.objects.get().address == "Dublin"
    assert Category.objects.get().key == "media"


def test_adding_twice_makes_one(admin_client):
    for _time in range(2):
        admin_client.post(URL, {"key": "youtube"})
    assert Service.objects.count() == 1
    assert 'value="youtube"' not in admin_client.get(URL).content.decode()


def test_an_unknown_key_adds_nothing(admin_client):
    for typed in ({"key": "../settings"}, {"key": ""}, {}):
        assert admin_client.post(URL, typed).status_code in (302, 404)
    assert not Service.objects.exists()


def test_what_only_the_site_knows_is_completed_in_the_editor(admin_client):
    response = admin_client.post(URL, {"key": "matomo"})
    service = Service.objects.get(key="matomo")
    assert not service.live
    edit = reverse(Service.snippet_viewset.get_url_name("edit"), args=[service.pk])
    assert response.url == edit
    assert service.provider.name == "Ann & Bob's Ltd"


def test_without_a_controller_an_own_service_says_what_is_missing(admin_client):
    ConsentSettings.objects.all().delete()
    Controller.objects.all().delete()
    response = admin_client.post(URL, {"key": "matomo"}, follow=True)
    assert "add a controller first" in response.content.decode()
    assert not Service.objects.exists()
    with pytest.raises(NoCompany):
        add(ENTRIES["matomo"])


def test_a_site_in_another_language_gets_a_draft_to_translate(settings):
    Locale.objects.filter(language_code="de").delete()
    Locale.objects.update(language_code="fr")
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français")]
    settings.LANGUAGE_CODE = "fr"
    service = add(ENTRIES["youtube"])
    assert not service.live
    assert service.texts.get().purpose == ENTRIES["youtube"].texts["en"]
    assert service.category.texts.get().name == "Media"


def test_a_regional_language_is_spoken():
    Locale.objects.filter(language_code="de").update(language_code="de-at")
    service = add(ENTRIES["youtube"])
    texts = {it.locale.language_code: it.purpose for it in service.texts.all()}
    assert texts["de-at"] == ENTRIES["youtube"].texts["de"]


def test_who_may_not_publish_adds_a_draft(staff):
    client = staff("add_service", "change_service")
    client.post(URL, {"key": "youtube"})
    assert not Service.objects.get().live


def test_who_may_not_add_doesnt_see_it(staff):
    client = staff("change_service")
    assert client.get(URL).status_code == 302
    assert client.post(URL, {"key": "youtube"}).status_code == 302
    assert not Service.objects.exists()
    page = client.get(reverse(Service.snippet_viewset.get_url_name("list")))
    assert URL not in page.content.decode()


def test_it_costs_the_same_with_more_services(
    admin_client, django_assert_max_num_queries
):
    for key in list(ENTRIES)[:12]:
        add(ENTRIES[key])
    admin_client.get(URL)
    with django_assert_max_num_queries(25):
        admin_client.get(URL)


def newer(entry):
    """The entry as a later release has it."""
    texts = entry.texts | {"en": "Newly worded."}
    return replace(entry, texts=texts, hosts=[*entry.hosts, "new.example.com"])


def test_an_update_brings_what_nobody_edited_up_to_date(site):
    entry = ENTRIES["youtube"]
    service = add(entry)
    before = offer.current(site, "en").material
    assert standing(newer(entry), service) is Standing.OUTDATED
    assert update(newer(entry), service)
    offer.forget()
    (offered,) = offer.current(site, "en").services
    assert offered.purpose == "Newly worded."
    assert "new.example.com" in offered.hosts
    assert offer.current(site, "en").material == before
    assert not update(newer(entry), Service.objects.get())


def reworded(text):
    text.purpose = "Ours."
    return text


@pytest.mark.parametrize(
    "change",
    [
        lambda it: setattr(it, "name", "Our videos"),
        lambda it: setattr(it, "hosts", "www.youtube.com"),
        lambda it: setattr(it, "texts", [reworded(it.texts.first())]),
        lambda it: it.stored.remove(it.stored.first()),
        lambda it: setattr(it, "category", world.category("marketing")),
    ],
    ids=["name", "hosts", "text", "stored", "category"],
)
def test_what_an_editor_changed_stays(change):
    entry = ENTRIES["youtube"]
    service = add(entry)
    change(service)
    world.publish(service)
    service = Service.objects.get()
    before = facts.of_service(service)
    assert standing(newer(entry), service) is Standing.EDITED
    assert not update(newer(entry), service)
    assert facts.of_service(Service.objects.get()) == before


def test_a_draft_that_waits_isnt_overwritten():
    entry = ENTRIES["youtube"]
    service = add(entry)
    service.name = "Not yet"
    service.save_revision()
    service = Service.objects.get()
    assert standing(newer(entry), service) is Standing.EDITED


def test_an_update_doesnt_switch_on_what_is_off():
    entry = ENTRIES["youtube"]
    add(entry).unpublish()
    service = Service.objects.get()
    assert update(newer(entry), service)
    service = Service.objects.get()
    assert not service.live
    assert "new.example.com" in service.host_list


def test_the_page_offers_an_update_and_does_it(admin_client, monkeypatch):
    add(ENTRIES["youtube"])
    changed = ENTRIES | {"youtube": newer(ENTRIES["youtube"])}
    monkeypatch.setattr(entries, "entries", lambda: changed)
    assert "Update YouTube" in admin_client.get(URL).content.decode()
    admin_client.post(URL, {"key": "youtube"})
    assert "new.example.com" in Service.objects.get().host_list
    assert "Update YouTube" not in admin_client.get(URL).content.decode()


def test_who_may_not_publish_updates_nothing_that_is_live(staff, monkeypatch):
    add(ENTRIES["youtube"])
    changed = ENTRIES | {"youtube": newer(ENTRIES["youtube"])}
    monkeypatch.setattr(entries, "entries", lambda: changed)
    staff("add_service", "change_service").post(URL, {"key": "youtube"})
    assert "new.example.com" not in Service.objects.get().host_list


def start(*languages):
    out = StringIO()
    call_command(
        "consent_start",
        company="Ann & Bob's Ltd",
        address="1 High Street",
        country="DE",
        email="privacy@example.com",
        languages=list(languages),
        stdout=out,
    )
    return out.getvalue()


def test_the_start_brings_the_categories_in_each_language():
    said = start("en", "de")
    assert "Cookie category: media (de)" in said
    assert [it.key for it in Category.objects.all()] == list(entries.groups())
    assert Category.objects.get(key="media").texts.count() == 2
    assert [it.key for it in Category.objects.filter(necessary=True)] == ["necessary"]


def test_starting_again_adds_a_language_and_leaves_the_rest():
    start("en")
    Category.objects.get(key="media").texts.update(name="Films")
    start("en", "de")
    texts = Category.objects.get(key="media").texts.all()
    assert sorted(it.name for it in texts) == ["Films", "Medien"]
    assert "Cookie category" not in start("en", "de")


def test_its_files_hold_nothing_else():
    """A misspelt key would be left out silently."""
    from importlib.resources import files

    folder = files("wagtail_consent.cookies.catalogue")
    raw = json.loads((folder / "services.json").read_text(encoding="utf-8"))
    companies = json.loads((folder / "companies.json").read_text(encoding="utf-8"))
    assert [it["key"] for it in raw] == list(ENTRIES)
    assert {it["company"] for it in raw} - {None} == set(companies)
