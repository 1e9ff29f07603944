"""A visitor's proof of their own choices, as JSON modelled on ISO/IEC TS 27560."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from ..models import BannerRevision, Choice

GIVEN, REFUSED, WITHDRAWN = "consent given", "consent refused", "consent withdrawn"


def receipt(choices: Iterable[Choice], now: datetime) -> dict[str, Any]:
    """Returns the receipt of one reference.

    Args:
        choices: all rows of the reference, oldest first; at least one.
    """
    rows = list(choices)
    return {
        "receipt_metadata": {
            "schema_version": "1",
            "modelled_on": "ISO/IEC TS 27560:2023",
            "record_id": str(rows[-1].reference),
            "created": now.isoformat(),
        },
        "pii_controllers": _controllers(rows),
        "events": list(_events(rows)),
    }


def _controllers(rows: list[Choice]) -> list[dict[str, str]]:
    named = [(row.revision.content["company"], row.revision.site) for row in rows]
    return [{"name": name, "site": site} for name, site in dict.fromkeys(named)]


def _events(rows: list[Choice]) -> Iterator[dict[str, Any]]:
    before: set[str] = set()
    for row in rows:
        yield _event(row, before)
        before = set(row.granted)


def _event(row: Choice, before: set[str]) -> dict[str, Any]:
    return {
        "event_time": row.made_at.isoformat(),
        "event_type": "explicit" if row.granted else "refusal",
        "collection_method": row.source,
        "page": row.page,
        "validity_duration": f"P{row.revision.content['days']}D",
        "notice": _notice(row.revision),
        "purposes": list(_purposes(row, before)),
    }


def _notice(revision: BannerRevision) -> dict[str, Any]:
    """What was shown, under the hash that identifies it."""
    return {
        "sha256": revision.digest,
        "language": revision.language,
        "privacy_policy": revision.content["privacy_url"],
    }


def _purposes(row: Choice, before: set[str]) -> Iterator[dict[str, Any]]:
    decided = {*row.granted, *row.refused}
    for category in row.revision.content["categories"]:
        for service in category["services"]:
            if service["key"] in decided:
                state = _state(service["key"], row, before)
                yield _purpose(service, category, state)


def _state(key: str, row: Choice, before: set[str]) -> str:
    if key in row.granted:
        return GIVEN
    return WITHDRAWN if key in before else REFUSED


def _purpose(
    service: dict[str, Any], category: dict[str, Any], state: str
) -> dict[str, Any]:
    return {
        "service": service["key"],
        "service_name": service["name"],
        "purpose": service["purpose"],
        "purpose_category": category["name"],
        "lawful_basis": "consent (GDPR Art. 6(1)(a))",
        "event_state": state,
        "recipients": [
            {
                "name": service["provider"],
                "country": service["country"],
                "safeguard": service["safeguard"],
                "privacy_policy": service["privacy_url"],
            }
        ],
        "storage": service["stored"],
    }
