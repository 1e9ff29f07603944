"""Languages by their names: a reader of the admin need not know codes."""

from __future__ import annotations

from django.utils.translation import get_language_info


def name(code: str) -> str:
    """Returns a language's name in the reader's language, or the code unknown to us."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
