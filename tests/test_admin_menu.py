"""The menu "Consent", and what staff set there: purposes, wordings, controllers."""

import json

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tests import factories
from wagtail_consent.admin.menu import MENU_HOOK, consent_menu
from wagtail_consent.models import Controller, Processor, Purpose, Wording

pytestmark = pytest.mark.django_db


def url(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


@pytest.fixture
def menu_names(rf):
    """Return the names of a user's items, in their order."""

    def names(user):
        # Viewsets register their items when the admin's addresses are read.
        reverse("wagtailadmin_home")
        consent_menu.__dict__.pop("registered_menu_items", None)
        request = rf.get("/")
        request.user = user
        items = consent_menu.menu_items_for_request(request)
        return [item.name for item in sorted(items, key=lambda item: item.order)]

    yield names
    consent_menu.__dict__.pop("registered_menu_items", None)


def test_the_menu_holds_what_the_core_has(menu_names, admin_user):
    ours = [f"consent-{name}" for name in ("contacts", "purposes", "wordings")]
    ours.append("consent-controllers")
    assert [name for name in menu_names(admin_user) if name in ours] == ours


def test_nobody_sees_what_they_may_not(menu_names):
    assert menu_names(User.objects.create_user("nobody")) == []


def test_a_room_adds_its_item(menu_names, admin_user):
    with hooks.register_temporarily(MENU_HOOK, lambda: MenuItem("Room", "/", "room")):
        assert "room" in menu_names(admin_user)


def test_the_sidebar_shows_the_menu(admin_client):
    page = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert '"consent"' in page
    assert (
        "icon-consent"
        in admin_client.get(reverse("wagtailadmin_sprite")).content.decode()
    )


@pytest.mark.parametrize("model", [Purpose, Wording, Controller])
@pytest.mark.parametrize("view", ["list", "add"])
def test_each_snippet_has_its_views(admin_client, model, view):
    factories.wording(factories.purpose())
    assert admin_client.get(url(model, view)).status_code == 200


def test_the_list_of_purposes_says_what_they_are_for(admin_client):
    factories.purpose(channel="phone", lawful_basis="contract")
    page = admin_client.get(url(Purpose, "list")).content.decode()
    for word in ("newsletter", "phone", "contract (Art. 6(1)(b))"):
        assert word in page


@pytest.mark.parametrize(
    "codename",
    [
        "view_contact",
        "withdraw_contact",
        "object_contact",
        "add_purpose",
        "change_wording",
        "publish_wording",
        "delete_controller",
    ],
)
def test_permissions_are_given_in_groups(admin_client, codename):
    group = Group.objects.create(name="Marketing")
    page = admin_client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    permission = Permission.objects.get(
        content_type__app_label="wagtail_consent", codename=codename
    )
    assert f'value="{permission.pk}"' in page.content.decode()


def test_there_is_nothing_to_add_to_people():
    people = Permission.objects.filter(
        content_type__app_label="wagtail_consent", content_type__model="contact"
    )
    assert sorted(people.values_list("codename", flat=True)) == [
        "object_contact",
        "view_contact",
        "withdraw_contact",
    ]


def purpose_form(purpose, **values):
    return {
        "name": purpose.name,
        "identifier": purpose.identifier,
        "controller": purpose.controller_id,
        "channel": purpose.channel,
        "lawful_basis": purpose.lawful_basis,
        "double_opt_in": "on",
        **values,
    }


def test_a_purpose_is_made(admin_client):
    controller = factories.controller()
    form = purpose_form(Purpose(name="News", identifier="news", controller=controller))
    admin_client.post(url(Purpose, "add"), form)
    assert Purpose.objects.get().identifier == "news"


def test_an_identifier_never_changes(admin_client):
    """Programs ask by it, and evidence names it."""
    purpose = factories.purpose()
    form = purpose_form(purpose, identifier="other", name="Renamed")
    admin_client.post(url(Purpose, "edit", purpose.pk), form)
    purpose.refresh_from_db()
    assert (purpose.identifier, purpose.name) == ("newsletter", "Renamed")


def test_a_warning_comes_before_the_lapse(admin_client):
    purpose = factories.purpose()
    form = purpose_form(purpose, warning_age=60, lapse_age=30)
    response = admin_client.post(url(Purpose, "edit", purpose.pk), form)
    assert "Warn before the consent lapses" in response.content.decode()


def delete(client, instance):
    return client.post(url(type(instance), "delete", instance.pk), follow=True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_evidence_rests_on_stays(admin_client, method):
    purpose = factories.consent().purpose
    for instance in (purpose, purpose.controller):
        address = url(type(instance), "delete", instance.pk)
        response = getattr(admin_client, method)(address, follow=True)
        assert "is in use" in response.content.decode()
    assert Purpose.objects.filter(pk=purpose.pk).exists()


def test_it_stays_when_many_are_deleted_at_once(admin_client):
    purpose = factories.consent().purpose
    address = reverse(
        "wagtail_bulk_action", args=["wagtail_consent", "purpose", "delete"]
    )
    page = admin_client.post(f"{address}?id={purpose.pk}", follow=True)
    assert "is in use" in page.content.decode()
    assert Purpose.objects.exists()


def test_what_nothing_rests_on_goes(admin_client):
    purpose = factories.purpose()
    delete(admin_client, purpose)
    delete(admin_client, purpose.controller)
    assert not Purpose.objects.exists()
    assert not Controller.objects.exists()


def test_a_wording_goes_though_people_read_it(admin_client):
    """The notice is the evidence; so a locale can be deleted."""
    consent = factories.consent()
    delete(admin_client, factories.wording(consent.purpose))
    assert not Wording.objects.exists()


def wording_form(purpose, statement):
    return {
        "purpose": purpose.pk,
        "name": "News",
        "statement": statement,
        "action-publish": "1",
    }


def rich(text):
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def test_a_wording_names_company_and_channel(admin_client):
    purpose = factories.purpose()
    form = wording_form(purpose, rich("Yes, write to me."))
    response = admin_client.post(url(Wording, "add"), form)
    assert "Please name {company}, {channel}" in response.content.decode()
    assert not Wording.objects.exists()


def test_the_preview_shows_what_visitors_read(rf):
    purpose = factories.purpose(controller=factories.controller(name="Ann & Sons"))
    wording = factories.wording(purpose)
    response = wording.make_preview_request()
    page = response.content.decode()
    assert "Yes, Ann &amp; Sons may write to me by e-mail" in page
    assert "{company}" not in page
    assert "checked" not in page


def test_the_preview_of_a_draft_without_a_purpose(rf):
    page = Wording(name="News", statement="<p>{company}</p>", locale=factories.locale())
    assert "{company}" in page.make_preview_request().content.decode()


def test_the_snippets_need_their_permissions(staff):
    client = staff("wagtail_consent.view_contact")
    assert client.get(url(Purpose, "list")).status_code == 302


def test_a_second_wording_in_one_language_is_refused_in_words(admin_client):
    purpose = factories.wording(factories.purpose()).purpose
    form = wording_form(purpose, rich(factories.STATEMENT))
    response = admin_client.post(url(Wording, "add"), form)
    assert "has a wording in this language already" in response.content.decode()
    assert Wording.objects.count() == 1


def test_a_wording_copied_for_translation_is_a_draft():
    wording = factories.wording(factories.purpose())
    copied = wording.copy_for_translation(factories.locale("de"))
    copied.save()
    assert not copied.live


def processor():
    return Processor.objects.create(name="Ann's Maps Ltd")


@pytest.mark.parametrize("make", [factories.controller, factories.purpose, processor])
def test_what_counts_at_once_is_saved_by_hand(admin_client, make):
    """Wagtail 8 would save it while somebody is typing, and there is no draft."""
    row = make()
    page = admin_client.get(url(type(row), "edit", row.pk)).content.decode()
    assert 'data-controller="w-unsaved' in page
    assert 'data-controller="w-unsaved w-autosave"' not in page
