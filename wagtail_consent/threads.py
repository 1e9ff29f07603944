"""A task backend of a few threads: nobody waits for a mail server.

It keeps nothing: what a killed process leaves undone is state in the database, which
`consent_maintenance` finishes.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import close_old_connections, connections, transaction
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import (
    Task,
    TaskContext,
    TaskError,
    TaskResult,
    TaskResultStatus,
)
from django_tasks.signals import task_enqueued, task_finished, task_started
from django_tasks.utils import (
    get_exception_traceback,
    get_module_path,
    get_random_id,
    normalize_json,
)

WORKERS = 2
EXIT_SECONDS = 10
IDLE_SECONDS = 30

Job = Callable[[], None]


class Pool:
    """Daemon threads that are started when there is work and end when there is none."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._threads = self._idle = self._unfinished = 0

    def add(self, job: Job) -> None:
        with self._changed:
            self._jobs.append(job)
            self._unfinished += 1
            if self._idle < len(self._jobs) and self._threads < self.limit:
                self._threads += 1
                threading.Thread(target=self._work, daemon=True).start()
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Returns whether all work was done within that time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._unfinished, seconds)

    def _work(self) -> None:
        while job := self._next():
            try:
                job()
            finally:
                self._tick_off()

    def _next(self) -> Job | None:
        with self._changed:
            self._idle += 1
            self._changed.wait_for(lambda: self._jobs, IDLE_SECONDS)
            self._idle -= 1
            if self._jobs:
                return self._jobs.popleft()
            self._threads -= 1
            return None

    def _tick_off(self) -> None:
        with self._changed:
            self._unfinished -= 1
            self._changed.notify_all()


# The task package makes a backend for each thread; they share one pool an alias.
_pools: dict[str, Pool] = {}
_making = threading.Lock()


def pool(alias: str, limit: int = WORKERS) -> Pool:
    with _making:
        return _pools.setdefault(alias, Pool(limit))


@atexit.register
def _finish() -> None:
    """The interpreter's exit waits a bounded time for what was begun or is queued."""
    end = time.monotonic() + EXIT_SECONDS
    for each in list(_pools.values()):
        each.wait(max(0, end - time.monotonic()))


def _forget() -> None:
    """A forked process has none of its parent's threads; the parent does its work."""
    global _making
    _making = threading.Lock()
    _pools.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


class ThreadBackend(BaseTaskBackend):
    """Runs tasks in this process, in threads, once the transaction has committed.

    ``OPTIONS``: ``WORKERS``, how many threads at most (2).
    """

    supports_async_task = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self.worker_id = get_random_id()
        self.pool = pool(alias, self.options.get("WORKERS", WORKERS))

    def enqueue(
        self, task: Task, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> TaskResult:
        self.validate_task(task)
        result: TaskResult = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        task_enqueued.send(type(self), task_result=result)
        transaction.on_commit(partial(self.pool.add, partial(self._run, result)))
        return result

    def _run(self, result: TaskResult) -> None:
        close_old_connections()
        try:
            self._start(result)
            value = normalize_json(_call(result))
        except BaseException as error:
            _fail(result, error)
            task_finished.send(type(self), task_result=result)
        else:
            _note(result, status=TaskResultStatus.SUCCESSFUL, _return_value=value)
            task_finished.send(type(self), task_result=result)
        finally:
            connections.close_all()

    def _start(self, result: TaskResult) -> None:
        now = timezone.now()
        running = TaskResultStatus.RUNNING
        _note(result, status=running, started_at=now, last_attempted_at=now)
        result.worker_ids.append(self.worker_id)
        task_started.send(type(self), task_result=result)


def _call(result: TaskResult) -> Any:
    context = [TaskContext(task_result=result)] if result.task.takes_context else []
    return result.task.call(*context, *result.args, **result.kwargs)


def _fail(result: TaskResult, error: BaseException) -> None:
    result.errors.append(
        TaskError(
            exception_class_path=get_module_path(type(error)),
            traceback=get_exception_traceback(error),
        )
    )
    _note(result, status=TaskResultStatus.FAILED)


def _note(result: TaskResult, **facts: Any) -> None:
    """Results are frozen for everybody but the backend."""
    if facts["status"] != TaskResultStatus.RUNNING:
        facts["finished_at"] = timezone.now()
    for name, value in facts.items():
        object.__setattr__(result, name, value)
