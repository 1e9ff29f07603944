"""Which form a block shows now: one query when cold, none when warm."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any

from wagtail_consent import conf

from ..models import FormPlacement

MOST = 2048


@dataclass(frozen=True, slots=True)
class Placed:
    """A form where it stands. Without ``body`` it is closed."""

    page: int
    block: str
    site: int | None
    source: str
    form: str | None
    body: str | None


_pages: dict[Any, tuple[float, list[Placed]]] = {}


def current(page_id: Any, block_id: str, source: str) -> Placed | None:
    """Returns what was published for this block in this state.

    A page published a moment ago by another process no longer matches what this one
    remembers: then it is asked anew, once.

    Args:
        page_id: the page that is rendered, if there is one.
        block_id: the block's key on it; empty where it isn't known, as on a page that
            shows another page's body.
        source: `source_of` the block's value.
    """
    until, placed = _pages.get(page_id, (0.0, []))
    if until > time.monotonic() and (
        found := _match(placed, page_id, block_id, source)
    ):
        return found
    placed = _read(page_id, source)
    if len(_pages) >= MOST:
        _pages.clear()
    _pages[page_id] = (time.monotonic() + conf.get("FORM_CACHE_SECONDS"), placed)
    return _match(placed, page_id, block_id, source)


def forget() -> None:
    """Makes this process ask anew, as after something was published."""
    _pages.clear()


def _match(
    placed: list[Placed], page_id: Any, block_id: str, source: str
) -> Placed | None:
    fitting = [one for one in placed if one.source == source]
    own = [one for one in fitting if one.page == page_id]
    exact = [one for one in own if one.block == block_id]
    if own:
        return (exact or own)[0]
    return fitting[0] if len({one.form for one in fitting}) == 1 else None


def _read(page_id: Any, source: str) -> list[Placed]:
    """The page's own, and the same on other pages, whose body this one may show."""
    rows = FormPlacement.objects.filter(page_id=page_id) | (
        FormPlacement.objects.filter(source=source)
    )
    fields = "page_id block_id site_id source form__digest form__body".split()
    return [Placed(*row) for row in rows.order_by("pk").values_list(*fields)]


def source_of(block: Any, value: Any) -> str:
    """Returns the SHA-256 of what the block stores, apart from ids and empty values.

    A new, empty option of a later version therefore changes nothing.
    """
    stored = _bare(block.get_prep_value(value))
    content = json.dumps(stored, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def _bare(stored: Any) -> Any:
    if isinstance(stored, dict):
        is_child = {"type", "value"} <= stored.keys()
        names = stored.keys() - {"id"} if is_child else stored.keys()
        bare = {name: _bare(stored[name]) for name in names}
        return {name: item for name, item in bare.items() if item}
    if isinstance(stored, (list, tuple)):
        return [_bare(item) for item in stored]
    return stored
