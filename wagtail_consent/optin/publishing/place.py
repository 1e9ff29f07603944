"""Where a form stands: what decides its company, its language, its privacy policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import swapper
from wagtail.models import Locale, Page, Site

from wagtail_consent.models import ConsentSettings, Controller


def page_model() -> type[Page]:
    """Returns Wagtail's page model, or the site's own in its place (Wagtail 8)."""
    return swapper.load_model("wagtailcore", "Page")


@dataclass(frozen=True)
class Place:
    """All that a form needs to know of its surroundings.

    Attributes:
        site: the page's site; None for a page outside of all sites.
        controller: the company that answers for the site.
        locale: the language that the form speaks.
        privacy_page: the site's privacy policy, in any language.
    """

    site: Site | None
    controller: Controller | None
    locale: Locale
    privacy_page: Any = None

    @property
    def language(self) -> str:
        return self.locale.language_code

    def speaking(self, locale: Locale) -> Place:
        return replace(self, locale=locale)


def of_site(site: Site | None, locale: Locale) -> Place:
    chosen = (
        ConsentSettings.objects.select_related("controller", "privacy_page")
        .filter(site=site)
        .first()
    )
    if chosen is None:
        return Place(site, None, locale)
    return Place(site, chosen.controller, locale, chosen.privacy_page)


def of(page: Any) -> Place:
    return of_site(page.get_site(), page.locale)


def of_default_site(locale: Locale) -> Place:
    """Returns the place of a form that stands on no page of its own."""
    return of_site(Site.objects.filter(is_default_site=True).first(), locale)
