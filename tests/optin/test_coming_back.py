"""Visitors who confirmed before, and ask for something else."""

from tests import factories
from tests.optin import world as worlds
from tests.optin.world import World
from wagtail_consent import notices
from wagtail_consent.models import (
    ConsentEvent,
    Contact,
    NoticeKind,
)
from wagtail_consent.optin.models import Confirmation, Download
from wagtail_consent.permission import may_contact

ANN = "ann@example.org"


# Confirmed visitors who come back.


def test_a_second_guide_comes_without_a_second_round(world: World) -> None:
    world.confirmed()
    worlds.deliver()
    world.uses(heading="Another guide")
    world.post(consent_newsletter="on")
    [mail] = worlds.deliver()
    file = world.client.get(worlds.link_in(mail, "download"))
    assert worlds.content(file) == worlds.PDF
    lead = worlds.lead()
    assert lead.how == Confirmation.How.KNOWN
    assert lead.submission.form == world.form
    assert Contact.objects.count() == 1
    assert ConsentEvent.objects.count() == 2


def test_a_second_guide_without_a_tick_comes_at_once(world: World) -> None:
    world.confirmed(tick=False)
    worlds.deliver()
    world.post()
    [mail] = worlds.deliver()
    assert worlds.link_in(mail, "download")


def test_something_new_is_asked_by_mail(world: World) -> None:
    world.confirmed(tick=False)
    worlds.deliver()
    world.post(consent_newsletter="on")
    [mail] = worlds.deliver()
    assert worlds.link_in(mail, "confirm")
    assert Confirmation.objects.count() == 1


def test_another_wording_is_something_new(world: World) -> None:
    world.confirmed()
    worlds.deliver()
    other = notices.make(NoticeKind.STATEMENT, "en", "<p>Other words.</p>")
    world.uses(boxes=[worlds.box(world, notice=other.digest)])
    world.post(consent_newsletter="on")
    assert worlds.link_in(worlds.deliver()[0], "confirm")


def test_a_withdrawn_consent_is_asked_for_anew(world: World) -> None:
    worlds.withdrawn(world)
    worlds.deliver()
    world.post(consent_newsletter="on")
    [mail] = worlds.deliver()
    world.client.post(worlds.link_in(mail, "confirm"))
    assert may_contact(ANN, "newsletter")


def test_another_companys_visitor_is_nobody_here(world: World) -> None:
    world.confirmed(tick=False)
    worlds.deliver()
    other = factories.controller()
    world.uses(controller={"id": other.pk, "name": other.name})
    world.post(reference=world.word(controller=other.pk))
    assert worlds.link_in(worlds.deliver()[0], "confirm")


def test_an_imported_address_must_confirm_first(world: World) -> None:
    contact = factories.contact(ANN, world.controller)
    factories.consent(contact, world.purpose)
    world.post()
    assert worlds.link_in(worlds.deliver()[0], "confirm")


def test_nothing_promised_is_asked_for_again(world: World) -> None:
    """There is nothing to hand over at once, and silence would be no answer."""
    world.uses(promise=worlds.NO_PROMISE)
    world.confirmed()
    assert worlds.deliver() == []
    world.post(consent_newsletter="on")
    assert worlds.link_in(worlds.deliver()[0], "confirm")


def test_somebody_suppressed_gets_nothing_without_confirming(world: World) -> None:
    world.confirmed(tick=False)
    worlds.deliver()
    worlds.suppressed(world)
    world.post()
    assert worlds.link_in(worlds.deliver()[0], "confirm")
    assert Download.objects.count() == 1
