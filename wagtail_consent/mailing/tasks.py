"""The shells around `delivery` that a task backend runs. They carry a key, no more."""

from __future__ import annotations

import logging
from datetime import datetime

from django_tasks import task
from django_tasks.backends.base import BaseTaskBackend

from wagtail_consent.threads import ThreadBackend

from . import delivery

logger = logging.getLogger("wagtail_consent.mailing")

# Both packages' backend that runs a task where it is enqueued.
INLINE = {"django_tasks.backends.immediate", "django.tasks.backends.immediate"}


@task()
def deliver_message(pk: int) -> None:
    outcome = delivery.deliver(pk)
    if outcome.again_at:
        enqueue(pk, outcome.again_at)


def enqueue(pk: int, run_after: datetime | None = None) -> None:
    """Hands a message to the task backend. Whatever fails here, the row remains.

    Threat: an inline backend would let the visitor wait for the mail server, and
    the time of the answer would tell whether a mail was sent. So threads of our
    own take over from it.
    """
    try:
        _enqueue(pk, run_after)
    except Exception as error:
        logger.warning(
            "Message %s waits for consent_maintenance: its task can't be queued (%s)",
            pk,
            type(error).__name__,
        )


def _enqueue(pk: int, run_after: datetime | None) -> None:
    backend = deliver_message.get_backend()
    if runs_inline(backend):
        backend = ThreadBackend("consent", {})
    if run_after is None:
        backend.enqueue(deliver_message, [pk], {})
    elif backend.supports_defer:
        backend.enqueue(deliver_message.using(run_after=run_after), [pk], {})


def runs_inline(backend: BaseTaskBackend) -> bool:
    return any(base.__module__ in INLINE for base in type(backend).__mro__)
