"""Rows that the room's tests start from: what is made here is live and offered."""

from typing import Any

from wagtail.models import Site

from tests import factories
from wagtail_consent.cookies import offer
from wagtail_consent.cookies.models import (
    Category,
    CategoryText,
    CookieSettings,
    Service,
    ServiceText,
    StoredItem,
)
from wagtail_consent.models import ConsentSettings, Processor

NAMES = {
    "necessary": {"en": "Necessary", "de": "Notwendig"},
    "functional": {"en": "Functional", "de": "Funktional"},
    "statistics": {"en": "Statistics", "de": "Statistik"},
    "marketing": {"en": "Marketing", "de": "Marketing"},
    "media": {"en": "Media", "de": "Medien"},
}
LANGUAGES = ("en", "de")


def site(**values: Any) -> Site:
    """The default site, with a company that answers for it."""
    found = Site.objects.get(is_default_site=True)
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    for language in LANGUAGES:
        factories.locale(language)
    if not ConsentSettings.objects.filter(site=found).exists():
        company = factories.controller(name="Ann & Bob's Ltd")
        ConsentSettings.objects.create(site=found, controller=company)
    offer.forget()
    return found


def settings(of: Site | None = None, **values: Any) -> CookieSettings:
    of = of or site()
    found, _is_new = CookieSettings.objects.update_or_create(site=of, defaults=values)
    offer.forget()
    return found


def category(key: str = "statistics", **values: Any) -> Category:
    """One for each key; with a name in English and German."""
    if known := Category.objects.filter(key=key).first():
        return known
    order = [*NAMES, key].index(key)
    defaults = {"necessary": key == "necessary", "order": order}
    made = Category(key=key, **defaults | values)
    names = NAMES.get(key, dict.fromkeys(LANGUAGES, key.title()))
    made.texts = [
        CategoryText(
            locale=factories.locale(language), name=name, description=f"About {name}."
        )
        for language, name in names.items()
    ]
    made.save()
    offer.forget()
    return made


def provider(name: str = "Figures Ltd", **values: Any) -> Processor:
    defaults = {
        "country": "IE",
        "safeguard": "eea",
        "privacy_url": "https://figures.example/privacy",
    }
    return Processor.objects.get_or_create(name=name, defaults=defaults | values)[0]


def service(
    key: str = "figures",
    of: str = "statistics",
    *,
    category: str = "",
    hosts: tuple[str, ...] | list[str] | str = (),
    stored: list[dict[str, Any] | str] | tuple[Any, ...] = (),
    **values: Any,
) -> Service:
    """A service that is published; `stored` are names of its own cookies, or fields.

    Without a company it is Figures Ltd's; `category` is a key.
    """
    sites = values.pop("sites", [])
    values.setdefault("provider", provider())
    made = Service(
        key=key,
        name=values.pop("name", key.replace("-", " ").title()),
        category=_category(category or of),
        hosts=hosts if isinstance(hosts, str) else "\n".join(hosts),
        live=False,
        **values,
    )
    made.texts = [
        ServiceText(locale=factories.locale("en"), purpose=f"{key} counts visits."),
        ServiceText(locale=factories.locale("de"), purpose=f"{key} zählt Besuche."),
    ]
    made.stored = [_item(it) for it in stored]
    made.sites = sites
    return publish(made)


def publish(changed: Service) -> Service:
    """Publishes as the editor's button does; what visitors are offered is new."""
    changed.save()
    changed.save_revision().publish()
    offer.forget()
    return Service.objects.get(pk=changed.pk)


_category = category


def _item(given: dict[str, Any] | str) -> StoredItem:
    if isinstance(given, str):
        given = {"name": given}
    return StoredItem(**{"lifetime": 2, "unit": "year"} | given)
