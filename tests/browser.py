"""A real browser: the system's Chromium, driven by Playwright."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

# Nothing but this machine is reachable, and the browser phones nowhere.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


# A busy machine is slow, not wrong.
expect.set_options(timeout=30_000)

SERIALIZED = "_test_serialized_contents"


@contextmanager
def event_loop_in_this_thread() -> Iterator[Playwright]:
    """Start Playwright, whose event loop makes Django take this thread for async.

    Django then gives it connections of its own, which have to know, as the former
    ones did, what to put back after a test that commits.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    contents = {c.alias: getattr(c, SERIALIZED, None) for c in connections.all()}
    with sync_playwright() as playwright:
        for alias, content in contents.items():
            setattr(connections[alias], SERIALIZED, content)
        yield playwright


@pytest.fixture(scope="session")
def browser(chromium_path: str, django_db_setup: None) -> Iterator[Browser]:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with event_loop_in_this_thread() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_path,
            args=ARGUMENTS,
            # A root user, as in containers, can't have Chromium's sandbox.
            chromium_sandbox=not is_root,
        )
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages, each in a context of its own; takes Playwright's context options."""
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**{"locale": "en-GB", **options})
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()
