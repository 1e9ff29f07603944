"""System checks of the core. Ids are stable: ``wagtail_consent.E001`` …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, InvalidStorageError, storages
from django.db import connections
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import get_resolver
from wagtail.models import Site

from . import conf, guards
from .models import ConsentSettings

LABEL = "wagtail_consent"
SHORTEST_KEY = 32
# Numbers that may be nought; all others are at least one.
FROM_ZERO = {
    "CHOICES_PER_HOUR",
    "FORM_CACHE_SECONDS",
    "SIGN_UPS_PER_HOUR",
    "UNSEALED_SECONDS",
}
STORAGES = ("SEAL_STORAGE", "PRIVATE_STORAGE")
# SQLite's transactions that wait for each other instead of failing.
WAITING = {"IMMEDIATE", "EXCLUSIVE"}
NEEDS = (
    "django_countries",
    "wagtail.admin",
    "wagtail.contrib.settings",
    "wagtail.snippets",
)


def register() -> None:
    checks.register(check_settings, LABEL)
    checks.register(check_keys, checks.Tags.security)
    checks.register(check_template_pack, checks.Tags.templates)
    checks.register(check_files, checks.Tags.security)
    checks.register(check_apps, LABEL)
    checks.register(check_urls, checks.Tags.urls)
    checks.register(check_cache, checks.Tags.caches)
    checks.register(check_transactions, LABEL)
    checks.register(check_controllers, checks.Tags.database)
    checks.register(check_guards, checks.Tags.database)


def check_settings(**kwargs: Any) -> list[CheckMessage]:
    own = conf.configured()
    if not isinstance(own, dict):
        return [
            Error(
                "WAGTAIL_CONSENT is no dict.",
                hint='Write WAGTAIL_CONSENT = {"KEYS": […]}.',
                id=f"{LABEL}.E001",
            )
        ]
    return [found for name in own for found in _setting(name, own[name])]


def _setting(name: str, value: Any) -> Iterator[CheckMessage]:
    default = conf.DEFAULTS.get(name)
    if default is None:
        yield _unknown(name)
    elif not conf.is_like(value, default):
        yield Error(
            f"WAGTAIL_CONSENT['{name}'] has a wrong type: {type(value).__name__}.",
            hint=f"It should be like its default: {default!r}.",
            id=f"{LABEL}.E003",
        )
    elif type(value) is int and value < (least := 0 if name in FROM_ZERO else 1):
        yield Error(
            f"WAGTAIL_CONSENT['{name}'] is too small: {value}.",
            hint=f"It should be at least {least}.",
            id=f"{LABEL}.E004",
        )


def _unknown(name: str) -> CheckMessage:
    close = get_close_matches(str(name).upper(), conf.DEFAULTS, 1)
    return Error(
        f"There is no setting WAGTAIL_CONSENT[{name!r}].",
        hint=f"Did you mean {close[0]!r}?" if close else None,
        id=f"{LABEL}.E002",
    )


def check_keys(**kwargs: Any) -> list[CheckMessage]:
    keys = conf.get("KEYS")
    if not keys and not settings.DEBUG:
        return [
            Error(
                "There is no key to sign evidence and links with.",
                hint="Set WAGTAIL_CONSENT['KEYS'] to a list with one long random text.",
                id=f"{LABEL}.E005",
            )
        ]
    return [found for number, key in enumerate(keys) for found in _key(number, key)]


def _key(number: int, key: str) -> Iterator[CheckMessage]:
    if len(key) < SHORTEST_KEY:
        yield Error(
            f"WAGTAIL_CONSENT['KEYS'][{number}] is too short.",
            hint=f"Take at least {SHORTEST_KEY} random characters.",
            id=f"{LABEL}.E006",
        )
    if not settings.DEBUG and key in _secret_keys():
        yield Error(
            f"WAGTAIL_CONSENT['KEYS'][{number}] is the SECRET_KEY.",
            hint="Take a key of its own: SECRET_KEY can then be changed, and no "
            "mailed link breaks.",
            id=f"{LABEL}.E007",
        )


def _secret_keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def check_template_pack(**kwargs: Any) -> list[CheckMessage]:
    pack = conf.get("TEMPLATE_PACK")
    try:
        if pack != conf.DEFAULTS["TEMPLATE_PACK"]:
            get_template(f"{pack}/field.html")
    except TemplateDoesNotExist:
        return [
            Error(
                f"The template pack {pack!r} isn't there.",
                hint="Install it, such as crispy-bootstrap5, and add it to "
                "INSTALLED_APPS, or change WAGTAIL_CONSENT['TEMPLATE_PACK'].",
                id=f"{LABEL}.E008",
            )
        ]
    return []


def check_files(**kwargs: Any) -> list[CheckMessage]:
    return [found for name in STORAGES for found in _storage(name)]


def _storage(name: str) -> Iterator[CheckMessage]:
    alias = conf.get(name)
    if alias not in storages.backends and alias != conf.DEFAULTS[name]:
        yield Error(
            f"STORAGES has no {alias!r}, which WAGTAIL_CONSENT['{name}'] names.",
            hint="Add it to STORAGES.",
            id=f"{LABEL}.E009",
        )
        return
    try:
        folder = _folder(alias)
    except ImproperlyConfigured:
        yield Error(
            f"There is no place for the files of {alias!r}.",
            hint=f"Add {alias!r} to STORAGES, or set WAGTAIL_CONSENT['PRIVATE_ROOT'].",
            id=f"{LABEL}.E010",
        )
        return
    if root := folder and _web_root_above(folder):
        yield Error(
            f"The files of {alias!r} lie where the web server finds them: in {root}.",
            hint="Choose a folder outside MEDIA_ROOT and of static files.",
            id=f"{LABEL}.E011",
        )


def _folder(alias: str) -> Path | None:
    """Returns where a storage keeps its files; None if that is no folder of ours."""
    if alias not in storages.backends:
        return conf.private_root()
    try:
        storage = storages[alias]
    except InvalidStorageError as error:
        raise ImproperlyConfigured from error
    is_local = isinstance(storage, FileSystemStorage)
    return Path(storage.location) if is_local else None


def _web_root_above(folder: Path) -> Path | None:
    folder = folder.resolve()
    return next((root for root in _web_roots() if folder.is_relative_to(root)), None)


def _web_roots() -> Iterator[Path]:
    served = [settings.MEDIA_ROOT, settings.STATIC_ROOT]
    served += getattr(settings, "STATICFILES_DIRS", [])
    for root in served:
        # A folder of static files may stand in a tuple behind its prefix.
        root = root[1] if isinstance(root, (list, tuple)) else root
        if root:
            yield Path(root).resolve()


def check_apps(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{config.name} needs {needed}.",
            hint=f"Add {needed!r} to INSTALLED_APPS.",
            id=f"{LABEL}.E012",
        )
        for config in apps.get_app_configs()
        for needed in _needs(config)
        if not apps.is_installed(needed)
    ]


def _needs(config: AppConfig) -> Iterable[str]:
    return NEEDS if config.label == LABEL else getattr(config, "consent_needs", ())


def check_urls(**kwargs: Any) -> list[CheckMessage]:
    """Only for rooms that have addresses, on a site that serves any."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    mounted = get_resolver().namespace_dict
    missing = [config for config in _rooms_with_urls() if _space(config) not in mounted]
    return [
        Error(
            f"The addresses of {config.name} aren't reachable.",
            hint='Add path("consent/", include("wagtail_consent.urls")) to the urls, '
            "before Wagtail's own.",
            id=f"{LABEL}.E013",
        )
        for config in missing
    ]


def _rooms_with_urls() -> list[AppConfig]:
    return [it for it in apps.get_app_configs() if hasattr(it, "consent_urls")]


def _space(config: AppConfig) -> str:
    return import_module(config.consent_urls).app_name


def check_cache(**kwargs: Any) -> list[CheckMessage]:
    backend = settings.CACHES.get("default", {}).get("BACKEND", "")
    if not backend.endswith(".DummyCache") or not conf.get("SIGN_UPS_PER_HOUR"):
        return []
    return [
        Warning(
            "Sign-ups aren't limited: the cache keeps nothing.",
            hint="Set CACHES to a real cache, or WAGTAIL_CONSENT['SIGN_UPS_PER_HOUR'] "
            "to 0.",
            id=f"{LABEL}.W003",
        )
    ]


def check_transactions(**kwargs: Any) -> list[CheckMessage]:
    """A deferred transaction that has read can't wait for another writer's end."""
    return [
        Warning(
            f"With the database {alias!r} as it is, two writers at once end in "
            "“database is locked”.",
            hint=f"Set DATABASES[{alias!r}]['OPTIONS'] = "
            "{'transaction_mode': 'IMMEDIATE'}.",
            id=f"{LABEL}.W004",
        )
        for alias, config in connections.settings.items()
        if config["ENGINE"] == "django.db.backends.sqlite3"
        and _transaction_mode(config) not in WAITING
    ]


def _transaction_mode(config: dict[str, Any]) -> str:
    return str(config.get("OPTIONS", {}).get("transaction_mode", "")).upper()


def check_controllers(
    databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Warning(
            f"Nobody answers for the site {site}: it has no controller.",
            hint="Choose one in the admin: Settings, Consent. Until then, forms on it "
            "stay closed.",
            id=f"{LABEL}.W001",
        )
        for alias in databases or []
        for site in _sites_without_controller(alias)
    ]


def _sites_without_controller(alias: str) -> Iterable[Site]:
    tables = connections[alias].introspection.table_names()
    if not {ConsentSettings._meta.db_table, Site._meta.db_table} <= set(tables):
        return []
    settled = ConsentSettings.objects.using(alias).exclude(controller=None)
    return Site.objects.using(alias).exclude(pk__in=settled.values("site"))


def check_guards(
    databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Warning(
            f"The database {alias!r} doesn't guard evidence: {name} is missing.",
            hint="Run migrate with an account that may create triggers. Until then, "
            "only the chain shows that a row was changed.",
            id=f"{LABEL}.W002",
        )
        for alias in databases or []
        for name in guards.missing(connections[alias])
    ]
