"""What the room listens to."""

from __future__ import annotations

from .publishing import news


def connect() -> None:
    news.connect()
