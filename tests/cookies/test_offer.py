"""What visitors are offered, and the proof of it."""

import json
import threading

import pytest
from django.core.cache import cache
from django.db import connection

from tests import factories
from tests.cookies import world
from wagtail_consent.cookies import gather, offer
from wagtail_consent.cookies.models import (
    BannerRevision,
    Category,
    CookieSettings,
    Service,
    StoredItem,
)
from wagtail_consent.models import ConsentSettings, Processor

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return world.site()


def current(site, language="en"):
    return offer.current(site, language)


def test_a_service_is_offered_with_all_that_a_visitor_must_know(site):
    world.service(
        "figures",
        hosts=["figures.example", "*.figures.example"],
        stored=["_fig", {"name": "_s", "unit": "session", "lifetime": None}],
    )
    found = current(site)
    (category,) = found.categories
    (service,) = found.services
    assert (category.key, category.name) == ("statistics", "Statistics")
    assert category.services == found.services == found.optional
    assert (service.key, service.category, service.necessary) == (
        "figures",
        "statistics",
        False,
    )
    assert service.purpose == "figures counts visits."
    assert (service.provider, service.country) == ("Figures Ltd", "Ireland")
    assert service.privacy_url == "https://figures.example/privacy"
    assert service.hosts == ("figures.example", "*.figures.example")
    assert [(it.name, it.lifetime) for it in service.stored] == [
        ("_fig", "2 years"),
        ("_s", "until the browser is closed"),
    ]
    assert found.company == "Ann & Bob's Ltd"
    assert found.asks


def test_each_language_has_its_own_words(site):
    world.service(stored=["_fig"])
    german = current(site, "de")
    assert german.language == "de"
    assert german.categories[0].name == "Statistik"
    assert german.services[0].purpose == "figures zählt Besuche."
    assert german.services[0].country == "Irland"
    assert german.services[0].stored[0].lifetime == "2 Jahre"
    assert german.material == current(site).material
    assert german.digest != current(site).digest


def test_a_missing_text_falls_back_to_the_default_locale_then_to_any(site):
    service = world.service()
    service.texts.filter(locale__language_code="de").delete()
    offer.forget()
    assert current(site, "de").services[0].purpose == "figures counts visits."
    service.texts.all().update(locale=factories.locale("de"))
    offer.forget()
    assert current(site, "en").services[0].purpose == "figures counts visits."


def test_an_unknown_language_is_the_default_one(site):
    world.service()
    assert current(site, "xx-" + "x" * 500).language == "en"
    assert current(site, "de-at").language == "de"


def test_drafts_and_other_sites_services_arent_offered(site):
    other = world.Site.objects.create(hostname="other.example", root_page_id=1)
    world.service("here")
    world.service("there", sites=[other])
    world.service("gone").unpublish()
    offer.forget()
    assert [it.key for it in current(site).services] == ["here"]
    assert [it.key for it in current(other).services] == ["here", "there"]


def test_a_service_of_two_sites_is_offered_once(site):
    other = world.Site.objects.create(hostname="other.example", root_page_id=1)
    world.service("both", sites=[site, other])
    assert [it.key for it in current(site).services] == ["both"]


def test_necessary_services_are_shown_and_not_asked_for(site):
    world.service("shop", category="necessary")
    found = current(site)
    assert [it.key for it in found.services] == ["shop"]
    assert found.optional == ()
    assert not found.asks


def test_categories_stand_in_their_order_the_necessary_one_first(site):
    for key in ("media", "statistics", "necessary", "marketing", "functional"):
        world.service(f"of-{key}", category=key)
    assert [it.key for it in current(site).categories] == list(world.NAMES)


def test_the_sites_settings_are_part_of_it(site):
    world.settings(site, layout="bar", days=30, cookie_domain="example.com")
    found = current(site)
    assert (found.layout, found.days, found.domain) == ("bar", 30, "example.com")
    assert found.gpc


def test_a_page_costs_one_cache_read_and_no_query(
    site, django_assert_num_queries, monkeypatch
):
    world.service()
    current(site)
    reads = []
    get = cache.get
    monkeypatch.setattr(cache, "get", lambda *a, **k: reads.append(a) or get(*a, **k))
    with django_assert_num_queries(0):
        current(site)
    assert len(reads) == 1


def test_asking_writes_nothing(site):
    ConsentSettings.objects.all().delete()
    current(site)
    assert not ConsentSettings.objects.exists()
    assert not CookieSettings.objects.exists()
    assert not BannerRevision.objects.exists()


def test_more_services_cost_no_more_queries(site, django_assert_max_num_queries):
    for number in range(6):
        world.service(
            f"s{number}", stored=["_a"], category=list(world.NAMES)[number % 5]
        )
    with django_assert_max_num_queries(14):
        gather.offer(site, "en")


def test_what_is_offered_is_kept_once_with_its_digest(site):
    world.service()
    kept = offer.store(site, "en")
    assert offer.store(site, "en").pk == kept.pk
    assert kept.digest == current(site).digest
    assert kept.material == current(site).material
    assert kept.is_intact
    assert kept.content["categories"][0]["services"][0]["key"] == "figures"
    assert json.loads(kept.body)["company"] == "Ann & Bob's Ltd"


@pytest.mark.parametrize(
    "change",
    [
        lambda: Service.objects.update(name="Other"),
        lambda: Processor.objects.update(country="US"),
        lambda: StoredItem.objects.update(lifetime=3),
        lambda: CookieSettings.objects.update(days=9),
    ],
)
def test_a_typo_is_another_banner_and_asks_nobody(site, change):
    world.settings(site)
    world.service(stored=["_a"])
    before = current(site)
    change()
    offer.forget()
    assert current(site).digest != before.digest
    assert current(site).material == before.material


@pytest.mark.parametrize(
    "change",
    [
        lambda: world.service("new"),
        lambda: Service.objects.update(edition=2),
        lambda: Service.objects.update(category=world.category("marketing")),
        lambda: Processor.objects.update(name="Sold Ltd"),
        lambda: Category.objects.update(necessary=True),
    ],
)
def test_a_material_change_asks_again(site, change):
    world.service()
    before = current(site).material
    change()
    offer.forget()
    assert current(site).material != before


def test_a_necessary_service_asks_nobody_again(site):
    world.service()
    before = current(site).material
    world.service("shop", category="necessary")
    assert current(site).material == before


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_publishing_renews_the_cache_and_writes_the_proof(site, committed):
    current(site)
    service = world.service()
    cache.clear()
    current(site)
    service.name = "Renamed"
    with committed():
        service.save_revision().publish()
    assert current(site).services[0].name == "Renamed"
    for language in world.LANGUAGES:
        digest = offer.current(site, language).digest
        assert BannerRevision.objects.filter(digest=digest).count() == 1


def test_a_draft_changes_nothing(site, committed):
    service = world.service()
    before = current(site)
    count = BannerRevision.objects.count()
    service.name = "Not yet"
    with committed():
        service.save_revision()
    assert current(site) == before
    assert BannerRevision.objects.count() == count


@pytest.mark.parametrize(
    "change",
    [
        lambda service: service.unpublish(),
        lambda service: service.delete(),
        lambda service: world.settings(days=9),
        lambda service: service.provider.save(),
        lambda service: service.category.save(),
        lambda service: service.category.texts.first().save(),
    ],
    ids=["unpublish", "delete", "settings", "provider", "category", "text"],
)
def test_every_change_renews_what_is_offered(site, committed, change):
    service = world.service()
    with committed() as callbacks:
        change(service)
    assert offer.store_all in callbacks
    assert BannerRevision.objects.filter(digest=current(site).digest).exists()


def test_fixtures_are_offered_without_a_proof(committed, site):
    from wagtail_consent.cookies import receivers

    with committed() as callbacks:
        receivers.renew(raw=True)
    assert not callbacks


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_the_same_offer_at_once_share_one_row():
    world.service()
    found = gather.offer(world.site(), "en")
    start, kept, errors = threading.Barrier(3), [], []

    def keep():
        try:
            start.wait(10)
            kept.append(offer.keep(found).pk)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(set(kept)) == 1
