"""A million addresses, against raw SQL that answers the same for the same ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.utils import timezone

from benchmarks import timing
from benchmarks.population import email_of
from wagtail_consent import keys
from wagtail_consent.models import Purpose
from wagtail_consent.permission import filter_permitted

PURPOSE = "newsletter"
BATCH = 2000
STEP = 7919  # A prime: visits all numbers, neighbours far apart.

CONDITIONS = """
    consent.purpose_id = %s AND consent.status = 'granted' AND consent.since > %s
    AND NOT EXISTS (
        SELECT 1 FROM wagtail_consent_suppression suppression
        WHERE suppression.digest = consent.digest AND suppression.controller_id = %s
        AND suppression.lifted_at IS NULL
        AND (suppression.purpose_id IS NULL OR suppression.purpose_id = %s)
    )
"""
AMONG = {
    "postgresql": "= ANY(string_to_array(%s, ','))",
    "sqlite": "IN (SELECT value FROM json_each(%s))",
}
BATCHED = """
    SELECT consent.digest FROM wagtail_consent_consent consent
    WHERE consent.digest {among} AND {conditions}
"""
JOINED = """
    SELECT asked.email
    FROM asked JOIN wagtail_consent_consent consent ON consent.digest = asked.digest
    WHERE {conditions} ORDER BY asked.number
"""
TEMPORARY = "CREATE TEMPORARY TABLE asked (number int, digest text, email text)"


def measure(contacts: int) -> dict[str, float]:
    """One clock for all three: among a million, a consent lapses every minute or so."""
    with patch.object(timezone, "now", return_value=timezone.now()):
        return _measured(contacts)


def _measured(contacts: int) -> dict[str, float]:
    part = _count(filter_permitted(_emails(contacts, contacts // 4), PURPOSE))
    small = timing.peak_mb()
    assert 0 < part < contacts // 4
    ours, permitted = _timed(lambda emails: filter_permitted(emails, PURPOSE), contacts)
    large = timing.peak_mb()
    batched, in_batches = _timed(raw_batches, contacts)
    joined, in_one = _timed(raw_join, contacts)
    assert permitted == in_batches == in_one, (permitted, in_batches, in_one)
    return {
        "ours_s": ours,
        "batches_s": batched,
        "temporary_table_s": joined,
        "ratio": ours / joined,
        "ratio_batches": ours / batched,
        "peak_mb": large,
        "peak_growth": large / small,
    }


def _emails(contacts: int, count: int) -> Iterator[str]:
    """Every eleventh is unknown."""
    for number in range(count):
        known = number * STEP % contacts + 1
        yield email_of(known if number % 11 else known + contacts)


def _timed(
    ask: Callable[[Iterable[str]], Iterable[str]], contacts: int
) -> tuple[float, tuple[int, int]]:
    """Returns the seconds, and how many were allowed with a digest of their order."""
    found: list[tuple[int, int]] = []
    emails = _emails(contacts, contacts)
    took = timing.seconds(lambda: found.append(_summed(ask(emails))))
    return took, found[0]


def _summed(emails: Iterable[str]) -> tuple[int, int]:
    count = digest = 0
    for email in emails:
        count, digest = count + 1, hash((digest, email))
    return count, digest


def _count(emails: Iterable[str]) -> int:
    return sum(1 for _email in emails)


def _digests(emails: Iterable[str]) -> Iterator[tuple[str, str]]:
    key = keys.newest()
    for email in emails:
        yield key.digest("address", email.strip().lower()), email


def _parameters() -> list[Any]:
    purpose = Purpose.objects.get(identifier=PURPOSE)
    since = timezone.now() - timedelta(days=purpose.lapse_age)
    if connection.vendor == "sqlite":
        since = connection.ops.adapt_datetimefield_value(since)
    return [purpose.pk, since, purpose.controller_id, purpose.pk]


def raw_batches(emails: Iterable[str]) -> Iterator[str]:
    sql = BATCHED.format(among=AMONG[connection.vendor], conditions=CONDITIONS)
    parameters, source = _parameters(), _digests(emails)
    pack = json.dumps if connection.vendor == "sqlite" else ",".join
    with connection.cursor() as cursor:
        while batch := list(islice(source, BATCH)):
            cursor.execute(sql, [pack([digest for digest, _ in batch]), *parameters])
            allowed = {digest for (digest,) in cursor.fetchall()}
            yield from (email for digest, email in batch if digest in allowed)


def raw_join(emails: Iterable[str]) -> Iterator[str]:
    rows = ((number, *pair) for number, pair in enumerate(_digests(emails)))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS asked")
        cursor.execute(TEMPORARY)
        _fill(cursor, rows)
        cursor.execute("ANALYZE asked")
        cursor.execute(JOINED.format(conditions=CONDITIONS), _parameters())
        while page := cursor.fetchmany(BATCH):
            yield from (email for (email,) in page)
        cursor.execute("DROP TABLE asked")


def _fill(cursor: Any, rows: Iterable[tuple]) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy("COPY asked FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        raw = connection.connection
        raw.execute("BEGIN")
        raw.executemany("INSERT INTO asked VALUES (?, ?, ?)", rows)
        raw.execute("COMMIT")
