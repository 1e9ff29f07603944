"""What happens when something is published."""

from __future__ import annotations


def connect() -> None:
    """Nothing yet."""
