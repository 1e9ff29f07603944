"""What the core listens to."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate

from . import guards


def connect() -> None:
    sender = apps.get_app_config("wagtail_consent")
    post_migrate.connect(install_guards, sender=sender)


def install_guards(using: str, **kwargs: Any) -> None:
    """A table that SQLite rebuilds loses its triggers; they come back here."""
    guards.install(connections[using])
