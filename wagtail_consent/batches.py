"""How much is asked at once: more, the faster the answers are read.

A database answers a hundred thousand addresses in one look over its table, several
times as fast as in small portions. But who sends a mail to each takes hours for as
many, and a permission may end meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from time import monotonic
from typing import TypeVar

LEAST, GROWTH = 2_000, 8
FRESH = 10.0  # Seconds that an answer counts; after them, it is asked for again.

Item = TypeVar("Item")


def allowed(
    source: Iterator[Item], ask: Callable[[list[Item]], list[int]], most: int
) -> Iterator[Item]:
    """Yields the items that are allowed, in their order, by answers that are fresh.

    Args:
        ask: returns the positions of a batch's allowed items.
        most: items in a batch that are read quickly.
    """
    size, rest = LEAST, []
    while batch := rest[:size] or list(islice(source, size)):
        answers, until = ask(batch), monotonic() + FRESH
        read = len(batch)
        for position in answers:
            yield batch[position]
            if monotonic() > until:
                read = position + 1
                break
        rest = batch[read:] + rest[size:]
        size = max(LEAST, min(GROWTH * size, most) if read == len(batch) else read)
