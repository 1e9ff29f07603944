"""The mailbox's owner confirms, disowns, asks again, withdraws."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.optin import world as worlds
from tests.optin.world import World
from wagtail_consent import ledger, suppression, tokens
from wagtail_consent.addresses import parse
from wagtail_consent.mailing.models import Message, MessageStatus
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
    Origin,
    Suppression,
    SuppressionReason,
)
from wagtail_consent.optin.confirmation import confirm, links, submissions
from wagtail_consent.optin.models import Confirmation, Download, Submission
from wagtail_consent.permission import Reason, may_contact

ANN = "ann@example.org"


def press(world: World, submission: Submission, name: str = "confirm"):
    return world.client.post(links.path(name, submission.uuid))


def let_expire(submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )


def test_the_proof_names_what_was_shown_and_sent(world: World) -> None:
    """Promise 7 and 9: form, statement, mail, Message-ID and both times."""
    submission = world.sign_up()
    [asking] = worlds.deliver()
    press(world, submission)
    requested, confirmed = ConsentEvent.objects.order_by("sequence")
    assert requested.kind == "requested"
    assert requested.occurred_at == submission.created_at
    assert confirmed.notice == world.statement.digest
    data = confirmed.payload.data
    assert data["form"] == world.form.digest
    assert data["mail"] == worlds.letter("optin.confirm").digest
    assert data["message_id"] == asking.extra_headers["Message-ID"]
    assert data["source"]["site"] == world.site.root_url
    assert data["source"]["block"] == "b1"


# Promise 6: a token is idempotent, expires, and undoes no later withdrawal.


def test_promise_6_a_second_post_changes_nothing(world: World) -> None:
    submission = world.confirmed()
    worlds.deliver()
    with worlds.nothing_changes():
        again = press(world, submission)
    assert again.status_code == 303
    assert worlds.deliver() == []


def test_promise_6_a_second_post_after_a_withdrawal_grants_nothing(world: World):
    submission = world.confirmed()
    press(world, submission, "withdraw")
    with worlds.nothing_changes():
        assert press(world, submission).status_code == 303
    assert may_contact(ANN, "newsletter").reason == Reason.WITHDRAWN


def test_promise_6_an_older_link_undoes_no_withdrawal(world: World) -> None:
    older = world.sign_up()
    newer = world.confirmed()
    press(world, newer, "withdraw")
    assert press(world, older).status_code == 303
    assert may_contact(ANN, "newsletter").reason == Reason.WITHDRAWN


def test_promise_6_an_older_link_undoes_no_objection(world: World) -> None:
    older = world.sign_up()
    contact = ledger.contact_for(world.controller, parse(ANN), "en")
    ledger.object(contact)
    press(world, older)
    assert not may_contact(ANN, "newsletter")
    assert suppression.is_suppressed(world.controller, parse(ANN))


def test_promise_6_an_expired_link_confirms_nothing_and_offers_a_new_one(world: World):
    submission = world.sign_up()
    let_expire(submission)
    with worlds.nothing_changes():
        for response in (
            world.client.get(links.path("confirm", submission.uuid)),
            press(world, submission),
        ):
            assert response.status_code == 410
            again = links.path("again", submission.uuid)
            assert again in response.content.decode()


@pytest.mark.parametrize("name", ["done", "disown", "again", "withdraw", "download"])
def test_promise_6_a_token_is_good_for_one_page(world: World, name: str) -> None:
    submission = world.sign_up()
    path = links.path(name, submission.uuid)
    with worlds.nothing_changes():
        foreign = path.replace(path.split("/")[2], "confirm", 1)
        assert world.client.post(foreign).status_code == 404


def test_promise_6_tokens_survive_a_rotated_secret_key(world: World, settings) -> None:
    submission = world.sign_up()
    path = links.path("confirm", submission.uuid)
    settings.SECRET_KEY = "another"
    settings.WAGTAIL_CONSENT = {"KEYS": ["newer", *settings.WAGTAIL_CONSENT["KEYS"]]}
    assert world.client.post(path).status_code == 303
    assert may_contact(ANN, "newsletter")


def test_promise_6_a_token_of_another_key_is_unknown(world: World, settings) -> None:
    path = links.path("confirm", world.sign_up().uuid)
    settings.WAGTAIL_CONSENT = {"KEYS": ["somebody else's"]}
    assert world.client.post(path).status_code == 404


def test_promise_6_no_token_lies_in_the_database(world: World) -> None:
    submission = world.sign_up()
    token = tokens.make("optin.confirm", submission.uuid)
    assert token not in str(worlds.photograph())


@pytest.mark.database
def test_promise_6_two_clicks_at_once_make_one_confirmation(real_world: World) -> None:
    world = real_world
    submission = world.sign_up()
    path = links.path("confirm", submission.uuid)
    barrier = Barrier(4)

    def click(number: int) -> int:
        barrier.wait()
        try:
            return Client().post(path).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(click, range(4))) == [303] * 4
    assert Confirmation.objects.count() == 1
    assert Contact.objects.count() == 1
    assert Download.objects.count() == 1
    assert list(ConsentEvent.objects.values_list("kind", flat=True)) == [
        "requested",
        "confirmed",
    ]
    assert Message.objects.filter(kind="optin.deliver").count() == 1


@pytest.mark.database
def test_two_submissions_confirmed_at_once_make_one_chain(real_world: World) -> None:
    world = real_world
    rows = [world.sign_up().uuid for _ in range(3)]
    barrier = Barrier(3)

    def click(row) -> int:
        barrier.wait()
        try:
            return Client().post(links.path("confirm", row)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(click, rows)) == [303] * 3
    assert Contact.objects.count() == 1
    sequence = ConsentEvent.objects.values_list("sequence", flat=True)
    assert sorted(sequence) == list(range(1, len(sequence) + 1))


# Suppressed people are heard by confirming anew, and by that alone.


def test_confirming_lifts_what_the_person_had_set(world: World) -> None:
    contact = ledger.contact_for(world.controller, parse(ANN), "en")
    ledger.object(contact)
    world.sign_up()
    worlds.deliver()
    assert not may_contact(ANN, "newsletter")
    press(world, Submission.objects.get())
    assert may_contact(ANN, "newsletter")


def test_confirming_without_a_tick_lifts_nothing(world: World) -> None:
    contact = ledger.contact_for(world.controller, parse(ANN), "en")
    ledger.object(contact)
    world.confirmed(tick=False)
    assert suppression.is_suppressed(world.controller, parse(ANN))


@pytest.mark.parametrize("origin", [Origin.STAFF, Origin.SYSTEM])
def test_confirming_lifts_nothing_of_staffs(world: World, origin: Origin) -> None:
    suppression.suppress(world.controller, parse(ANN), SuppressionReason.STAFF, origin)
    world.confirmed()
    assert may_contact(ANN, "newsletter").reason == Reason.SUPPRESSED


# "That wasn't me".


def test_promise_5_that_was_not_me_stops_further_mail(world: World) -> None:
    submission = world.sign_up()
    worlds.deliver()
    assert press(world, submission, "disown").status_code == 303
    world.post()
    world.post("Ann@EXAMPLE.org", consent_newsletter="on")
    assert worlds.deliver() == []
    assert set(Message.objects.values_list("status", flat=True)) == {
        "sent",
        "cancelled",
    }


def test_disowning_forgets_what_waits(world: World) -> None:
    first, second = world.sign_up(), world.sign_up()
    press(world, first, "disown")
    assert not Submission.objects.exists()
    assert worlds.deliver() == []
    assert press(world, second).status_code == 410
    assert not Contact.objects.exists()


def test_disowning_leaves_others_alone(world: World) -> None:
    bob = world.sign_up("bob@example.org")
    press(world, world.sign_up(), "disown")
    assert Submission.objects.get() == bob


def test_disowning_can_be_undone_on_its_page(world: World) -> None:
    stopped = press(world, world.sign_up(), "disown")["Location"]
    assert world.client.get(stopped).status_code == 200
    assert world.client.post(stopped).status_code == 303
    assert Suppression.objects.get().lifted_by == Origin.PERSON
    world.sign_up()
    assert len(worlds.deliver()) == 1


def test_undoing_lifts_nothing_else(world: World) -> None:
    stopped = press(world, world.sign_up(), "disown")["Location"]
    contact = ledger.contact_for(world.controller, parse(ANN), "en")
    ledger.object(contact)
    world.client.post(stopped)
    assert Suppression.objects.get(lifted_at=None).reason == "objection"


def test_an_undo_token_names_nobody_and_opens_nothing_else(world: World) -> None:
    stopped = press(world, world.sign_up(), "disown")["Location"]
    other = suppression.suppress(
        world.controller, parse("b@example.org"), SuppressionReason.STAFF, Origin.STAFF
    )
    token = stopped.rstrip("/").rpartition("/")[2]
    forged = stopped.replace(token, token.replace(token.split(".")[0], str(other.pk)))
    assert world.client.post(forged).status_code == 404
    other.refresh_from_db()
    assert other.lifted_at is None


def test_disowning_what_somebody_confirmed_withdraws_it(world: World) -> None:
    submission = world.confirmed()
    press(world, submission, "disown")
    assert Consent.objects.get().status == "withdrawn"
    assert Submission.objects.filter(pk=submission.pk).exists()


def test_disowning_twice_is_no_error(world: World) -> None:
    submission = world.sign_up()
    press(world, submission, "disown")
    with worlds.nothing_changes():
        assert press(world, submission, "disown").status_code == 410


# Asking again.


def test_asking_again_renews_the_link(world: World) -> None:
    submission = world.sign_up()
    worlds.deliver()
    let_expire(submission)
    assert press(world, submission, "again").status_code == 303
    [mail] = worlds.deliver()
    assert world.client.post(worlds.link_in(mail, "confirm")).status_code == 303
    assert may_contact(ANN, "newsletter")


def test_promise_5_asking_again_counts(world: World) -> None:
    submission = world.sign_up()
    for _ in range(9):
        press(world, submission, "again")
        worlds.deliver()
    assert Message.objects.filter(status=MessageStatus.SENT).count() <= 3
    assert len(Message.objects.all()) == 3


def test_asking_again_leaves_a_confirmed_one_alone(world: World) -> None:
    submission = world.confirmed()
    worlds.deliver()
    with worlds.nothing_changes():
        press(world, submission, "again")


def test_a_mail_that_waited_too_long_is_not_sent(world: World) -> None:
    let_expire(world.sign_up())
    assert worlds.deliver() == []
    assert Message.objects.get().status == MessageStatus.CANCELLED


def test_a_mail_for_what_was_confirmed_meanwhile_is_not_sent(world: World) -> None:
    submission = world.sign_up()
    confirm.confirm(submission.uuid)
    [delivered] = worlds.deliver()
    assert worlds.link_in(delivered, "download")


def test_an_unknown_submission_is_unknown(world: World) -> None:
    with pytest.raises(submissions.Unknown):
        confirm.confirm(factories.contact().subject)


# Withdrawing.


def test_withdrawing_is_one_button_in_the_delivered_mail(world: World) -> None:
    world.confirmed()
    [delivered] = worlds.deliver()
    path = worlds.link_in(delivered, "withdraw")
    assert b"Newsletter" in world.client.get(path).content
    assert world.client.post(path).status_code == 303
    assert may_contact(ANN, "newsletter").reason == Reason.WITHDRAWN


def test_withdrawing_never_expires(world: World) -> None:
    submission = world.confirmed()
    long_ago = timezone.now() - timedelta(days=4000)
    Submission.objects.update(created_at=long_ago, expires_at=long_ago)
    press(world, submission, "withdraw")
    assert not may_contact(ANN, "newsletter")


def test_withdrawing_one_of_two_leaves_the_other(world: World) -> None:
    phone = factories.purpose("phone", controller=world.controller)
    words = world.statement
    both = [worlds.box(world), worlds.box(world, purpose="phone", notice=words.digest)]
    world.uses(boxes=both)
    submission = world.confirmed(consent_phone="on")
    path = links.path("withdraw", submission.uuid)
    world.client.post(path, {"purpose": "newsletter"})
    assert not may_contact(ANN, "newsletter")
    assert may_contact(ANN, phone)


def test_withdrawing_twice_records_it_once(world: World) -> None:
    submission = world.confirmed()
    press(world, submission, "withdraw")
    with worlds.nothing_changes():
        assert press(world, submission, "withdraw").status_code == 303


def test_withdrawing_cancels_no_download(world: World) -> None:
    """The guide was no payment for the consent."""
    submission = world.confirmed()
    press(world, submission, "withdraw")
    [delivered] = worlds.deliver()
    file = world.client.get(worlds.link_in(delivered, "download"))
    assert worlds.content(file) == worlds.PDF
