"""An event's hash covers every field of it, and the event before."""

import uuid
from datetime import datetime, timedelta, timezone

import pytest

from wagtail_consent import chain, keys
from wagtail_consent.models import ConsentEvent

WHEN = datetime(2026, 6, 1, 12, 0, 0, 123456, tzinfo=timezone.utc)


@pytest.fixture
def facts():
    values = {
        "subject": uuid.UUID(int=7),
        "sequence": 2,
        "kind": "confirmed",
        "controller": 1,
        "purpose": "newsletter",
        "notice": "ab" * 32,
        "occurred_at": WHEN,
        "recorded_at": WHEN,
        "commitment": "cd" * 32,
        "previous": "ef" * 32,
        "key": keys.newest().id,
    }
    return {**values, "hash": chain.hash_of(values)}


CHANGES = {
    "subject": uuid.UUID(int=8),
    "sequence": 3,
    "kind": "withdrawn",
    "controller": 2,
    "purpose": "offers",
    "notice": "",
    "occurred_at": WHEN + timedelta(microseconds=1),
    "recorded_at": WHEN - timedelta(days=1),
    "commitment": "dc" * 32,
    "previous": "",
    "hash": "0" * 64,
}


def test_what_was_written_is_intact(facts):
    assert chain.is_intact(facts)


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_any_field_shows(facts, field):
    assert not chain.is_intact({**facts, field: CHANGES[field]})


def test_the_hash_covers_every_column_but_itself_and_the_row_number():
    columns = {field.name for field in ConsentEvent._meta.fields}
    assert columns - {"id", "hash"} == set(chain.FIELDS)


def test_a_hash_that_isnt_ascii_is_no_error(facts):
    assert not chain.is_intact({**facts, "hash": "é" * 64})


def test_a_moment_is_the_same_in_every_time_zone(facts):
    berlin = WHEN.astimezone(timezone(timedelta(hours=2)))
    assert chain.is_intact({**facts, "occurred_at": berlin})


def test_an_event_of_a_lost_key_is_a_clear_error(facts, settings):
    settings.WAGTAIL_CONSENT = {"KEYS": ["another"]}
    with pytest.raises(keys.KeyLost, match="Put it back"):
        chain.is_intact(facts)


def test_nobody_can_forge_a_hash_without_the_key(facts, settings):
    settings.WAGTAIL_CONSENT = {"KEYS": ["the-attackers-key"]}
    forged = {**facts, "kind": "withdrawn", "key": keys.newest().id}
    forged["hash"] = chain.hash_of(forged)
    settings.WAGTAIL_CONSENT = {"KEYS": ["ours"]}
    with pytest.raises(keys.KeyLost):
        chain.is_intact(forged)
    assert not chain.is_intact({**forged, "key": keys.newest().id})


def test_a_commitment_binds_the_payload_whatever_the_order_of_its_keys():
    salt = chain.new_salt()
    one = chain.commitment(salt, {"a": 1, "b": {"c": "é", "d": [1, 2]}})
    assert one == chain.commitment(salt, {"b": {"d": [1, 2], "c": "é"}, "a": 1})
    assert one != chain.commitment(salt, {"a": 2, "b": {"c": "é", "d": [1, 2]}})


def test_a_commitment_cant_be_guessed_without_its_salt():
    data = {"email": "ann@example.org"}
    assert chain.commitment(chain.new_salt(), data) != chain.commitment(
        chain.new_salt(), data
    )
