"""How permission is read: the fewest and cheapest queries for `permission`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.lookups import In

from .models import Consent, Purpose, Status, Suppression

FACTS = (
    "suppressed",
    "consent__since",
    "suppression",
    "consent__status",
    "consent__basis",
    "consent__event",
    "lapse_age",
    "warning_age",
)
_UNPACKED = "SELECT value FROM json_each(%s)"
_SPLIT = "string_to_array(%s, ',')"
_IDENTIFIER = "\0identifier"
_SINCE = Consent._meta.get_field("since").cached_col


def facts(digests: Sequence[str], identifier: str) -> list[tuple]:
    """Returns what is known of an address: a row for each record of it, in the order
    of `permission.Facts`. No row: there is no such purpose.

    Django needs ten times as long to build this query as a database to answer it;
    so the ORM compiles it once, and it runs with other parameters from then on.
    """
    using = router.db_for_read(Consent)
    sql, names = _compiled(using, len(digests))
    given = {_slot(i): digest for i, digest in enumerate(digests)}
    given[_IDENTIFIER] = identifier
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [given[name] for name in names])
        rows = cursor.fetchall()
    return [_converted(row, connections[using]) for row in rows]


def _slot(number: int) -> str:
    return f"\0digest{number}"


@lru_cache(maxsize=16)
def _compiled(using: str, size: int) -> tuple[str, Sequence[str]]:
    slots = [_slot(number) for number in range(size)]
    purposes = Purpose.objects.filter(identifier=_IDENTIFIER).order_by()
    query = _facts(slots, purposes).values_list(*FACTS).query
    return query.get_compiler(using).as_sql()


def facts_of(digests: Sequence[str], purposes: QuerySet[Purpose]) -> Iterator[tuple]:
    """Yields each purpose's primary key, with what `facts` returns for it."""
    yield from _facts(digests, purposes).values_list("pk", *FACTS)


def _facts(digests: Sequence[str], purposes: QuerySet[Purpose]) -> QuerySet:
    consent = FilteredRelation("consents", condition=Q(consents__digest__in=digests))
    suppressed = _suppressions(OuterRef("controller"), OuterRef("pk"))
    first = suppressed.filter(digest__in=digests).order_by("since", "pk")
    return purposes.annotate(
        consent=consent,
        suppressed=Subquery(first.values("since")[:1]),
        suppression=Subquery(first.values("reason")[:1]),
    )


def _suppressions(controller: Any, purpose: Any) -> QuerySet:
    return Suppression.objects.filter(
        Q(purpose=None) | Q(purpose=purpose), controller=controller, lifted_at=None
    )


def _converted(row: tuple, connection: BaseDatabaseWrapper) -> tuple:
    suppressed, since, *others = row
    return (_instant(suppressed, connection), _instant(since, connection), *others)


def _instant(value: Any, connection: BaseDatabaseWrapper) -> datetime | None:
    for convert in connection.ops.get_db_converters(_SINCE):
        value = convert(value, _SINCE, connection)
    return value


def most_at_once() -> int:
    """Returns how many addresses one of the `verdicts` may take.

    MySQL and MariaDB get each digest as a value of its own, in a packet of bounded
    size.
    """
    vendor = connections[router.db_for_read(Consent)].vendor
    return 100_000 if vendor in ("postgresql", "sqlite") else 2_000


def verdicts(
    digests: Sequence[str], purpose: Purpose, now: datetime
) -> tuple[set[str], set[str]]:
    """Returns which digests have a permission that counts, and which a refusal.

    One query. It asks the database what `permission.decide` says of a single address;
    the tests hold the two together.
    """
    among = Among(F("digest"), digests)
    consents = Consent.objects.filter(among, purpose=purpose)
    suppressed = _suppressions(purpose.controller_id, purpose).filter(among)
    granted, refused = set(), set()
    for digest, allowed in consents.values_list("digest", _counts(purpose, now)).union(
        suppressed.values_list("digest", Value(False)), all=True
    ):
        (granted if allowed else refused).add(digest)
    return granted, refused


def _counts(purpose: Purpose, now: datetime) -> ExpressionWrapper:
    counts = Q(status=Status.GRANTED)
    if purpose.lapse_age:
        counts &= Q(since__gt=now - timedelta(days=purpose.lapse_age))
    return ExpressionWrapper(counts, output_field=BooleanField())


class Among(In):
    """``IN`` with thousands of digests as one parameter, where a database can.

    As one string, because the driver takes longer to spell a list than the database
    to split it; no digest holds a comma.
    """

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY({_SPLIT})", [*params, ",".join(self.rhs)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list]:
        sql, params = self.process_lhs(compiler, connection)
        values = json.dumps(list(self.rhs))
        return f"{sql} IN ({_UNPACKED})", [*params, values]
