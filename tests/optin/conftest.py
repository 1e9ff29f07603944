from collections.abc import Iterator

import pytest

from tests.optin import stage as stages
from tests.optin import world as worlds
from wagtail_consent import notices
from wagtail_consent.optin.publishing import placement
from wagtail_consent.optin.signup import rendering, shown, sources


def forget() -> None:
    """What this process remembers of another test's rows, which were rolled back."""
    notices.forget()
    shown.get.cache_clear()
    sources.forget()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget()


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture
def real_world(transactional_db: None) -> Iterator[worlds.World]:
    """The same, committed: for what happens in several threads."""
    yield worlds.build()
    forget()


@pytest.fixture
def stage(db: None) -> stages.Stage:
    placement.forget()
    rendering._shown.cache_clear()
    return stages.build()
