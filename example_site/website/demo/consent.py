"""The company, its one purpose, and the words for both in each language."""

from __future__ import annotations

from wagtail.models import DraftStateMixin, Locale, Site

from wagtail_consent.mailing.models import Letter
from wagtail_consent.models import ConsentSettings, Controller, Purpose, Wording
from website.content import LANGUAGES, company, refs
from website.models import StandardPage

from .rows import Rows


def load_consent() -> Rows:
    purpose = newsletter(controller())
    for code, content in LANGUAGES.items():
        locale = Locale.objects.get(language_code=code)
        wording(purpose, locale, content.consent.WORDING)
        for kind, texts in content.consent.LETTERS.items():
            letter(kind, locale, texts)
    return {refs.purpose(purpose.identifier): purpose.pk}


def controller() -> Controller:
    row, _ = Controller.objects.get_or_create(
        name=company.NAME,
        defaults={
            "address": f"{company.STREET}\n{company.TOWN}",
            "country": company.COUNTRY,
            "email": company.PRIVACY_EMAIL,
        },
    )
    return row


def newsletter(owner: Controller) -> Purpose:
    row, _ = Purpose.objects.get_or_create(
        identifier="newsletter",
        defaults={
            "name": "Newsletter",
            "controller": owner,
            "warning_age": 3 * 365,
            "lapse_age": 4 * 365,
        },
    )
    return row


def wording(purpose: Purpose, locale: Locale, texts: dict[str, str]) -> None:
    if not Wording.objects.filter(purpose=purpose, locale=locale).exists():
        sibling = Wording.objects.filter(purpose=purpose).first()
        publish(Wording(purpose=purpose, locale=locale, **texts), sibling)


def letter(kind: str, locale: Locale, texts: dict[str, str]) -> None:
    letters = Letter.objects.filter(kind=kind, purpose=None)
    if not letters.filter(locale=locale).exists():
        publish(Letter(kind=kind, locale=locale, **texts), letters.first())


def publish(row: DraftStateMixin, sibling: DraftStateMixin | None) -> None:
    """Publishes through a revision, as the admin does: notices are made then."""
    if sibling:
        row.translation_key = sibling.translation_key
    row.live = False
    row.full_clean()
    row.save()
    row.save_revision().publish()


def load_site_settings(site: Site, rows: Rows) -> None:
    settings = ConsentSettings.for_site(site)
    if settings.controller is None:
        settings.controller = controller()
        settings.privacy_page = StandardPage.objects.get(pk=rows[refs.page("privacy")])
        settings.imprint_page = StandardPage.objects.get(pk=rows[refs.page("imprint")])
        settings.save()
