"""What tests of the cookies room share."""

from __future__ import annotations

import pytest

from tests.cookies import world
from tests.cookies.visitor import Visitor


@pytest.fixture
def visitor() -> Visitor:
    world.service("login", "necessary", stored=["sessionid"])
    world.service("figures", stored=["_fig", "_fig_*"])
    world.service("clips", "media", stored=["_clip"])
    return Visitor(world.site())
