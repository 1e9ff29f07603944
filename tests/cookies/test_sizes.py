"""What the banner costs a visitor: at most six kilobytes, with everything."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from tests.cookies import eight, pages

MOST = 6 * 1024


@pytest.fixture
def sizes(settings: Any, client: Any, db: None) -> dict[str, int]:
    """Bytes of each piece, gzipped as servers do it."""
    settings.ROOT_URLCONF = "tests.cookies.pages"
    pages.page.update(policy="")
    bare = client.get("/").content
    eight.build()
    page = client.get("/").content
    form = client.get("/consent/site-choice/en/?part=form").content
    return {
        "banner": zipped(page) - zipped(bare),
        "script": zipped(static("site-choice.js")),
        "settings": zipped(form),
    }


def zipped(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def static(name: str) -> bytes:
    found = finders.find(f"wagtail_consent/{name}")
    assert found
    return Path(found).read_bytes()


def test_all_of_it_is_six_kilobytes_with_eight_services(sizes: dict[str, int]) -> None:
    assert sum(sizes.values()) <= MOST, sizes
