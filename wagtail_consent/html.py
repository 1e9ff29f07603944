"""What of an editor's HTML may reach a visitor, and how it reads as plain text.

Threat: wording is typed by editors, imported, or pasted from elsewhere, and shown to
visitors and in mails; so it is sanitised when it is written, by an allow-list.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import bleach
from wagtail.rich_text import expand_db_html

TAGS = frozenset(
    "a b blockquote br em h2 h3 h4 i li ol p strong ul".split(),
)
ATTRIBUTES = {"a": ["href", "rel"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})

_VOID_OF_WORDS = re.compile(
    r"<(script|style|template)\b.*?(</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)


def clean(html: str) -> str:
    """Returns the allowed part of the HTML; cleaning it again changes nothing.

    Rich text as Wagtail stores it (``<a linktype="page" id="3">``) gets its real
    links first.
    """
    return bleach.clean(
        _VOID_OF_WORDS.sub("", expand_db_html(html)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        protocols=PROTOCOLS,
        strip=True,
    )


def plain(html: str) -> str:
    """Returns the HTML as readable text: one blank line between paragraphs, list
    marks, and each link's address behind its text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    BLOCKS = frozenset("blockquote h2 h3 h4 ol p ul".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._counters: list[int | None] = []
        self._link: tuple[str, int] | None = None

    @property
    def text(self) -> str:
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_data(self, data: str) -> None:
        self._parts.append(re.sub(r"\s+", " ", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self._parts.append("\n\n")
        if tag in ("ol", "ul"):
            self._counters.append(0 if tag == "ol" else None)
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "li":
            self._parts.append(f"\n{self._mark()} ")
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self._parts))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self._parts.append("\n\n")
        if tag in ("ol", "ul") and self._counters:
            self._counters.pop()
        elif tag == "a":
            self._close_link()

    def _mark(self) -> str:
        if not self._counters or self._counters[-1] is None:
            return "-"
        self._counters[-1] += 1
        return f"{self._counters[-1]}."

    def _close_link(self) -> None:
        href, start = self._link or ("", 0)
        self._link = None
        shown = "".join(self._parts[start:]).strip()
        if href and href.removeprefix("mailto:") != shown:
            self._parts.append(f" ({href.removeprefix('mailto:')})")
