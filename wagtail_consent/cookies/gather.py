"""Reads what editors wrote, and says it in one language as visitors are offered it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import translation
from django.utils.translation import ngettext
from wagtail.models import Locale, Site

from wagtail_consent.models import ConsentSettings, Processor

from .models import CookieSettings, Service, StoredItem, Unit
from .offered import Offer, OfferedCategory, OfferedItem, OfferedService

Setting = TypeVar("Setting", ConsentSettings, CookieSettings)

# As `Category` orders itself, then by name.
ORDER = ("-category__necessary", "category__order", "category__key", "name", "key")


def offer(site: Site, language: str) -> Offer:
    """Returns what this site offers now, in a language that visitors may read."""
    with translation.override(language):
        return _offer(site, Texts(language))


class Texts:
    """Picks a text: in the language, else in the default one, else any."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.default = Locale.get_default().language_code

    def of(self, instance: Any) -> Any:
        texts = {it.locale.language_code: it for it in instance.texts.all()}
        found = texts.get(self.language) or texts.get(self.default)
        return found or next(iter(texts.values()), None)


def _offer(site: Site, texts: Texts) -> Offer:
    legal, asking = _settings(ConsentSettings, site), _settings(CookieSettings, site)
    return Offer(
        site_id=site.pk,
        site=site.root_url,
        language=texts.language,
        layout=asking.layout,
        granularity=asking.granularity,
        days=asking.days,
        domain=asking.cookie_domain,
        gpc=asking.respect_gpc,
        privacy_url=_address(legal.privacy_page, site, texts.language),
        imprint_url=_address(legal.imprint_page, site, texts.language),
        company=legal.controller.name if legal.controller else "",
        categories=tuple(_categories(live_services(site), texts)),
    ).sealed()


def _settings(model: type[Setting], site: Site) -> Setting:
    """`for_site` would write a row, and this is asked for by a visitor's GET."""
    return model.base_queryset().filter(site=site).first() or model(site=site)


def live_services(site: Site) -> Iterable[Service]:
    """Returns the published services of a site, those of a category side by side."""
    own = Service.objects.filter(Q(sites=None) | Q(sites=site), live=True).distinct()
    rows = own.select_related("category", "provider").prefetch_related(
        "texts__locale", "stored", "category__texts__locale"
    )
    return rows.order_by(*ORDER)


def _categories(services: Iterable[Service], texts: Texts) -> Iterator[OfferedCategory]:
    for category, members in groupby(services, key=lambda it: it.category):
        text = texts.of(category)
        yield OfferedCategory(
            key=category.key,
            name=text.name if text else category.key,
            description=text.description if text else "",
            necessary=category.necessary,
            services=tuple(_service(it, texts) for it in members),
        )


def _service(service: Service, texts: Texts) -> OfferedService:
    provider: Processor = service.provider
    text = texts.of(service)
    return OfferedService(
        key=service.key,
        name=service.name,
        purpose=text.purpose if text else "",
        provider=provider.name,
        country=str(provider.country.name),
        safeguard=str(provider.get_safeguard_display()),
        privacy_url=service.privacy_url or provider.privacy_url,
        hosts=tuple(service.host_list),
        stored=tuple(_item(it) for it in service.stored.all()),
        signal=service.signal,
        category=service.category.key,
        necessary=service.category.necessary,
        edition=service.edition,
    )


def _item(item: StoredItem) -> OfferedItem:
    return OfferedItem(item.kind, item.name, item.domain, lifetime(item))


def lifetime(item: StoredItem) -> str:
    """Returns how long something is kept, in words of the active language."""
    count = item.lifetime or 0
    said = {
        Unit.MINUTE: ngettext("%(count)s minute", "%(count)s minutes", count),
        Unit.HOUR: ngettext("%(count)s hour", "%(count)s hours", count),
        Unit.DAY: ngettext("%(count)s day", "%(count)s days", count),
        Unit.MONTH: ngettext("%(count)s month", "%(count)s months", count),
        Unit.YEAR: ngettext("%(count)s year", "%(count)s years", count),
    }
    counted = said.get(item.unit)
    return counted % {"count": count} if counted else str(item.get_unit_display())


def _address(page: Any, site: Site, language: str) -> str:
    """Returns where a legal page is: in the language if it is there, never a draft."""
    if page is None or not page.live:
        return ""
    locale = Locale.objects.filter(language_code=language).first()
    translated = page.get_translation_or_none(locale) if locale else None
    shown = translated if translated and translated.live else page
    return shown.specific_deferred.get_url(current_site=site) or ""
