"""Problems as the errors that Wagtail's editor shows beside the fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    Block,
    ListBlock,
    StreamBlockValidationError,
    StructBlockValidationError,
)
from wagtail.blocks.list_block import ListBlockValidationError

Path = tuple[str | int, ...]


def as_error(block: Block, value: Any, found: Iterable[tuple[Path, str]]) -> Exception:
    """Returns the error whose parts stand at the fields that the paths lead to."""
    own: list[str] = []
    below: dict[Any, list[tuple[Path, str]]] = defaultdict(list)
    for path, message in found:
        below[path[0]].append((path[1:], message)) if path else own.append(message)
    if isinstance(block, BaseStructBlock):
        return StructBlockValidationError(_struct(block, value, below), own)
    if isinstance(block, BaseStreamBlock):
        return StreamBlockValidationError(_stream(value, below), own)
    if isinstance(block, ListBlock):
        return ListBlockValidationError(_list(block, value, below), own)
    return ValidationError(own)


def _struct(block: BaseStructBlock, value: Any, below: dict) -> dict[str, Exception]:
    return {
        name: as_error(block.child_blocks[name], value[name], found)
        for name, found in below.items()
    }


def _stream(value: Any, below: dict) -> dict[int, Exception]:
    return {
        index: as_error(value[index].block, value[index].value, found)
        for index, found in below.items()
    }


def _list(block: ListBlock, value: Any, below: dict) -> dict[int, Exception]:
    return {
        index: as_error(block.child_block, value[index], found)
        for index, found in below.items()
    }
