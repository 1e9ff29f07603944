"""What the room listens to."""

from __future__ import annotations

from typing import Any

from wagtail.signals import published


def connect() -> None:
    from .models import Letter

    published.connect(letter_published, sender=Letter)


def letter_published(instance: Any, **kwargs: Any) -> None:
    from . import letters

    letters.store(instance)
