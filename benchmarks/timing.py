"""Two things that alternate, so that whatever else the machine does hits both."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter

Call = Callable[[], object]


def medians(pairs: Iterable[tuple[Call, Call]], warm_up: int) -> tuple[float, float]:
    """Returns the median seconds of the first and of the second of each pair.

    Args:
        pairs: what is called; which of the two comes first alternates.
        warm_up: pairs at the start that don't count.
    """
    first, second = [], []
    for number, (one, other) in enumerate(pairs):
        order = [(one, first), (other, second)]
        for call, times in order if number % 2 else reversed(order):
            times.append(seconds(call))
    return median(first[warm_up:]), median(second[warm_up:])


def seconds(call: Call) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def peak_mb() -> float:
    """Returns the most memory (RSS) that this process ever held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
