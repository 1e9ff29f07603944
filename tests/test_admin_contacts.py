"""Contacts in the admin: the ledger's timeline and today's answer."""

from datetime import datetime, timedelta, timezone

import pytest
from django.urls import NoReverseMatch, reverse
from wagtail import hooks
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex

from tests import factories
from wagtail_consent import ledger, notices
from wagtail_consent.admin.contacts import PANELS_HOOK, ContactViewSet
from wagtail_consent.admin.panels import ContactPanel
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    EventPayload,
    Status,
    Suppression,
)
from wagtail_consent.permission import Reason, may_contact

pytestmark = pytest.mark.django_db
EMAIL = "ann@example.org"


def url(view, *args):
    return reverse(f"consent_contacts:{view}", args=args)


@pytest.fixture
def consent():
    return factories.consent(factories.contact(EMAIL))


@pytest.fixture
def ann(consent):
    return consent.contact


def listed(client, **query):
    return client.get(url("index"), query).content.decode()


def shown(client, contact):
    return client.get(url("inspect", contact.pk)).content.decode()


def test_the_list_shows_who_is_known(admin_client, ann):
    page = listed(admin_client)
    assert ann.reference in page
    assert EMAIL in page
    assert "Newsletter: granted" in page


@pytest.mark.parametrize("query", [EMAIL, " ANN@Example.org ", "reference"])
def test_a_contact_is_found_by_address_or_reference(admin_client, ann, query):
    other = factories.contact("bob@example.org")
    query = ann.reference.lower() if query == "reference" else query
    page = listed(admin_client, q=query)
    assert ann.reference in page
    assert other.reference not in page


@pytest.mark.parametrize("query", ["ann", "@example.org", "ann@", "%", "nn@example.or"])
def test_nobody_is_found_by_a_part(admin_client, ann, query):
    assert ann.reference not in listed(admin_client, q=query)


def test_a_filter_means_one_consent(admin_client, ann):
    """Granted for one purpose and withdrawn for another is no withdrawn newsletter."""
    calls = factories.purpose("calls")
    factories.consent(ann, calls)
    ledger.withdraw(ann, calls)
    newsletter = Consent.objects.get(purpose__identifier="newsletter").purpose_id
    granted = listed(admin_client, purpose=newsletter, status=Status.GRANTED)
    withdrawn = listed(admin_client, purpose=newsletter, status=Status.WITHDRAWN)
    assert ann.reference in granted
    assert ann.reference not in withdrawn


def test_a_filter_by_controller(admin_client, ann):
    other = factories.controller()
    assert ann.reference in listed(admin_client, controller=ann.controller_id)
    assert ann.reference not in listed(admin_client, controller=other.pk)


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    admin_client, ann, django_assert_max_num_queries
):
    listed(admin_client)
    with django_assert_max_num_queries(100) as one:
        listed(admin_client)
    for _number in range(10):
        factories.consent(factories.contact())
    with django_assert_max_num_queries(len(one)):
        listed(admin_client)


def test_a_contact_shows_todays_answer_with_its_reason(admin_client, ann):
    page = shown(admin_client, ann)
    assert EMAIL in page
    assert "consent-verdict--yes" in page
    assert str(Reason.GRANTED.label) in page


@pytest.mark.parametrize(
    ("age", "words"),
    [(10, "Permission was given."), (40, "ask again"), (90, "too old to count")],
)
def test_age_is_told(admin_client, age, words):
    purpose = factories.purpose(warning_age=30, lapse_age=60)
    at = datetime.now(timezone.utc) - timedelta(days=age)
    consent = factories.consent(factories.contact(), purpose, at)
    assert words in shown(admin_client, consent.contact)


def test_a_purpose_nobody_asked_for_is_told_too(admin_client, ann):
    factories.purpose("calls")
    page = shown(admin_client, ann)
    assert str(Reason.NO_RECORD.label) in page


def test_another_controllers_purposes_are_not_told(admin_client, ann):
    factories.purpose("secret-plan", controller=factories.controller())
    assert "Secret-Plan" not in shown(admin_client, ann)


def test_the_answers_take_one_query(ann, django_assert_num_queries):
    from wagtail_consent.permission import answers

    for number in range(5):
        factories.purpose(f"purpose-{number}")
    purposes = ann.controller.purposes.all()
    with django_assert_num_queries(1):
        found = answers(EMAIL, purposes)
    assert {pk: bool(it) for pk, it in found.items()} == {
        purpose.pk: bool(may_contact(EMAIL, purpose)) for purpose in purposes
    }


def test_the_timeline_tells_what_was_read_and_where(admin_client):
    notice = notices.make("statement", "en", "<p>Yes, write to <b>me</b>.</p>")
    contact = factories.contact(EMAIL)
    proof = factories.proof(notice=notice.digest, message_id="<1@example.com>")
    now = datetime.now(timezone.utc)
    ledger.confirm(contact, factories.purpose(), proof, now, now)
    page = shown(admin_client, contact)
    assert "<p>Yes, write to <b>me</b>.</p>" in page
    for words in ("Confirmed", "Requested", "The guide", notice.digest):
        assert words in page
    assert "&lt;1@example.com&gt;" in page


def test_the_proof_speaks_words_not_codes(admin_client):
    contact = factories.contact(EMAIL)
    data = {"how": "link", "coupled": False}
    ledger.withdraw(contact, factories.purpose(), ledger.Proof(data=data))
    page = shown(admin_client, contact)
    assert "<dd>by the mailed link</dd>" in page
    assert "<dt>Content in return</dt>" in page
    assert "<dd>no</dd>" in page


@pytest.mark.parametrize(
    ("code", "name"), [("de", "German"), ("pt-br", "Brazilian Portuguese"), ("x", "x")]
)
def test_a_language_is_told_by_its_name(admin_client, code, name):
    contact = factories.contact(EMAIL, language=code)
    assert f"<dd>{name}</dd>" in shown(admin_client, contact)


def test_the_proof_is_linked(admin_client, consent):
    page = shown(admin_client, consent.contact)
    assert f'href="#event-{consent.event_id}"' in page
    assert f'id="event-{consent.event_id}"' in page


def test_times_are_local(admin_client):
    at = datetime(2026, 6, 30, 22, 30, tzinfo=timezone.utc)
    contact = factories.contact(EMAIL)
    factories.event(contact, factories.purpose(), at)
    page = shown(admin_client, contact)
    assert "July 1, 2026, 00:30:00" in page
    assert 'datetime="2026-07-01T00:30:00+02:00"' in page


def test_an_address_that_runs_a_script_is_no_link(admin_client):
    contact = factories.contact(EMAIL)
    source = ledger.Source(url="javascript:alert(1)", title="Click me")
    ledger.withdraw(contact, factories.purpose(), ledger.Proof(source=source))
    page = shown(admin_client, contact)
    assert "Click me" in page
    assert "javascript:alert" not in page


def test_an_erased_payload_is_told(admin_client, ann):
    EventPayload.objects.all().delete()
    assert "Who and where was erased." in shown(admin_client, ann)


def test_the_page_takes_the_same_queries_for_one_and_for_many(
    admin_client, admin_user, consent, django_assert_max_num_queries
):
    ann = consent.contact
    ledger.withdraw(ann, consent.purpose, factories.proof(data={"user": 0}))
    shown(admin_client, ann)
    with django_assert_max_num_queries(100) as one:
        shown(admin_client, ann)
    for _number in range(10):
        proof = factories.proof(data={"user": admin_user.pk})
        ledger.withdraw(ann, consent.purpose, proof)
    with django_assert_max_num_queries(len(one)):
        shown(admin_client, ann)


class NotesPanel(ContactPanel):
    def render_html(self, parent_context=None):
        return f"Notes on {self.contact}"


def test_a_room_adds_a_panel(admin_client, ann):
    def construct(request, contact, panels):
        panels.append(NotesPanel(contact))

    with hooks.register_temporarily(PANELS_HOOK, construct):
        assert f"Notes on {ann.reference}" in shown(admin_client, ann)


def test_people_are_read_by_those_who_may(staff, ann):
    client = staff("wagtail_consent.view_contact")
    assert EMAIL in listed(client)
    assert EMAIL in shown(client, ann)


@pytest.mark.parametrize(
    "codename",
    [
        "wagtail_consent.withdraw_contact",
        "wagtail_consent.object_contact",
        "wagtail_consent.change_purpose",
    ],
)
def test_other_permissions_show_nobody(staff, ann, codename):
    client = staff(codename)
    for address in (url("index"), url("index_results"), url("inspect", ann.pk)):
        response = client.get(address)
        assert response.status_code == 302
        assert EMAIL not in response.content.decode()


@pytest.mark.parametrize("view", ["add", "edit", "delete", "copy", "history", "usage"])
def test_no_view_writes_people(ann, view):
    with pytest.raises(NoReverseMatch):
        url(view, ann.pk)
    with pytest.raises(NoReverseMatch):
        url(view)


def record(client, view, *args, reference="Letter of 1 May"):
    return client.post(url(view, *args), {"reference": reference}, follow=True)


def test_staff_record_a_withdrawal(admin_client, admin_user, consent):
    page = record(admin_client, "withdraw", consent.contact_id, consent.purpose_id)
    assert may_contact(EMAIL, "newsletter").reason == Reason.WITHDRAWN
    payload = ConsentEvent.objects.get(kind="withdrawn").payload
    told = {"user": admin_user.pk, "reference": "Letter of 1 May"}
    assert payload.data["data"] == told
    assert "Letter of 1 May" in page.content.decode()
    assert "admin" in page.content.decode()


def test_staff_record_an_objection(admin_client, consent):
    record(admin_client, "object", consent.contact_id, consent.purpose_id)
    assert may_contact(EMAIL, "newsletter").reason == Reason.OBJECTED


def test_staff_record_an_objection_to_everything(admin_client, consent):
    record(admin_client, "object_all", consent.contact_id)
    factories.purpose("later")
    assert may_contact(EMAIL, "later").reason == Reason.OBJECTED


@pytest.mark.parametrize("view", ["withdraw", "object"])
def test_asking_changes_nothing(admin_client, consent, view):
    for method in (admin_client.get, admin_client.head, admin_client.options):
        method(url(view, consent.contact_id, consent.purpose_id))
    assert may_contact(EMAIL, "newsletter")
    assert not Suppression.objects.exists()


def test_how_we_know_is_demanded(admin_client, consent):
    page = record(
        admin_client, "withdraw", consent.contact_id, consent.purpose_id, reference=" "
    )
    assert "This field is required." in page.content.decode()
    assert may_contact(EMAIL, "newsletter")


@pytest.mark.parametrize(
    ("may", "may_not"), [("withdraw", "object"), ("object", "withdraw")]
)
def test_each_verb_has_its_permission(staff, consent, may, may_not):
    view = "wagtail_consent.view_contact"
    client = staff(view, f"wagtail_consent.{may}_contact")
    page = shown(client, consent.contact)
    args = (consent.contact_id, consent.purpose_id)
    assert url(may, *args) in page
    assert url(may_not, *args) not in page
    assert client.get(url(may, *args)).status_code == 200
    record(client, may_not, *args)
    assert may_contact(EMAIL, "newsletter")


def test_a_verb_needs_sight_of_the_person(staff, consent):
    client = staff("wagtail_consent.withdraw_contact")
    address = url("withdraw", consent.contact_id, consent.purpose_id)
    assert client.get(address, follow=True).status_code == 404


def test_another_controllers_purpose_is_not_found(admin_client, consent):
    foreign = factories.purpose("foreign", controller=factories.controller())
    address = url("object", consent.contact_id, foreign.pk)
    assert admin_client.get(address, follow=True).status_code == 404


def test_addresses_never_reach_the_audit_log(admin_client, consent):
    """It keeps what it is told for ever."""
    args = (consent.contact_id, consent.purpose_id)
    listed(admin_client, q=EMAIL)
    shown(admin_client, consent.contact)
    record(admin_client, "withdraw", *args)
    record(admin_client, "object", *args)
    record(admin_client, "object_all", consent.contact_id)
    entries = [*ModelLogEntry.objects.values(), *PageLogEntry.objects.values()]
    assert {entry["label"] for entry in entries} == {consent.contact.reference}
    assert "example.org" not in repr(entries)
    assert len(entries) == 3


def test_people_are_in_no_reference_index():
    viewset = ContactViewSet()
    assert not viewset.add_to_reference_index
    assert not ReferenceIndex.model_is_indexable(Contact) or (
        Contact not in ReferenceIndex.tracked_models
    )


def test_no_address_stands_in_an_url(ann):
    for view in ("inspect", "object_all"):
        assert "@" not in url(view, ann.pk)
