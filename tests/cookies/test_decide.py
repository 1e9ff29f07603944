"""What a visitor's word means."""

from __future__ import annotations

import pytest

from tests.cookies.values import note, offer, service
from wagtail_consent.cookies.choice import decide, sheet
from wagtail_consent.cookies.choice.decide import Decision

KEYS = ("figures", "clips", "ads")
LOGIN = service("login", category="necessary", necessary=True)
OFFER = offer(
    LOGIN,
    service("figures"),
    service("clips", category="media"),
    service("ads", category="marketing"),
)


@pytest.mark.parametrize(
    ("word", "ticked", "granted", "refused"),
    [
        ("all", [], KEYS, ()),
        ("all", ["ads"], KEYS, ()),
        ("none", [], (), KEYS),
        ("none", ["ads"], (), KEYS),
        ("some", ["ads"], ("ads",), ("figures", "clips")),
        ("some", [], (), KEYS),
        ("some", ["nobody", "login", "ads"], ("ads",), ("figures", "clips")),
    ],
)
def test_every_service_that_was_offered_is_decided(
    word: str, ticked: list[str], granted: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    assert decide.decide(word, ticked, KEYS) == Decision(granted, refused)


def test_nothing_that_was_not_offered_is_allowed() -> None:
    assert decide.decide("all", [], ["clips"]).granted == ("clips",)
    assert decide.decide("some", ["ads"], ["clips"]) == Decision((), ("clips",))


def test_at_an_embed_the_others_stay_undecided() -> None:
    assert decide.add(None, ["clips"], KEYS) == Decision(("clips",), ())


def test_at_an_embed_what_was_decided_stays() -> None:
    before = note("figures", "clips ads")
    assert decide.add(before, ["clips"], KEYS) == Decision(
        ("figures", "clips"), ("ads",)
    )


def test_the_browsers_objection_allows_nothing() -> None:
    assert decide.object_to(None, KEYS, KEYS) == Decision((), KEYS)


def test_the_browsers_objection_undoes_no_word_of_the_visitor() -> None:
    before = note("clips", "figures")
    assert decide.object_to(before, KEYS, KEYS).granted == ("clips",)


def test_in_force_is_what_is_allowed_and_still_offered() -> None:
    cookie = note("figures renamed-since login", "ads")
    assert decide.in_force(cookie, OFFER) == {"figures"}
    assert decide.in_force(None, OFFER) == frozenset()


def test_a_service_in_neither_list_is_new() -> None:
    cookie = note("figures", "ads")
    assert [key for key in KEYS if decide.is_new(key, cookie)] == ["clips"]
    assert not decide.is_new("clips", None)


def test_a_category_stands_for_its_optional_services() -> None:
    found = decide.ticked(["ads"], ["media", "necessary", "nobody"], OFFER)
    assert found == {"ads", "clips"}


def test_no_box_is_ticked_before_a_choice() -> None:
    """Promise 1, for the browser: C-673/17."""
    groups = sheet.groups(OFFER, None)
    assert not any(line.is_allowed for group in groups for line in group.lines)
    assert not any(line.is_new for group in groups for line in group.lines)


def test_boxes_are_ticked_as_the_visitor_chose() -> None:
    groups = sheet.groups(OFFER, note("figures", "ads"))
    lines = {it.service.key: it for group in groups for it in group.lines}
    assert [key for key, line in lines.items() if line.is_allowed] == ["figures"]
    assert [key for key, line in lines.items() if line.is_new] == ["clips"]


def test_a_category_is_ticked_if_all_of_it_is_allowed() -> None:
    asked = offer(service("figures"), service("heat"))
    [half] = sheet.groups(asked, note("figures", "heat"))
    [whole] = sheet.groups(asked, note("figures heat"))
    assert not half.is_allowed
    assert whole.is_allowed
