"""Personal data wherever it lies: sources say what they hold, and erase it."""

import json

import pytest

from tests import factories
from wagtail_consent import addresses, ledger, registry, suppression
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    EventPayload,
    Origin,
    Suppression,
    SuppressionReason,
)
from wagtail_consent.permission import may_contact
from wagtail_consent.registry import Item, Outcome, PersonalDataSource
from wagtail_consent.sources import ContactSource, SuppressionSource

pytestmark = pytest.mark.django_db
ANN = addresses.parse("ann@example.org")


class Orders(PersonalDataSource):
    name = "shop.orders"
    label = "Orders"

    def find(self, address, controller=None):
        return 1

    def preview(self, address, controller=None):
        return [Item("An order")]

    def export(self, address, controller=None):
        yield {"order": 1}

    def erase(self, address, controller=None):
        return Outcome(removed=1)


class Invoices(Orders):
    pass


@pytest.fixture
def own_sources(monkeypatch):
    monkeypatch.setattr(registry, "_sources", {})


def names():
    return [source.name for source in registry.sources()]


def test_a_site_registers_its_own(own_sources):
    registry.register(Orders())
    assert names() == ["shop.orders"]


def test_registering_again_is_no_error(own_sources):
    registry.register(Orders())
    registry.register(Orders())
    assert names() == ["shop.orders"]


def test_a_name_belongs_to_one_source(own_sources):
    registry.register(Orders())
    with pytest.raises(ValueError, match="shop.orders"):
        registry.register(Invoices())


def test_a_source_answers_all_four_questions():
    class Half(PersonalDataSource):
        name = "half"

    with pytest.raises(TypeError, match="abstract"):
        Half()


def test_what_is_retained_needs_a_ground():
    with pytest.raises(ValueError, match="ground"):
        Outcome(retained=1)


def test_the_core_registers_what_it_holds():
    core = {"wagtail_consent.contacts", "wagtail_consent.suppressions"}
    assert core <= set(names())


@pytest.mark.parametrize("source", registry.sources(), ids=lambda source: source.name)
def test_every_source_answers_for_a_stranger(source):
    factories.purpose()
    stranger = addresses.parse("nobody@example.org")
    assert not source.find(stranger)
    assert list(source.preview(stranger)) == []
    assert list(source.export(stranger)) == []
    assert source.erase(stranger).removed == 0


@pytest.fixture
def ann():
    return factories.consent(factories.contact("ann@example.org")).contact


def test_the_contact_is_found_in_any_spelling(ann):
    assert ContactSource().find(addresses.parse("ANN@example.org")) == 1


def test_another_controllers_contact_is_not_told(ann):
    other = factories.controller()
    source = ContactSource()
    assert source.find(ANN, ann.controller) == 1
    assert source.find(ANN, other) == 0
    assert list(source.export(ANN, other)) == []
    assert source.erase(ANN, other) == Outcome()


def test_a_preview_names_the_contact_by_its_reference(ann):
    [item] = ContactSource().preview(ANN)
    assert str(ann) in item.label
    assert "2 events" in item.detail


def test_the_export_holds_what_was_recorded(ann):
    [exported] = json.loads(json.dumps([*ContactSource().export(ANN)]))
    assert exported["email"] == "ann@example.org"
    assert [event["kind"] for event in exported["events"]] == ["requested", "confirmed"]
    assert exported["events"][0]["evidence"]["source"]["title"] == "The guide"


def test_erasure_leaves_nameless_events_alone(ann):
    outcome = ContactSource().erase(ANN)
    assert outcome.anonymised == 2
    assert not Contact.objects.exists()
    assert not Consent.objects.exists()
    assert not EventPayload.objects.exists()
    assert ConsentEvent.objects.count() == 2
    assert may_contact("ann@example.org", "newsletter").reason == "no_record"


def test_erasing_again_does_nothing(ann):
    ContactSource().erase(ANN)
    assert ContactSource().erase(ANN) == Outcome()


def test_an_erased_person_is_exported_without_payload_nowhere(ann):
    EventPayload.objects.all().delete()
    [exported] = ContactSource().export(ANN)
    assert exported["events"][0]["evidence"] == {}


@pytest.fixture
def suppressed(ann):
    return suppression.suppress(
        ann.controller, ANN, SuppressionReason.BOUNCE, Origin.SYSTEM
    )


def test_a_suppression_survives_erasure(suppressed):
    outcome = SuppressionSource().erase(ANN)
    assert (outcome.retained, outcome.removed) == (1, 0)
    assert outcome.ground
    assert Suppression.objects.exists()


def test_a_suppression_is_previewed_and_exported(suppressed):
    [item] = SuppressionSource().preview(ANN)
    assert item.detail == "address doesn't exist"
    [exported] = SuppressionSource().export(ANN)
    assert exported["reason"] == "bounce"


def test_an_objection_outlives_the_contact(ann):
    ledger.object(ann)
    ContactSource().erase(ANN)
    factories.purpose("later", controller=ann.controller)
    assert may_contact("ann@example.org", "later").reason == "objected"
