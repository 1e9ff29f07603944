"""Jobs that finish what lost tasks left: at any time, and twice at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from django.utils import timezone

from . import retention, seal

logger = logging.getLogger(__name__)

Job = Callable[[], int]

_jobs: dict[str, Job] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job did: how many rows it dealt with, or the error that stopped it."""

    name: str
    count: int = 0
    error: Exception | None = None


def register(name: str, job: Job) -> None:
    """Adds a job; it returns how many rows it dealt with."""
    _jobs[name] = job


def names() -> list[str]:
    return list(_jobs)


def run(only: Collection[str] | None = None) -> Iterator[Outcome]:
    """Runs the jobs, or those named; one that fails is logged and stops no other."""
    for name, job in _jobs.items():
        if not only or name in only:
            yield _run(name, job)


def run_all() -> list[Outcome]:
    return list(run())


def _run(name: str, job: Job) -> Outcome:
    try:
        return Outcome(name, job())
    except Exception as error:
        logger.exception("Maintenance job %s failed", name)
        return Outcome(name, error=error)


register("retention", lambda: sum(retention.run(timezone.now()).values()))
register("seal", seal.seal_pending)
