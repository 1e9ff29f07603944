"""What a letter says, filled in: subject, HTML and text of one mail.

Threat: whatever a visitor typed could turn our mail into somebody else's message.
So nothing of it comes here: a mail is made of the editors' published text, the
company's name, and what the room that owns the kind knows (links, a title, days).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wagtail_consent.html import plain
from wagtail_consent.models import Controller

HTML = "wagtail_consent/mailing/mail.html"
TEXT = "wagtail_consent/mailing/mail.txt"

# Mail programs that ignore <style> still need these.
STYLES = {
    "<p>": '<p style="margin:0 0 16px">',
    "<ul>": '<ul style="margin:0 0 16px;padding:0 0 0 24px">',
    "<ol>": '<ol style="margin:0 0 16px;padding:0 0 0 24px">',
    "<li>": '<li style="margin:0 0 6px">',
    "<a ": '<a class="link" style="color:#1d4ed8;text-decoration:underline" ',
}
ROOT_RELATIVE = re.compile(r'href="(?=/(?!/))')


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    html: str
    text: str


def render(
    content: Mapping[str, str],
    context: Mapping[str, Any],
    *,
    controller: Controller,
    language: str,
    site_url: str = "",
) -> Rendered:
    """Returns the mail.

    Args:
        content: a published letter: ``subject``, ``body``, ``button``, ``closing``,
            of which body and closing are sanitised HTML.
        context: what the kind's `context` returned.
        site_url: makes the letter's links to the site's own pages complete.
    """
    values = {**context, "company": controller.name}
    letter = _filled(content, values, site_url)
    common = {
        **letter,
        "button_url": context.get("button_url", ""),
        "links": context.get("links", ()),
        "controller": controller,
        "site": urlsplit(site_url).netloc,
        "language": language,
        "direction": "rtl" if is_right_to_left(language) else "ltr",
    }
    with translation.override(language):
        html = render_to_string(HTML, common | _styled(letter))
        text = render_to_string(TEXT, common | _readable(letter))
    return Rendered(letter["subject"], html, _tidy(text))


def is_right_to_left(language: str) -> bool:
    return language.partition("-")[0] in settings.LANGUAGES_BIDI


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Puts names and numbers for ``{placeholders}``; others stay as they are.

    Plain replacement: `str.format` would read attributes of what it is given.
    """
    for name, value in values.items():
        if isinstance(value, str | int):
            text = text.replace(f"{{{name}}}", str(value))
    return text


def _filled(
    content: Mapping[str, str], values: Mapping[str, Any], site_url: str
) -> dict[str, str]:
    safe = {name: escape(value) for name, value in values.items() if _is_plain(value)}
    letter = {name: fill(content[name], safe) for name in ("body", "closing")}
    letter = {
        name: ROOT_RELATIVE.sub(f'href="{escape(site_url)}', html)
        for name, html in letter.items()
    }
    for name in ("subject", "button"):
        letter[name] = " ".join(fill(content[name], values).split())
    return letter


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int)


def _styled(letter: Mapping[str, str]) -> dict[str, SafeString]:
    return {name: _with_styles(letter[name]) for name in ("body", "closing")}


def _with_styles(html: str) -> SafeString:
    for tag, styled in STYLES.items():
        html = html.replace(tag, styled)
    return mark_safe(html)  # noqa: S308  (sanitised when the letter was published)


def _readable(letter: Mapping[str, str]) -> dict[str, str]:
    return {name: plain(letter[name]) for name in ("body", "closing")}


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
