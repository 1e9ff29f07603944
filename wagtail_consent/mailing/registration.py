"""What the room adds to the core's registries."""

from __future__ import annotations

from wagtail_consent import maintenance, registry, retention

from . import allowance, delivery, sources
from .retention import purge_messages


def register() -> None:
    maintenance.register("mailing", delivery.send_due)
    registry.register(sources.Messages())
    retention.register("mailing.messages", purge_messages)
    retention.register("mailing.allowances", allowance.purge)
