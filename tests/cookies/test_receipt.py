"""The receipt says what was shown, to whom it went, and what was decided."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.cookies import world
from wagtail_consent.cookies import offer
from wagtail_consent.cookies.choice import choose, log
from wagtail_consent.cookies.choice.choose import Asked
from wagtail_consent.cookies.choice.log import Ticket
from wagtail_consent.cookies.choice.receipt import receipt

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
MINE = Ticket("ab" * 16, "cd" * 16)


@pytest.fixture
def record() -> dict[str, Any]:
    """Somebody allows all, half a year later one, then nothing."""
    world.service("figures", stored=["_fig"])
    world.service("clips", "media")
    site = world.site()
    shown = offer.current(site, "en")
    for number, services in enumerate([["figures", "clips"], ["clips"], []]):
        asked = Asked("some", services, ticket=MINE, revision=shown.digest)
        at = NOW + timedelta(days=180 * number)
        assert choose.choose(site, shown, asked, None, at).logged
    return receipt(log.rows(MINE), NOW)


def states(event: dict[str, Any]) -> dict[str, str]:
    return {it["service"]: it["event_state"] for it in event["purposes"]}


def test_it_tells_each_choice_in_order(record: dict[str, Any]) -> None:
    given, half, none = record["events"]
    assert states(given) == {"figures": "consent given", "clips": "consent given"}
    assert states(half) == {"figures": "consent withdrawn", "clips": "consent given"}
    assert states(none) == {
        "figures": "consent refused",
        "clips": "consent withdrawn",
    }
    assert given["event_time"] == NOW.isoformat()


def test_it_names_everybody(record: dict[str, Any]) -> None:
    assert record["pii_controllers"] == [
        {"name": "Ann & Bob's Ltd", "site": world.site().root_url}
    ]
    figures = record["events"][0]["purposes"][0]
    assert figures["recipients"][0]["name"] == "Figures Ltd"
    assert figures["recipients"][0]["country"] == "Ireland"
    assert figures["storage"][0]["name"] == "_fig"


def test_it_identifies_what_was_shown(record: dict[str, Any]) -> None:
    shown = offer.current(world.site(), "en")
    assert record["events"][0]["notice"]["sha256"] == shown.digest
    assert record["receipt_metadata"]["record_id"].replace("-", "") == MINE.reference


def test_it_is_json_and_holds_no_secret(record: dict[str, Any]) -> None:
    assert MINE.secret not in json.dumps(record)
