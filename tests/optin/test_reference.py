"""The signed word by which a form says what a visitor was shown."""

import uuid

import pytest

from wagtail_consent import tokens
from wagtail_consent.optin.signup import reference
from wagtail_consent.optin.signup.reference import BadReference, Reference

FULL = Reference("ab" * 32, controller=3, site=1, page=7, block="b1", preview=True)


@pytest.mark.parametrize("given", [FULL, Reference("cd" * 32, controller=1)])
def test_a_reference_comes_back_whole(given: Reference) -> None:
    assert reference.read(reference.make(given)) == given


def test_every_visitor_gets_the_same_word() -> None:
    """Promise 8: no byte of a page belongs to one visitor."""
    assert reference.make(FULL) == reference.make(FULL)


def test_the_word_needs_no_escaping_in_an_address() -> None:
    word = reference.make(FULL)
    assert word.replace(".", "").replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("position", range(0, 200, 7))
def test_a_changed_character_is_noticed(position: int) -> None:
    word = reference.make(FULL)
    position %= len(word)
    other = "A" if word[position] != "A" else "B"
    with pytest.raises(BadReference):
        reference.read(word[:position] + other + word[position + 1 :])


@pytest.mark.parametrize("word", ["", ".", "x", "x.y", "\0", "a.b.c", "é.ü", "." * 999])
def test_rubbish_is_refused(word: str) -> None:
    with pytest.raises(BadReference):
        reference.read(word)


def test_a_cut_word_is_refused() -> None:
    with pytest.raises(BadReference):
        reference.read(reference.make(FULL)[:-1])


def test_a_token_of_another_use_is_no_reference() -> None:
    with pytest.raises(BadReference):
        reference.read(tokens.make("optin.confirm", uuid.uuid4()))


def test_what_is_signed_but_no_reference_is_refused() -> None:
    with pytest.raises(BadReference):
        reference.read(tokens.signer("form").sign("eyJhIjoxfQ").replace(":", "."))


def test_rotated_keys_still_read_cached_pages(settings) -> None:
    settings.WAGTAIL_CONSENT = {"KEYS": ["old"]}
    word = reference.make(FULL)
    settings.WAGTAIL_CONSENT = {"KEYS": ["new", "old"]}
    assert reference.read(word) == FULL
    assert reference.make(FULL) != word


def test_another_sites_key_opens_nothing(settings) -> None:
    word = reference.make(FULL)
    settings.WAGTAIL_CONSENT = {"KEYS": ["somebody else's"]}
    with pytest.raises(BadReference):
        reference.read(word)
