"""Fixtures that all tests share: real parts, and nothing left behind."""

import copy
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management.commands import flush
from django.test import Client
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend

from tests import chromium
from tests.smtp import SMTPServer

pytest_plugins = ["tests.browser"]

IN_CI = bool(os.environ.get("CI"))


def need(available: Any, reason: str) -> None:
    """Skip the test where a real part is missing; in CI that's a failure."""
    if not available:
        (pytest.fail if IN_CI else pytest.skip)(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that commit the rows that migrations made, such as the root page."""
    for item in items:
        if marking := commits(item):
            item.add_marker(pytest.mark.django_db(**marking), append=False)


def commits(item: pytest.Item) -> dict[str, Any]:
    """Return how to mark a test that commits; nothing for one that doesn't."""
    marker = item.get_closest_marker("django_db")
    marking = dict(marker.kwargs) if marker else {}
    names = set(getattr(item, "fixturenames", []))
    if marking.get("transaction") or names & {"live_server", "transactional_db"}:
        return marking | {"transaction": True, "serialized_rollback": True}
    return {}


@pytest.fixture(scope="session", autouse=True)
def flush_lifts_guards() -> Iterator[None]:
    """Let the tests' flush empty tables whose triggers forbid a deletion."""
    from wagtail_consent import guards

    handle = flush.Command.handle

    def unguarded(self: flush.Command, **options: Any) -> Any:
        with guards.lifted():
            return handle(self, **options)

    flush.Command.handle = unguarded
    yield
    flush.Command.handle = handle


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Files of one test, seals above all, are never another's."""
    storages = copy.deepcopy(django_settings.STORAGES)
    for alias in ("default", "consent_private", "consent_seals"):
        storages[alias]["OPTIONS"]["location"] = str(tmp_path / alias)
    settings.STORAGES = storages
    settings.MEDIA_ROOT = tmp_path / "default"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """What one test put into the cache and the queue is gone for the next."""
    yield
    cache.clear()
    if isinstance(queue := task_backends["default"], DummyBackend):
        queue.clear()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = chromium.find()
    need(path, chromium.HOW_TO_GET)
    return str(path)


@pytest.fixture
def smtp(settings: Any) -> Iterator[SMTPServer]:
    """A real SMTP server on loopback, which the site sends through."""
    with SMTPServer() as server:
        server.configure(settings)
        yield server


@pytest.fixture(scope="session")
def redis_url() -> str:
    import redis

    url = django_settings.RQ_QUEUES["default"]["URL"]
    try:
        redis.Redis.from_url(url).ping()
    except redis.ConnectionError:
        need(False, f"No Redis answers at {url}; start one or set REDIS_URL.")
    return str(url)


@pytest.fixture
def at_width(new_page: Callable[..., Any]) -> Callable[[int], Any]:
    """Open a browser page of a width: 360 is a phone, 1280 a desktop."""
    return lambda width: new_page(viewport={"width": width, "height": 900})


@pytest.fixture
def staff(client: Client) -> Callable[..., Client]:
    """Logs in somebody who may enter the admin and has these permissions, no other."""

    from django.contrib.auth.models import Permission

    def log_in(*names: str) -> Client:
        user = get_user_model().objects.create_user(uuid.uuid4().hex[:9])
        for name in ("access_admin", *names):
            codename = name.rpartition(".")[2]
            user.user_permissions.add(Permission.objects.get(codename=codename))
        client.force_login(user)
        return client

    return log_in
