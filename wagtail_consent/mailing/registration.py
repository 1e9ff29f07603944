"""What the room adds to the core's registries."""

from __future__ import annotations

from wagtail_consent import maintenance, registry, retention, starters

from . import allowance, delivery, sources, starter
from .retention import purge_messages


def register() -> None:
    maintenance.register("mailing", delivery.send_due)
    registry.register(sources.Messages())
    starters.register("mailing.letters", starter.write_letters)
    retention.register("mailing.messages", purge_messages)
    retention.register("mailing.allowances", allowance.purge)
