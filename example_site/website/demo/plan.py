"""Which pages there are, in the order of the menu, and where their content lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from website.models import BlogIndexPage, BlogPage, HomePage, StandardPage

PageModel = type[HomePage | StandardPage | BlogIndexPage | BlogPage]


@dataclass(frozen=True)
class Planned:
    key: str
    model: PageModel
    content: dict[str, Any]
    parent: str = "home"
    in_menu: bool = False


def planned(content: ModuleType) -> Iterator[Planned]:
    """Yields the pages of one language, parents first."""
    yield Planned("home", HomePage, content.home.HOME, parent="")
    yield Planned("guide", StandardPage, content.guide.GUIDE, in_menu=True)
    yield Planned("blog", BlogIndexPage, content.blog.INDEX, in_menu=True)
    for key, post in content.blog.POSTS.items():
        yield Planned(key, BlogPage, post, parent="blog")
    yield Planned(
        "newsletter", StandardPage, content.newsletter.NEWSLETTER, in_menu=True
    )
    yield Planned("privacy", StandardPage, content.legal.PRIVACY)
    yield Planned("imprint", StandardPage, content.legal.IMPRINT)
    yield Planned("cookies", StandardPage, content.legal.COOKIES)
