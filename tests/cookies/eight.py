"""Eight usual services with the texts that an editor would write, for what is looked at
and weighed."""

from __future__ import annotations

from typing import Any

from tests.cookies import world
from wagtail_consent.cookies.models import Service, ServiceText
from wagtail_consent.models import ConsentSettings

# Key, name, category, company, country, purpose, names of cookies.
SERVICES = [
    ("matomo", "Matomo", "statistics", "InnoCraft Ltd", "NZ",
     "Counts visits and shows us which pages are read.", ["_pk_id*", "_pk_ses*"]),
    ("clarity", "Clarity", "statistics", "Microsoft Ireland Operations Ltd", "IE",
     "Records how pages are used, so that we find what doesn’t work.",
     ["_clck", "_clsk"]),
    ("ads", "Google Ads", "marketing", "Google Ireland Ltd", "IE",
     "Measures which of our advertisements led to a visit.", ["_gcl_au", "_gcl_aw"]),
    ("pixel", "Meta Pixel", "marketing", "Meta Platforms Ireland Ltd", "IE",
     "Shows our advertisements to people who were here.", ["_fbp", "_fbc"]),
    ("insight", "LinkedIn Insight", "marketing", "LinkedIn Ireland Unlimited Company",
     "IE", "Measures advertisements on LinkedIn.", ["li_fat_id"]),
    ("youtube", "YouTube", "media", "Google Ireland Ltd", "IE",
     "Plays videos.", []),
    ("vimeo", "Vimeo", "media", "Vimeo.com, Inc.", "US", "Plays videos.", []),
    ("maps", "Google Maps", "media", "Google Ireland Ltd", "IE",
     "Shows maps and the way to us.", []),
]  # fmt: skip


def build(**settings: Any) -> None:
    site = world.site()
    legal = ConsentSettings.objects.get(site=site)
    legal.privacy_page = legal.imprint_page = site.root_page
    legal.save()
    world.settings(site, **settings)
    for key, name, category, company, country, purpose, cookies in SERVICES:
        service = world.service(
            key,
            category,
            name=name,
            stored=cookies,
            provider=world.provider(company, country=country, safeguard="adequacy"),
        )
        service.texts = [said(purpose, "en"), said(f"{purpose} (Deutsch)", "de")]
        world.publish(service)
    assert Service.objects.count() == len(SERVICES)


def said(purpose: str, language: str) -> ServiceText:
    return ServiceText(locale=world.factories.locale(language), purpose=purpose)
