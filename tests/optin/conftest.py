from collections.abc import Iterator

import pytest

from tests.optin import world as worlds
from wagtail_consent import notices
from wagtail_consent.optin import shown, sources


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What this process remembers of another test's rows, which were rolled back."""
    for forget in (notices.forget, shown.get.cache_clear, sources.forget):
        forget()
    yield


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()
