"""The log of choices: each row is proof, and only its visitor may touch it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.at_once import at_once
from tests.cookies import world
from wagtail_consent import retention
from wagtail_consent.cookies import offer
from wagtail_consent.cookies.choice import choose, log
from wagtail_consent.cookies.choice.choose import Asked
from wagtail_consent.cookies.choice.decide import Decision
from wagtail_consent.cookies.choice.log import NO_TICKET, Circumstances, Ticket
from wagtail_consent.cookies.models import BannerRevision, Choice, Source

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=timezone.utc)
MINE = Ticket("ab" * 16, "cd" * 16)
YES = Decision(("figures",), ("clips",))
NO = Decision((), ("figures", "clips"))


def revision(site: str = "http://testserver") -> BannerRevision:
    body = '{"categories": []}'
    digest = BannerRevision.digest_of(site, "en", body)
    known = BannerRevision.objects.filter(digest=digest).first()
    return known or BannerRevision.objects.create(
        digest=digest, material="0badcafe", site=site, language="en", body=body
    )


@pytest.fixture
def how() -> Circumstances:
    return Circumstances(revision(), Source.BANNER, "/en/", "en", NOW)


def test_a_choice_is_kept_with_all_that_proves_it(how: Circumstances) -> None:
    ticket = log.record(YES, how, NO_TICKET)
    row = Choice.objects.get()
    assert row.reference == uuid.UUID(hex=ticket.reference)
    assert (row.granted, row.refused) == (["figures"], ["clips"])
    assert (row.source, row.page, row.language) == ("banner", "/en/", "en")
    assert (row.made_at, row.revision) == (NOW, how.revision)


def test_the_secret_is_not_kept(how: Circumstances) -> None:
    ticket = log.record(YES, how, NO_TICKET)
    assert ticket.secret not in str(Choice.objects.values().get())
    assert ticket.secret != ticket.reference


def test_every_visitor_gets_another_reference(how: Circumstances) -> None:
    tickets = [log.record(YES, how, NO_TICKET) for _ in range(20)]
    assert len({it.reference for it in tickets} | {it.secret for it in tickets}) == 40


def test_a_refusal_has_no_reference(how: Circumstances) -> None:
    assert log.record(NO, how, NO_TICKET) == NO_TICKET
    assert log.record(NO, how, MINE) == NO_TICKET
    assert set(Choice.objects.values_list("reference", "secret_digest")) == {(None, "")}


def test_refusals_of_one_moment_are_many(how: Circumstances) -> None:
    for _ in range(3):
        log.record(NO, how, NO_TICKET)
    assert Choice.objects.filter(made_at=NOW).count() == 3


def test_a_script_may_bring_its_own_reference(how: Circumstances) -> None:
    assert log.record(YES, how, MINE) == MINE
    assert log.record(YES, how, MINE) == MINE
    assert log.rows(MINE).count() == 2


def test_a_wrong_secret_gets_a_fresh_reference(how: Circumstances) -> None:
    log.record(YES, how, MINE)
    fresh = log.record(YES, how, replace(MINE, secret="0" * 32))
    assert fresh.reference != MINE.reference
    assert fresh.secret != "0" * 32
    assert log.rows(MINE).count() == 1


def test_a_withdrawal_is_the_references_last_row(how: Circumstances) -> None:
    log.record(YES, how, MINE)
    assert log.record(NO, replace(how, at=NOW + timedelta(days=1)), MINE) == NO_TICKET
    assert [row.granted for row in log.rows(MINE)] == [["figures"], []]


def test_nobody_ends_anothers_reference(how: Circumstances) -> None:
    log.record(YES, how, MINE)
    log.record(NO, how, replace(MINE, secret="0" * 32))
    assert Choice.objects.get(reference=None).granted == []
    assert log.rows(MINE).count() == 1


@pytest.mark.parametrize("secret", ["", "0" * 32, "cd" * 15])
def test_rows_are_their_secrets(how: Circumstances, secret: str) -> None:
    log.record(YES, how, MINE)
    stranger = log.ticket(MINE.reference, secret)
    assert not log.rows(stranger)
    assert log.forget(stranger) == 0
    assert log.forget(MINE) == 1


@pytest.mark.parametrize(
    ("reference", "secret"),
    [("", ""), ("x" * 32, "c" * 32), ("a" * 32 + "\n", "c" * 32), ("a" * 32, "c")],
)
def test_what_has_no_tickets_shape_is_none(reference: str, secret: str) -> None:
    assert log.ticket(reference, secret) == NO_TICKET


def test_a_rotated_key_opens_what_the_former_closed(
    how: Circumstances, settings: Any
) -> None:
    log.record(YES, how, MINE)
    own = settings.WAGTAIL_CONSENT
    keys = ["a-newer-key-of-the-tests-that-signs-everything", *own["KEYS"]]
    settings.WAGTAIL_CONSENT = own | {"KEYS": keys}
    assert log.rows(MINE).count() == 1
    assert log.record(YES, how, MINE) == MINE


def test_one_reference_in_one_instant_is_two_rows(how: Circumstances) -> None:
    log.record(YES, how, MINE)
    log.record(NO, how, MINE)
    times = [row.made_at for row in log.rows(MINE)]
    assert times == [NOW, NOW + log.INSTANT]


# Two tabs at once.


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Any]:
    world.service("figures")
    world.service("clips", "media")
    yield world.site()
    offer.forget()


def test_two_tabs_decide_at_once(committed: Any) -> None:
    """Both are heard, under one reference; neither is an error."""
    shown = offer.current(committed, "en")
    asked = Asked("some", ["figures"], ticket=MINE, revision=shown.digest)
    words = [asked, replace(asked, services=["clips"]), replace(asked, word="all")] * 2
    cookies = at_once(
        *(lambda it=it: choose.choose(committed, shown, it, None, NOW) for it in words)
    )
    assert [it.logged for it in cookies] == [True] * 6
    assert {it.reference for it in cookies} == {MINE.reference}
    assert log.rows(MINE).count() == 6
    assert len({row.made_at for row in log.rows(MINE)}) == 6


def test_two_first_choices_store_the_banner_once(committed: Any) -> None:
    """A site from fixtures, where nothing was published."""
    shown = offer.current(committed, "en")
    from wagtail_consent import guards

    Choice.objects.all().delete()
    with guards.lifted():
        BannerRevision.objects.all()._raw_delete("default")
    asked = Asked("all", revision=shown.digest)
    cookies = at_once(*[lambda: choose.choose(committed, shown, asked, None, NOW)] * 4)
    assert [it.logged for it in cookies] == [True] * 4
    assert BannerRevision.objects.filter(digest=shown.digest).count() == 1
    assert Choice.objects.count() == 4


# Age.


def rows_of(site: str, *ages: int) -> None:
    for age in ages:
        how = Circumstances(
            revision(site), Source.BANNER, "", "en", NOW - timedelta(days=age)
        )
        log.record(YES, how, NO_TICKET)


def ages() -> set[int]:
    return {(NOW - row.made_at).days for row in Choice.objects.all()}


def test_old_rows_are_purged_as_their_site_says() -> None:
    site = world.site()
    world.settings(site, log_days=200)
    rows_of(site.root_url, 10, 199, 201)
    rows_of("https://gone.example", 202, 729, 731)
    assert log.purge(NOW) == 2
    assert ages() == {10, 199, 202, 729}
    assert log.purge(NOW) == 0


def test_what_still_counts_is_still_proven() -> None:
    site = world.site()
    world.settings(site, log_days=30, days=100)
    rows_of(site.root_url, 29, 31, 99, 101)
    log.purge(NOW)
    assert ages() == {29, 31, 99}


def test_retention_knows_the_rule() -> None:
    assert "cookies.choices" in retention.run(NOW)


def test_many_rows_go_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    site = world.site()
    rows_of(site.root_url, *range(800, 812))
    monkeypatch.setattr(retention, "BATCH", 5)
    assert log.purge(NOW) == 12


def test_a_choice_takes_five_queries_at_most(
    django_assert_max_num_queries: Any, how: Circumstances
) -> None:
    log.record(YES, how, MINE)
    with django_assert_max_num_queries(5):
        log.record(YES, replace(how, at=NOW + timedelta(days=1)), MINE)
