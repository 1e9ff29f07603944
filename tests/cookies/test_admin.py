"""Services, categories and the log of choices in the admin; each verb by permission."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from tests.cookies import world
from wagtail_consent.cookies import offer
from wagtail_consent.cookies.models import (
    Category,
    Service,
)
from wagtail_consent.models import Processor

pytestmark = pytest.mark.django_db

LABEL = "wagtail_consent_cookies"


@pytest.fixture(autouse=True)
def site():
    return world.site()


def snippet(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def typed(service, **changes):
    """What the service's form posts, as it stands."""
    values = {
        "name": service.name,
        "key": service.key,
        "category": service.category.pk,
        "provider": service.provider.pk,
        "hosts": service.hosts,
        "privacy_url": "",
        "signal": "",
        "action-publish": "action-publish",
        **formset("texts", ["locale", "purpose"], service.texts.all()),
        **formset("stored", ["kind", "name", "unit"], service.stored.all()),
    }
    return values | changes


def formset(prefix, names, rows):
    rows = list(rows)
    values = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": sum(bool(row.pk) for row in rows),
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        for name in names:
            value = getattr(row, f"{name}_id", None) or getattr(row, name)
            values[f"{prefix}-{number}-{name}"] = value
        values[f"{prefix}-{number}-id"] = row.pk or ""
        values[f"{prefix}-{number}-ORDER"] = number + 1
        values[f"{prefix}-{number}-DELETE"] = ""
    return values


def edit(client, service, **changes):
    url = snippet(Service, "edit", service.pk)
    return client.post(url, typed(service, **changes))


def edition(service):
    return Service.objects.get(pk=service.pk).edition


def test_services_stand_in_the_menu_consent(admin_client):
    page = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    for url in (
        snippet(Service, "list"),
        snippet(Category, "list"),
        reverse("consent_choices:index"),
    ):
        assert f'"{url}"' in page


def test_the_list_shows_what_is_declared(admin_client):
    world.service()
    page = admin_client.get(snippet(Service, "list")).content.decode()
    for words in ("Figures", "figures", "Statistics", "Figures Ltd"):
        assert words in page


def test_the_list_costs_no_more_than_wagtails_status_for_each_row(
    admin_client, django_assert_max_num_queries
):
    """Its status column asks for a schedule and for a workflow."""
    for key in world.NAMES:
        world.service(f"of-{key}", category=key)
    url = snippet(Service, "list")
    admin_client.get(url)
    with CaptureQueriesContext(connection) as before:
        admin_client.get(url)
    for number in range(8):
        world.service(f"s{number}", category=list(world.NAMES)[number % 5])
    with django_assert_max_num_queries(len(before) + 2 * 8):
        admin_client.get(url)


@pytest.mark.parametrize("query", ["figures", "Figures", "figures.example"])
def test_a_service_is_found_by_name_identifier_or_host(admin_client, query):
    world.service(hosts=["www.figures.example"])
    world.service("other")
    page = admin_client.get(snippet(Service, "list"), {"q": query}).content.decode()
    assert "Figures" in page
    assert "Other" not in page


def test_a_service_is_added_in_the_editor(admin_client):
    made = Service(
        key="new",
        name="New",
        category=world.category(),
        provider=world.provider(),
        hosts="www.new.example\n*.new.example",
    )
    text = {"locale": Locale.objects.get(language_code="en"), "purpose": "It counts."}
    made.texts = [world.ServiceText(**text)]
    made.stored = [world.StoredItem(name="_n", unit="session")]
    response = admin_client.post(snippet(Service, "add"), typed(made))
    assert response.status_code == 302
    service = Service.objects.get(key="new")
    assert service.live
    assert service.host_list == ["www.new.example", "*.new.example"]
    assert service.stored.get().name == "_n"


@pytest.mark.parametrize(
    "hosts",
    [
        "www.example.com",
        "*.example.com",
        "a.example\n\n  *.b.example.com  \n",
        "localhost",
        "127.0.0.1:8000",
        "müller.example",
    ],
)
def test_host_names_are_taken(admin_client, hosts):
    service = world.service()
    edit(admin_client, service, hosts=hosts)
    service.refresh_from_db()
    assert service.host_list == hosts.split()


@pytest.mark.parametrize(
    "hosts",
    [
        "https://www.example.com",
        "www.example.com/path",
        "//example.com",
        "*",
        "*.com",
        "www.*.com",
        "*example.com",
        "a.example, b.example",
        "a.example b.example",
        "user@example.com",
        "-a.example",
        "a.example;script-src *",
        "'self'",
    ],
)
def test_what_is_no_host_is_refused_and_quoted(admin_client, hosts):
    service = world.service(hosts=["good.example"])
    response = edit(admin_client, service, hosts=f"fine.example\n{hosts}")
    (error,) = response.context["form"].errors["hosts"]
    assert hosts in error
    assert response.context["form"]["hosts"].value() == f"fine.example\n{hosts}"
    service.refresh_from_db()
    assert service.hosts == "good.example"


@pytest.mark.parametrize("domain", ["https://x.example", "x.example/", "*.x.example"])
def test_what_is_no_domain_is_refused(admin_client, domain):
    service = world.service(
        stored=[{"name": "_a", "unit": "session", "lifetime": None}]
    )
    response = edit(admin_client, service, **{"stored-0-domain": domain})
    errors = response.context["form"].formsets["stored"].errors
    assert "domain" in errors[0]


def test_the_identifier_stays_once_it_was_published(admin_client):
    service = world.service()
    edit(admin_client, service, key="other", name="Renamed")
    service.refresh_from_db()
    assert (service.key, service.name) == ("figures", "Renamed")


def test_a_drafts_identifier_can_still_be_corrected(admin_client):
    service = world.service("figure")
    Service.objects.update(first_published_at=None, live=False)
    service = Service.objects.get()
    edit(admin_client, service, key="figures")
    assert Service.objects.get().key == "figures"


def test_a_corrected_word_asks_nobody_again(admin_client, site):
    service = world.service()
    before = offer.current(site, "en").material
    edit(admin_client, service, **{"texts-0-purpose": "A corrected word."})
    offer.forget()
    after = offer.current(site, "en")
    assert after.services[0].purpose == "A corrected word."
    assert after.material == before


def test_a_changed_purpose_asks_everybody_again(admin_client, site):
    service = world.service()
    before = offer.current(site, "en").material
    edit(admin_client, service, ask_again="on")
    offer.forget()
    assert edition(service) == 2
    assert offer.current(site, "en").material != before


def test_drafts_that_save_themselves_count_once_and_only_on_publish(admin_client):
    service = world.service()
    url = snippet(Service, "edit", service.pk)
    draft = typed(service, ask_again="on")
    del draft["action-publish"]
    for _time in range(3):
        admin_client.post(url, draft)
    assert edition(service) == 1
    form = admin_client.get(url).context["form"]
    assert form["ask_again"].value() is True
    edit(admin_client, service, ask_again="on")
    assert edition(service) == 2
    assert not admin_client.get(url).context["form"]["ask_again"].value()


def test_a_draft_may_take_it_back(admin_client):
    service = world.service()
    draft = typed(service, ask_again="on")
    del draft["action-publish"]
    admin_client.post(snippet(Service, "edit", service.pk), draft)
    edit(admin_client, service)
    assert edition(service) == 1


def test_a_new_service_doesnt_ask_for_it(admin_client):
    form = admin_client.get(snippet(Service, "add")).context["form"]
    assert "ask_again" not in form.fields
    page = admin_client.get(snippet(Service, "add")).content.decode()
    assert "The purpose changed" not in page


@pytest.mark.parametrize(
    ("granted", "view", "status"),
    [
        ("view_service", "list", 200),
        ("view_service", "edit", 302),
        ("add_service", "add", 200),
        ("add_service", "edit", 302),
        ("change_service", "edit", 200),
        ("change_service", "delete", 302),
        ("delete_service", "delete", 200),
        ("delete_service", "edit", 302),
        ("view_category", "list", 302),
    ],
)
def test_each_verb_needs_its_permission(staff, granted, view, status):
    service = world.service()
    args = [service.pk] if view in ("edit", "delete") else []
    assert staff(granted).get(snippet(Service, view, *args)).status_code == status


def test_who_may_change_may_not_publish(staff):
    service = world.service()
    client = staff("change_service")
    edit(client, service, name="Renamed")
    service.refresh_from_db()
    assert service.name == "Figures"
    assert service.has_unpublished_changes


def test_every_verb_can_be_given_to_a_group(admin_client):
    group = Group.objects.create(name="Privacy")
    page = admin_client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    shown = set(re.findall(r'name="permissions" value="(\d+)"', page.content.decode()))
    given = Permission.objects.filter(content_type__app_label=LABEL)
    names = dict(given.values_list("codename", "pk"))
    for verb in ("add", "change", "delete", "publish"):
        assert str(names[f"{verb}_service"]) in shown
    assert str(names["view_choice"]) in shown
    assert str(names["change_choice"]) not in shown


def test_a_categorys_identifier_stays(admin_client):
    category = world.category()
    values = {
        "key": "other",
        "order": 7,
        **formset("texts", ["locale", "name", "description"], category.texts.all()),
    }
    url = snippet(Category, "edit", category.pk)
    assert admin_client.post(url, values).status_code == 302
    category.refresh_from_db()
    assert (category.key, category.order) == ("statistics", 7)


def test_a_category_has_no_drafts_so_nothing_is_saved_by_itself(admin_client):
    service, category = world.service(), world.category()
    pages = [
        admin_client.get(snippet(type(it), "edit", it.pk)).content.decode()
        for it in (service, category)
    ]
    saves_itself = 'data-controller="w-unsaved w-autosave"'
    assert [saves_itself in page for page in pages] == [True, False]


def test_what_services_rest_on_isnt_deleted(admin_client):
    service = world.service()
    for used in (service.category, service.provider):
        url = reverse(used.snippet_viewset.get_url_name("delete"), args=[used.pk])
        assert admin_client.post(url).status_code == 302
    assert Category.objects.exists()
    assert Processor.objects.exists()
