"""Who is turned away; and that neither a flood nor a lost log undoes a choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from tests.cookies.visitor import JSON, Visitor, lay, names
from wagtail_consent.cookies.models import Choice

pytestmark = pytest.mark.django_db


# Who is turned away.


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_foreign_pages_choose_for_nobody(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    for ending in ["", "receipt/", "forget/"]:
        response = visitor.post(ending, choice="none", headers=headers)
        assert response.status_code == 403
        assert not response.cookies
    answer = visitor.choose("none", headers=headers | JSON)
    assert answer.json() == {"logged": False, "error": "foreign"}
    assert not Choice.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x" * 40_000, "application/x-www-form-urlencoded", 413),
        (b"no boundary", "multipart/form-data", 400),
        (b"&".join([b"a=1"] * 2000), "application/x-www-form-urlencoded", 400),
        (b"%ff%fe=%00&&&===", "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_broken_body_is_no_error_of_ours(
    visitor: Visitor, body: bytes, kind: str, status: int
) -> None:
    response = visitor.client.generic("POST", visitor.url, body, kind)
    assert response.status_code == status
    assert not Choice.objects.exists()


def test_no_csrf_token_is_asked_for(visitor: Visitor) -> None:
    from django.test import Client

    visitor.client = Client(enforce_csrf_checks=True)
    assert visitor.choose("none").status_code == 303


def test_a_log_in_changes_nothing_and_no_session_begins(
    visitor: Visitor, admin_user: Any
) -> None:
    visitor.client.force_login(admin_user)
    response = visitor.client.get(visitor.url)
    assert not response.cookies and "Cookie" not in response.get("Vary", "")


# The log is away, or flooded: the choice counts all the same.


def limit(settings: Any, number: int) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {"CHOICES_PER_HOUR": number}


def test_a_flood_is_not_logged_and_still_heard(visitor: Visitor, settings: Any) -> None:
    limit(settings, 2)
    lay(visitor, "_fig")
    answers = [visitor.choose("none", headers=JSON) for _ in range(3)]
    assert [it.status_code for it in answers] == [200, 200, 429]
    assert answers[2].json()["logged"] is False
    assert Choice.objects.count() == 2
    assert visitor.note and visitor.note.refused and not visitor.note.logged
    assert visitor.choose("all").status_code == 303
    assert visitor.note.granted and not visitor.note.reference


def test_zero_turns_the_limit_off(visitor: Visitor, settings: Any) -> None:
    limit(settings, 0)
    assert {visitor.choose("none").status_code for _ in range(5)} == {303}
    assert Choice.objects.count() == 5


@pytest.fixture
def no_log() -> Iterator[None]:
    """The log's table can't be written."""

    def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT") and Choice._meta.db_table in sql:
            raise OperationalError("The database is read-only.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        yield


@pytest.mark.database
@pytest.mark.usefixtures("no_log")
def test_a_withdrawal_waits_for_no_database(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    lay(visitor, "_fig")
    assert visitor.choose("none").status_code == 303
    assert visitor.note and visitor.note.refused and not visitor.note.logged
    assert names(visitor) == {"site-choice"}
    answer = visitor.choose("all", headers=JSON)
    assert (answer.status_code, answer.json()["logged"]) == (503, False)
    assert "could not be logged" in caplog.text


def test_no_ip_address_and_no_browser_is_kept(visitor: Visitor) -> None:
    agent = "Mozilla/5.0 (Very particular)"
    sent = {"choice": "none"}
    visitor.client.post(
        visitor.url, sent, REMOTE_ADDR="203.0.113.77", headers={"user-agent": agent}
    )
    row = str(Choice.objects.values().get())
    assert "203.0.113.77" not in row and "particular" not in row
