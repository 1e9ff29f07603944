"""What the core listens to."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.signals import published, unpublished

from . import guards, notices
from .models import Controller, Purpose, Wording
from .signals import wording_changed


def connect() -> None:
    sender = apps.get_app_config("wagtail_consent")
    post_migrate.connect(install_guards, sender=sender)
    published.connect(state_wording, sender=Wording)
    unpublished.connect(tell_of_wording, sender=Wording)
    post_delete.connect(tell_of_wording, sender=Wording)
    post_save.connect(restate_purpose, sender=Purpose)
    post_save.connect(restate_purposes, sender=Controller)


def install_guards(using: str, **kwargs: Any) -> None:
    """A table that SQLite rebuilds loses its triggers; they come back here."""
    guards.install(connections[using])


def state_wording(instance: Wording, **kwargs: Any) -> None:
    notices.statement(instance)
    _tell(instance.purpose)


def tell_of_wording(instance: Wording, **kwargs: Any) -> None:
    _tell(instance.purpose)


def restate_purpose(
    instance: Purpose, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Its channel stands in the wordings that are live, its ages beside them."""
    if not created and not raw:
        _restate(instance)


def restate_purposes(
    instance: Controller, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """The company's name stands in the wordings of all its purposes."""
    if not created and not raw:
        for purpose in instance.purposes.all():
            _restate(purpose)


def _restate(purpose: Purpose) -> None:
    for wording in purpose.wordings.filter(live=True).select_related("locale"):
        notices.statement(wording)
    _tell(purpose)


def _tell(purpose: Purpose) -> None:
    news = partial(wording_changed.send_robust, Purpose, purpose=purpose)
    transaction.on_commit(news)
