"""A visitor sends a form."""

import re
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.optin import world as worlds
from tests.optin.world import World
from wagtail_consent import notices
from wagtail_consent.mailing.models import MailAllowance, Message
from wagtail_consent.models import (
    Consent,
    ConsentEvent,
    Contact,
)
from wagtail_consent.optin.confirmation import links
from wagtail_consent.optin.models import Confirmation, Submission
from wagtail_consent.permission import may_contact

ANN = "ann@example.org"


def test_first_lead_from_form_to_download(world: World) -> None:
    assert world.post(consent_newsletter="on", name="Ann").status_code == 303
    assert not may_contact(ANN, "newsletter")
    [asking] = worlds.deliver()
    done = world.client.post(worlds.link_in(asking, "confirm"))
    assert done.status_code == 303
    assert may_contact(ANN, "newsletter")
    assert world.client.get(done["Location"]).status_code == 200
    [delivered] = worlds.deliver()
    file = world.client.get(worlds.link_in(delivered, "download"))
    assert worlds.content(file) == worlds.PDF


def test_what_is_kept_waits_apart_from_contacts(world: World) -> None:
    submission = world.sign_up(name="Ann", words="one\ntwo")
    assert submission.email == ANN
    assert submission.data == {"name": "Ann", "words": "one\ntwo"}
    assert submission.form == world.form
    assert submission.site_url == world.site.root_url
    assert not Contact.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_promise_1_a_form_without_a_tick_makes_no_consent(world: World) -> None:
    submission = world.confirmed(tick=False)
    assert submission.ticked == []
    assert not Consent.objects.exists()
    assert not may_contact(ANN, "newsletter")


@pytest.mark.parametrize("value", ["", "false", "False"])
def test_promise_1_only_a_tick_is_a_tick(world: World, value: str) -> None:
    world.post(consent_newsletter=value)
    assert Submission.objects.get().ticked == []


def test_promise_1_a_purpose_that_the_form_did_not_ask_for_is_ignored(world: World):
    factories.purpose("phone", controller=world.controller)
    world.post(consent_phone="on")
    assert Submission.objects.get().ticked == []


def test_promise_2_the_guide_comes_without_the_box(world: World) -> None:
    world.confirmed(tick=False)
    [delivered] = worlds.deliver()
    file = world.client.get(worlds.link_in(delivered, "download"))
    assert worlds.content(file) == worlds.PDF


def test_promise_2_coupling_is_recorded(world: World) -> None:
    world.uses(boxes=[worlds.box(world, coupled=True, required=True)])
    assert world.post().status_code == 422
    submission = world.confirmed()
    assert submission.ticked[0]["coupled"] is True
    payload = ConsentEvent.objects.get(kind="confirmed").payload.data
    assert payload["data"]["coupled"] is True


# Promise 4: the answer doesn't tell what is known of an address.


def unknown(world: World) -> None:
    pass


def pending(world: World) -> None:
    world.sign_up()


def confirmed(world: World) -> None:
    world.confirmed()


def disowned(world: World) -> None:
    world.client.post(links.path("disown", world.sign_up().uuid))


def capped(world: World) -> None:
    for _ in range(4):
        world.sign_up()


STATES = [pending, confirmed, worlds.withdrawn, worlds.suppressed, disowned]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tick", [{}, {"consent_newsletter": "on"}])
def test_promise_4_the_answer_is_the_same_for_every_address(
    world: World, state: Any, tick: dict[str, str]
) -> None:
    world.post("warm-up@example.org")
    state(world)
    seen = [answer(world, email, tick) for email in ("stranger@example.org", ANN)]
    assert seen[0] == seen[1]


def test_promise_4_a_capped_mailbox_answers_the_same(world: World) -> None:
    world.post("warm-up@example.org")
    capped(world)
    stranger, ann = (answer(world, e, {}) for e in ("stranger@example.org", ANN))
    assert stranger[:3] == ann[:3]


def answer(world: World, email: str, tick: dict[str, str]) -> tuple[Any, ...]:
    """Status, headers, body and the statements run, without values."""
    with CaptureQueriesContext(connection) as queries:
        response = world.post(email, **tick)
    statements = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
    shapes = [re.sub(r"\(.*\)|\"s\S+", "", sql)[:90] for sql in statements]
    return response.status_code, dict(response.headers), response.content, shapes


def test_promise_4_nothing_that_is_known_of_an_address_is_read(world: World) -> None:
    """The request can't tell what it never asks."""
    world.confirmed()
    with CaptureQueriesContext(connection) as queries:
        world.post(consent_newsletter="on")
    for query in queries:
        for table in (Contact, Consent, ConsentEvent, Confirmation):
            assert f'"{table._meta.db_table}"' not in query["sql"].replace("`", '"')


def test_a_sign_up_takes_four_statements(world: World) -> None:
    world.post("warm-up@example.org")
    with CaptureQueriesContext(connection) as queries:
        world.post()
    statements = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    written = (Submission, MailAllowance, MailAllowance, Message)
    assert len(statements) == len(written), statements
    for statement, model in zip(statements, written, strict=True):
        assert model._meta.db_table in statement


# Promise 5: three mails a day.


def test_promise_5_a_mailbox_gets_three_mails_whoever_asks(world: World) -> None:
    for number in range(12):
        world.post(f"ann+{number}@example.org")
        world.post("ANN@Example.org")
    assert len(worlds.deliver()) == 3


def test_promise_5_confirmed_visitors_are_not_flooded_either(world: World) -> None:
    world.confirmed(tick=False)
    worlds.deliver()
    for _ in range(9):
        world.post()
    assert len(worlds.deliver()) == 2


# Promise 9 and 10: what the visitor saw is what is recorded.


def test_promise_9_a_form_that_changed_since_is_recorded_as_it_was(world: World):
    old_word, old_form, old_words = world.word(), world.form, world.statement
    factories.Wording.objects.update(statement="<p>{company} {channel} more</p>")
    world.statement = notices.statement(factories.Wording.objects.get())
    new_form = world.uses(heading="Another heading")
    assert new_form.digest != old_form.digest
    world.post(reference=old_word, consent_newsletter="on")
    submission = Submission.objects.get()
    assert submission.form == old_form
    assert submission.ticked[0]["notice"] == old_words.digest


def test_promise_9_the_mail_is_the_one_that_the_form_named(world: World) -> None:
    named = worlds.letter("optin.confirm", subject="As it was")
    definition = worlds.definition_of(world)
    world.uses(letters=definition["letters"] | {"confirm": named.digest})
    world.sign_up()
    [asking] = worlds.deliver()
    assert asking.subject == "As it was"


def test_a_form_that_was_never_published_is_closed(world: World) -> None:
    with worlds.nothing_changes():
        response = world.post(reference=world.word(form="ab" * 32))
    assert response.status_code == 410


@pytest.mark.django_db(transaction=True)
def test_a_form_of_a_company_that_is_gone_is_closed(world: World) -> None:
    """A cached page may outlive it, and the database tells at the commit alone."""
    assert world.post(reference=world.word(controller=9_999)).status_code == 410
    assert not Submission.objects.exists()


def test_a_mail_notice_is_no_form(world: World) -> None:
    digest = worlds.letter("optin.confirm").digest
    assert world.post(reference=world.word(form=digest)).status_code == 410


@pytest.mark.parametrize("word", ["", "x", "a.b"])
def test_a_forged_reference_writes_nothing(world: World, word: str) -> None:
    with worlds.nothing_changes():
        assert world.post(reference=word).status_code == 400


def test_a_preview_writes_and_sends_nothing_and_says_so(world: World) -> None:
    with worlds.nothing_changes():
        response = world.post(reference=world.word(preview=True))
        page = world.client.get(response["Location"])
    assert response.status_code == 303
    assert "preview" in page.content.decode().lower()
    assert not worlds.deliver()


def test_a_preview_shows_mistakes_too(world: World) -> None:
    response = world.post("nonsense", reference=world.word(preview=True))
    assert response.status_code == 422


def test_the_honeypot_catches_robots_unnoticed(world: World) -> None:
    human = world.post("bob@example.org")
    with worlds.nothing_changes():
        robot = world.post(website="https://spam.example")
    assert (robot.status_code, robot.content) == (human.status_code, human.content)


# Either all is written or nothing.


def test_an_error_after_queueing_leaves_neither_form_nor_mail(world: World) -> None:
    from wagtail_consent.optin.signup import submit

    queue = submit.outbox.queue

    def queue_and_fail(*args: Any, **kwargs: Any) -> None:
        queue(*args, **kwargs)
        raise RuntimeError

    world.client.raise_request_exception = False
    with worlds.nothing_changes():
        with mock.patch.object(submit.outbox, "queue", queue_and_fail):
            assert world.post().status_code == 500
    assert not Submission.objects.exists() and not Message.objects.exists()


# Boxes without double opt-in.


def single(world: World) -> None:
    world.purpose.double_opt_in = False
    world.purpose.save()
    world.uses(boxes=[worlds.box(world, double_opt_in=False)])


def test_without_double_opt_in_the_tick_counts_at_once(world: World) -> None:
    single(world)
    world.sign_up()
    worlds.deliver()
    assert may_contact(ANN, "newsletter")


def test_without_double_opt_in_a_retried_mail_enters_it_once(world: World) -> None:
    from wagtail_consent.optin.confirmation import mails

    single(world)
    world.sign_up()
    for _ in range(3):
        assert mails.confirm(Message.objects.get())
    assert ConsentEvent.objects.filter(kind="confirmed").count() == 1


@pytest.mark.parametrize("state", [worlds.withdrawn, worlds.suppressed])
def test_without_double_opt_in_nobody_undoes_a_no(world: World, state: Any) -> None:
    state(world)
    single(world)
    world.sign_up()
    worlds.deliver()
    assert not may_contact(ANN, "newsletter")


def test_the_sent_page_is_the_same_for_all(world: World) -> None:
    response = world.post()
    assert response["Location"] == reverse(
        "wagtail_consent_optin:sent", args=[world.word()]
    )
    assert ANN not in response["Location"]
