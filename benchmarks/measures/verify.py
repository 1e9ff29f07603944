"""All that consent_verify does."""

from __future__ import annotations

from benchmarks import timing
from wagtail_consent import verify
from wagtail_consent.models import ConsentEvent


def measure(contacts: int) -> dict[str, float]:
    events = ConsentEvent.objects.count()
    found: list[verify.Finding] = []
    took = timing.seconds(lambda: found.extend(verify.findings()))
    assert not found, found[:3]
    return {
        "events": events,
        "seconds": took,
        "us_per_event": took / events * 1e6,
        "peak_mb": timing.peak_mb(),
    }
