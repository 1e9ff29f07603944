"""Loads the demo's content. Whatever is there already is left as it is."""

from __future__ import annotations

from website.content import LANGUAGES

from . import consent, library, pages, people, services


def load() -> None:
    people.load_people()
    pages.load_locales()
    shared = library.load_library() | consent.load_consent()
    first, *others = LANGUAGES
    originals, drafts = pages.load_drafts(first, {})
    trees = [(first, originals, drafts)]
    trees += [(code, *pages.load_drafts(code, originals)) for code in others]
    site = pages.load_site(originals[pages.refs.page("home")])
    pages.remove_welcome_page()
    consent.load_site_settings(site, originals)
    services.load_services()
    services.load_embeds()
    for code, rows, new in trees:
        pages.publish(legal_first(new), shared | rows, code)


def legal_first(drafts: pages.Drafts) -> pages.Drafts:
    """Forms link to the privacy policy, so that has to be live."""
    return sorted(drafts, key=lambda item: item[0].key not in ("privacy", "imprint"))
