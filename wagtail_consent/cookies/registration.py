"""What the room tells the core."""

from __future__ import annotations


def register() -> None:
    """Nothing yet."""
