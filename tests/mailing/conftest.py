"""What the room's tests share: one kind of mail, and rows to send."""

from collections.abc import Iterator

import pytest

from tests.mailing.parts import Probe
from wagtail_consent.mailing import kinds


@pytest.fixture(autouse=True)
def probe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Probe]:
    """A kind of mail of the tests' own, whose answers they choose."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    probe = Probe()
    kinds.register(probe.kind)
    return probe
