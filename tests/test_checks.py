"""One wrong or missing setting, one check with its own id."""

from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.db import connection
from wagtail.models import Site

from tests import factories
from wagtail_consent import checks, guards
from wagtail_consent.models import ConsentSettings

KEY = "a-key-that-is-long-enough-for-everybody"
FOLDERS = "django.core.files.storage.FileSystemStorage"


@pytest.fixture
def found(settings):
    """Return the ids that the checks find with these settings."""

    def find(databases=(), /, **values):
        for name, value in values.items():
            setattr(settings, name, value)
        messages = run_checks(databases=databases)
        return sorted(it.id for it in messages if it.id.startswith("wagtail_consent."))

    return find


@pytest.fixture
def with_own(found):
    """The same for the settings of ours."""
    return lambda **own: found(WAGTAIL_CONSENT={"KEYS": [KEY], **own})


def e(number):
    return [f"wagtail_consent.E{number:03}"]


def test_all_is_well(found):
    assert found() == []


def test_no_dict(found):
    assert found(WAGTAIL_CONSENT=[("KEYS", [KEY])]) == e(1) + e(5)


def test_unknown_setting(with_own):
    assert with_own(BASE_TEMPLAT="base.html") == e(2)


def test_unknown_setting_has_a_suggestion(settings):
    settings.WAGTAIL_CONSENT = {"base_templat": "base.html"}
    [message] = checks.check_settings()
    assert message.hint == "Did you mean 'BASE_TEMPLATE'?"


def test_nothing_is_suggested_where_nothing_is_like_it(settings):
    settings.WAGTAIL_CONSENT = {"ZZZ": 1}
    [message] = checks.check_settings()
    assert message.hint is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONFIRMATION_DAYS", "7"),
        ("CONFIRMATION_DAYS", True),
        ("CONFIRMATION_DAYS", 1.5),
        ("FROM_EMAIL", None),
        ("DOWNLOAD_REDIRECT", 1),
    ],
)
def test_wrong_type(settings, name, value):
    settings.WAGTAIL_CONSENT = {"KEYS": [KEY], name: value}
    assert [it.id for it in checks.check_settings()] == e(3)


@pytest.mark.parametrize("keys", [KEY, [1], None, {KEY: 1}])
def test_keys_of_a_wrong_type(settings, keys):
    settings.WAGTAIL_CONSENT = {"KEYS": keys}
    assert [it.id for it in checks.check_settings()] == e(3)


@pytest.mark.parametrize(
    "name", ["CONFIRMATION_DAYS", "DOWNLOAD_DAYS", "UNCONFIRMED_DAYS", "MESSAGE_DAYS"]
)
def test_days_below_one(with_own, name):
    assert with_own(**{name: 0}) == e(4)


def test_a_negative_limit(with_own):
    assert with_own(SIGN_UPS_PER_HOUR=-1) == e(4)


def test_a_limit_may_be_off(with_own):
    assert with_own(SIGN_UPS_PER_HOUR=0) == []


def test_no_keys(found):
    assert found(WAGTAIL_CONSENT={}) == e(5)


def test_no_keys_in_development(settings):
    settings.WAGTAIL_CONSENT, settings.DEBUG = {}, True
    assert checks.check_keys() == []


def test_a_short_key(found):
    assert found(WAGTAIL_CONSENT={"KEYS": [KEY, KEY[:31]]}) == e(6)


def test_the_secret_key_as_key(found):
    assert found(SECRET_KEY=KEY, WAGTAIL_CONSENT={"KEYS": [KEY]}) == e(7)


def test_an_old_secret_key_as_key(found):
    settings = {"SECRET_KEY_FALLBACKS": [KEY], "WAGTAIL_CONSENT": {"KEYS": [KEY]}}
    assert found(**settings) == e(7)


def test_a_template_pack_that_isnt_there(with_own):
    assert with_own(TEMPLATE_PACK="bootstrap9") == e(8)


def test_a_template_pack_of_the_site(with_own):
    assert with_own(TEMPLATE_PACK="bootstrap5") == []


@pytest.mark.parametrize("name", ["SEAL_STORAGE", "PRIVATE_STORAGE"])
def test_a_storage_that_isnt_there(settings, name):
    settings.WAGTAIL_CONSENT = {name: "nowhere"}
    assert [it.id for it in checks.check_files()] == e(9)


@pytest.fixture
def without_storages(settings):
    aliases = ("default", "staticfiles")
    settings.STORAGES = {alias: settings.STORAGES[alias] for alias in aliases}


def test_no_place_for_files(without_storages):
    assert [it.id for it in checks.check_files()] == e(10) * 2


def test_a_storage_that_cant_be_made(settings):
    broken = {"consent_seals": {"BACKEND": "no.such.Backend"}}
    settings.STORAGES = {**settings.STORAGES, **broken}
    assert [it.id for it in checks.check_files()] == e(10)


def test_the_projects_folder_is_a_place(without_storages, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    assert checks.check_files() == []


def test_seals_below_media(settings, tmp_path):
    location = {"location": tmp_path / "default" / "seals"}
    storage = {"BACKEND": FOLDERS, "OPTIONS": location}
    settings.STORAGES = {**settings.STORAGES, "consent_seals": storage}
    assert [it.id for it in checks.check_files()] == e(11)


def private_below(settings, folder):
    settings.WAGTAIL_CONSENT = {"PRIVATE_ROOT": str(folder / "deeper")}
    return [it.id for it in checks.check_files()]


def test_private_files_below_media(without_storages, settings):
    assert private_below(settings, settings.MEDIA_ROOT) == e(11) * 2


def test_private_files_below_collected_static_files(without_storages, settings):
    assert private_below(settings, settings.STATIC_ROOT) == e(11) * 2


@pytest.mark.parametrize("prefix", [None, "prefix"])
def test_private_files_below_static_files(without_storages, settings, prefix, tmp_path):
    settings.STATICFILES_DIRS = [(prefix, tmp_path) if prefix else tmp_path]
    assert private_below(settings, tmp_path) == e(11) * 2


def test_files_that_are_no_folder_of_ours(settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "consent_seals": memory}
    assert checks.check_files() == []


@pytest.mark.parametrize("needed", checks.NEEDS)
def test_a_missing_app(monkeypatch, needed):
    is_installed = checks.apps.is_installed
    monkeypatch.setattr(
        checks.apps, "is_installed", lambda name: name != needed and is_installed(name)
    )
    messages = [it for it in checks.check_apps() if needed in it.msg]
    assert [it.id for it in messages][:1] == e(12)


def test_a_room_names_what_it_needs(monkeypatch):
    room = SimpleNamespace(name="room", label="room", consent_needs=("no_such_app",))
    monkeypatch.setattr(checks.apps, "get_app_configs", lambda: [room])
    assert [it.hint for it in checks.check_apps()] == [
        "Add 'no_such_app' to INSTALLED_APPS."
    ]


def test_urls_that_arent_included(settings):
    settings.ROOT_URLCONF = "wagtail.admin.urls"
    assert {it.id for it in checks.check_urls()} == {*e(13)}


def test_a_site_that_serves_nothing(settings):
    settings.ROOT_URLCONF = None
    assert checks.check_urls() == []


def test_a_cache_that_keeps_nothing(found):
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    assert found(CACHES={"default": dummy}) == ["wagtail_consent.W003"]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({}, ["wagtail_consent.W004"]),
        ({"transaction_mode": None}, ["wagtail_consent.W004"]),
        ({"transaction_mode": "IMMEDIATE"}, []),
        ({"transaction_mode": "exclusive"}, []),
    ],
)
def test_writers_that_cant_wait_for_each_other(monkeypatch, options, ids):
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}
    monkeypatch.setattr(checks.connections, "settings", {"default": sqlite})
    assert [it.id for it in checks.check_transactions()] == ids


def test_a_database_whose_writers_wait(monkeypatch):
    config = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
    monkeypatch.setattr(checks.connections, "settings", {"default": config})
    assert checks.check_transactions() == []


@pytest.mark.django_db
def test_a_site_without_a_controller(found):
    assert found(["default"]) == ["wagtail_consent.W001"]


@pytest.mark.django_db
def test_a_site_with_a_controller(found):
    for site in Site.objects.all():
        ConsentSettings.objects.create(site=site, controller=factories.controller())
    assert found(["default"]) == []


@pytest.mark.django_db
def test_before_the_first_migration(monkeypatch, found):
    monkeypatch.setattr(
        connection.introspection, "table_names", lambda *args, **kwargs: []
    )
    assert checks.check_controllers(["default"]) == []
    assert checks.check_guards(["default"]) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_a_database_without_guards(found):
    with guards.lifted():
        messages = checks.check_guards(["default"])
    assert {it.id for it in messages} == {"wagtail_consent.W002"}
    assert checks.check_guards(["default"]) == []
