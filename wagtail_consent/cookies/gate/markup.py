"""Markup that may wait in a page: what it loads, in a spelling that can't get out.

Threat: a provider's or an editor's markup is put into a ``<template>``, where nothing
loads. A ``</template>`` in it, or whatever a browser takes for one, would let the rest
out before the visitor said so. So the markup is parsed and written anew, with all
elements closed, and what browsers read in another way than we do is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Elements that swallow or redirect what stands around them.
REFUSED = (
    "base frame frameset meta noembed noframes plaintext template xmp listing".split()
)
LOADING = "src data poster background code archive lowsrc xlink:href".split()
SETS = ("srcset", "imagesrcset")
LINKS = ("link", "image", "use", "script", "feimage")

_TEMPLATE = re.compile(r"</?template", re.IGNORECASE)
_QUOTED = re.compile(r"""url\(\s*([^'")\s]+)|["']([^"']*)["']""", re.IGNORECASE)


class Unsafe(ValueError):
    """Markup that a browser might read in another way than we do."""


@dataclass(frozen=True)
class Markup:
    """Markup in a safe spelling.

    html: to be put into a template element.
    urls: all that it loads by itself.
    code: whether it brings code of its own, which could load anything.
    """

    html: SafeString
    urls: tuple[str, ...]
    code: bool


@lru_cache(maxsize=256)
def read(html: str) -> Markup:
    """Returns markup in a safe spelling.

    Raises:
        Unsafe: it can't be had without a risk.
    """
    if "<" not in html:
        return Markup(escape(html), (), False)
    soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
    _tidy(soup)
    _refuse(soup)
    tags = soup.find_all(True)
    urls = tuple(dict.fromkeys(url for tag in tags for url in _urls(tag)))
    written = soup.decode()
    if _TEMPLATE.search(written):
        raise Unsafe("A template in a template.")
    return Markup(mark_safe(written), urls, any(map(_is_code, tags)))  # noqa: S308


def _tidy(soup: BeautifulSoup) -> None:
    """Drops what never shows where our script runs, or could hide something."""
    for node in [*soup.descendants]:
        if isinstance(node, PreformattedString):
            node.extract()
    for tag in soup.find_all("noscript"):
        tag.decompose()
    # Browsers take an iframe's content for text.
    for tag in soup.find_all("iframe"):
        tag.clear()


def _refuse(soup: BeautifulSoup) -> None:
    if tag := soup.find(REFUSED):
        raise Unsafe(f"An element that rules others: {tag.name}.")
    for tag in soup.find_all(["script", "style"]):
        text = tag.get_text().lower()
        if tag.find_parent(["svg", "math"]):
            raise Unsafe("Text here, elements in a drawing.")
        if "<!--" in text or (tag.name == "style" and "<" in text):
            raise Unsafe("Text that may not end where its element does.")


def _urls(tag: Tag) -> Iterator[str]:
    values = {name.lower(): str(value or "") for name, value in tag.attrs.items()}
    yield from (values[name] for name in LOADING if values.get(name))
    for name in SETS:
        yield from (
            it.split()[0] for it in values.get(name, "").split(",") if it.split()
        )
    if tag.name.lower() in LINKS and values.get("href"):
        yield values["href"]
    if "srcdoc" in values:
        yield from read(values["srcdoc"]).urls
    yield from _in_style(values.get("style", ""))
    if tag.name == "style":
        yield from _in_style(tag.get_text())


def _in_style(css: str) -> Iterator[str]:
    """Yields whatever could be an address: a text that is none counts as our own."""
    if "\\" in css:
        raise Unsafe("An escape in a style.")
    for bare, quoted in _QUOTED.findall(css):
        yield bare or quoted


def _is_code(tag: Tag) -> bool:
    if tag.name == "script" and not tag.get("src"):
        return True
    if any(name.lower().startswith("on") for name in tag.attrs):
        return True
    return "srcdoc" in tag.attrs and read(str(tag["srcdoc"])).code
