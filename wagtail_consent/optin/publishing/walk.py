"""Where on a page its lead forms are, whatever they are nested in.

The block's own place is found by the identity of its value, because Wagtail 7.4 tells
a block's template nothing of the block's id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock
from wagtail.fields import StreamField

from ..blocks import LeadFormBlock, LeadFormSnippetBlock

OURS = (LeadFormBlock, LeadFormSnippetBlock)
LONGEST_KEY = 64
MARK = "_holds_lead_form"


class Found(NamedTuple):
    """``key`` is the block's id; for one nested in a structure, the nearest id and the
    names behind it."""

    key: str
    block: Block
    value: Any


def lead_forms(page: Any) -> Iterator[Found]:
    """Yields the page's lead forms; loads nothing but the blocks that hold one."""
    seen: set[str] = set()
    for name, block in stream_fields(type(page)):
        for path, found, value in _inside(block, getattr(page, name), (name,)):
            yield Found(_key(path, seen), found, value)


@lru_cache(maxsize=512)
def stream_fields(model: type) -> tuple[tuple[str, Block], ...]:
    """Returns the StreamFields of a model that can hold a lead form."""
    return tuple(
        (field.name, field.stream_block)
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and holds(field.stream_block)
    )


def holds(block: Block) -> bool:
    """Tells whether a lead form may lie in this block; asked once a block."""
    known = vars(block)
    if MARK not in known:
        known[MARK] = isinstance(block, OURS) or any(map(holds, _children(block)))
    return known[MARK]


def _children(block: Block) -> list[Block]:
    if isinstance(block, (BaseStreamBlock, BaseStructBlock)):
        return list(block.child_blocks.values())
    return [block.child_block] if isinstance(block, ListBlock) else []


Path = tuple[str, ...]


def _inside(block: Block, value: Any, path: Path) -> Iterator[tuple[Path, Block, Any]]:
    if isinstance(block, OURS):
        yield path, block, value
    elif isinstance(block, BaseStreamBlock):
        yield from _inside_stream(block, value, path)
    elif isinstance(block, BaseStructBlock):
        for name, child in block.child_blocks.items():
            if holds(child):
                yield from _inside(child, value.get(name), (*path, name))
    elif isinstance(block, ListBlock) and holds(block.child_block):
        for index, item in enumerate(value.bound_blocks):
            step = _step(item.id, path, index)
            yield from _inside(block.child_block, item.value, step)


def _inside_stream(block: Any, value: Any, path: Path) -> Iterator[Any]:
    for index, raw in enumerate(value.raw_data):
        child = block.child_blocks.get(raw["type"])
        if child is not None and holds(child):
            item = value[index]
            yield from _inside(child, item.value, _step(item.id, path, index))


def _step(id: str | None, path: Path, index: int) -> Path:
    """An id is unique by itself; what lies above it says nothing more."""
    return (id,) if id else (*path, str(index))


def _key(path: Path, seen: set[str]) -> str:
    key = ".".join(path)
    while key in seen:
        key += "~"
    seen.add(key)
    if len(key) <= LONGEST_KEY:
        return key
    return hashlib.sha256(key.encode()).hexdigest()
