"""What every page of the site needs to know of the others."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from website.models import HomePage

register = template.Library()


@register.simple_tag
def home_page() -> HomePage | None:
    """Returns the home page in the visitor's language."""
    return HomePage.objects.live().filter(locale__language_code=get_language()).first()


@register.simple_tag
def menu(home: HomePage | None) -> list[Page]:
    return list(home.get_children().live().in_menu()) if home else []


@register.simple_tag
def legal_pages(home: HomePage | None) -> list[Page]:
    """Returns the pages for the foot of the page: live, but not in the menu."""
    return list(home.get_children().live().filter(show_in_menus=False)) if home else []


@register.simple_tag
def languages(page: Page | None, home: HomePage | None) -> list[dict[str, object]]:
    """Returns the languages with the address of this page, or of home, in each."""
    addresses = {**translated(home), **translated(page)}
    return [
        {"code": code, "name": name, "url": addresses[code]}
        for code, name in settings.LANGUAGES
        if code in addresses
    ]


def translated(page: Page | None) -> dict[str, str]:
    if not (page and page.pk):
        return {}
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {each.locale.language_code: each.url for each in pages}
