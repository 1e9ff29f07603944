"""Live pages whose forms no placement covers: they went live without our signal.

Fixtures, imports and a plain ``save()`` do that. Found by looking, not by a receiver,
because a draft's autosave saves, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.blocks import BaseStreamBlock, Block
from wagtail.models import get_page_models

from ..models import FormPlacement
from . import placement, walk


def live_pages() -> Iterator[Any]:
    """Yields every live page with a lead form, in constant memory."""
    for model in get_page_models():
        if fields := walk.stream_fields(model):
            yield from _holding(model, fields).iterator(chunk_size=200)


def unplaced(page: Any) -> list[walk.Found]:
    """Returns the page's forms that stand closed because nobody published them."""
    rows = FormPlacement.objects.filter(page_id=page.pk)
    known = set(rows.values_list("block_id", "source"))
    return [
        found
        for found in walk.lead_forms(page)
        if (found.key, placement.source_of(found.block, found.value)) not in known
    ]


def pages() -> Iterator[Any]:
    return (page for page in live_pages() if unplaced(page))


def _holding(model: Any, fields: tuple[tuple[str, Block], ...]) -> QuerySet:
    """The stored JSON names a block's type: other pages aren't even loaded."""
    pages = model.objects.filter(live=True).exact_type(model).order_by("pk")
    wanted = Q()
    for name, block in fields:
        text = f"_text_of_{name}"
        pages = pages.annotate(**{text: Cast(name, TextField())})
        for kind in _names(block):
            wanted |= Q(**{f"{text}__contains": f'"{kind}"'})
    return pages.filter(wanted)


def _names(block: Block) -> set[str]:
    """Returns the types below a stream that hold a lead form."""
    if isinstance(block, BaseStreamBlock):
        children = block.child_blocks.items()
        return {name for name, child in children if walk.holds(child)}
    return set()
