"""The page trees: first all pages as drafts, then their content, then published.

A page may name any other, and a form is refused while the privacy policy is missing.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from website.content import LANGUAGES, refs
from website.models import HomePage

from .plan import Planned, planned
from .rows import Rows, resolve

Drafts = list[tuple[Planned, Page]]
DEFAULT = settings.LANGUAGE_CODE


def load_locales() -> None:
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def load_drafts(code: str, originals: Rows) -> tuple[Rows, Drafts]:
    """Makes the missing pages of one language.

    Args:
        originals: the pages they translate; empty for the language that comes first.

    Returns:
        The keys of all pages, and the pages that are new and still empty.
    """
    locale = Locale.objects.get(language_code=code)
    rows: Rows = {}
    drafts: Drafts = []
    for plan in planned(LANGUAGES[code]):
        ref = refs.page(plan.key)
        parent = parent_of(plan, rows)
        page = parent.get_children().filter(slug=slug_of(plan, code)).first()
        if page is None:
            page = draft(plan, parent, locale, originals.get(ref))
            drafts.append((plan, page))
        rows[ref] = page.pk
    return rows, drafts


def parent_of(plan: Planned, rows: Rows) -> Page:
    if not plan.parent:
        return Page.get_first_root_node()
    return Page.objects.get(pk=rows[refs.page(plan.parent)])


def slug_of(plan: Planned, code: str) -> str:
    """Home pages lie side by side below the root; their slugs are never seen."""
    return plan.content.get("slug") or f"lohwald-{code}"


def draft(plan: Planned, parent: Page, locale: Locale, original: int | None) -> Page:
    page = plan.model(locale=locale, live=False, show_in_menus=plan.in_menu)
    page.title = plan.content["title"]
    page.slug = slug_of(plan, locale.language_code)
    if date := plan.content.get("date"):
        page.date = date
    if original:
        page.translation_key = Page.objects.get(pk=original).translation_key
    return parent.add_child(instance=page)


def publish(drafts: Drafts, rows: Rows, code: str) -> None:
    """Fills the drafts and publishes them through revisions, as the admin does."""
    for plan, page in drafts:
        page.refresh_from_db()  # its children came later
        fill(page, resolve(plan.content, rows, f"{code}/{plan.key}"))
        page.full_clean()
        page.save_revision().publish()


def fill(page: Page, content: dict[str, Any]) -> None:
    for name, value in content.items():
        if name == "image":
            page.image_id = value
        elif name == "body":
            page.body = json.dumps(value)
        elif name != "slug":
            setattr(page, name, value)


def load_site(home: int) -> Site:
    """Returns the site, whose root is the home page and whose port is the server's."""
    site = Site.objects.filter(is_default_site=True).first()
    site = site or Site(is_default_site=True)
    site.hostname = "127.0.0.1"
    site.port = int(settings.PORT)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page_id = home
    site.save()
    return site


def remove_welcome_page() -> None:
    """Removes the page that Wagtail's own migration made."""
    root = Page.get_first_root_node()
    homes = HomePage.objects.values("pk")
    for page in root.get_children().exclude(pk__in=homes).filter(slug="home"):
        page.delete()
