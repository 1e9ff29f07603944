"""What is due: the only writer of new messages.

The row is written in the caller's transaction, with the event that made it due:
either both are there or neither is. Sending begins after the commit.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wagtail_consent import addresses, keys
from wagtail_consent.insert import insert
from wagtail_consent.models import Controller, Notice

from . import allowance, tasks, transport
from .models import Message, MessageStatus

FAILED = (MessageStatus.REFUSED, MessageStatus.ABANDONED)


def queue(
    kind: str,
    *,
    controller: Controller,
    notice: Notice,
    subject_id: uuid.UUID,
    recipient: str,
    language: str,
    site_url: str,
    mailbox: addresses.Address | None = None,
) -> Message | None:
    """Makes a mail due, as part of the caller's transaction.

    Args:
        kind: name of a registered kind.
        notice: the published letter, see `letters.published`.
        subject_id: what the kind's `context` will be asked about.
        recipient: the address as it was typed (`Address.delivery`).
        site_url: scheme and host that links are made with.
        mailbox: given for mails that anybody can cause: its allowance is asked
            first, and again whenever the mail is late.

    Returns:
        The message, or None when the mailbox has had its share.
    """
    if mailbox and not allowance.take(controller, mailbox):
        return None
    row = uuid.uuid4()
    message = Message(
        uuid=row,
        kind=kind,
        controller=controller,
        notice=notice,
        subject_id=subject_id,
        recipient=recipient,
        digest=keys.digest("address", addresses.identity(recipient)),
        capped=mailbox is not None,
        language=language,
        site_url=site_url,
        message_id=transport.message_id(row),
        due_at=timezone.now(),
    )
    insert(message)
    transaction.on_commit(partial(tasks.enqueue, message.pk))
    return message


def cancel(kind: str, subject_id: uuid.UUID) -> int:
    """Ends what is still due, even in a worker's hand; returns how many.

    Nobody needs the address of a mail that won't leave: it is emptied.
    """
    due = Message.objects.filter(
        kind=kind, subject_id=subject_id, status=MessageStatus.DUE
    )
    return due.update(
        status=MessageStatus.CANCELLED, recipient="", digest="", lease=None
    )


def forget(messages: QuerySet[Message]) -> int:
    """Empties the addresses of messages and ends those that are due; returns how
    many were emptied."""
    rows = Message.objects.filter(pk__in=list(messages.values_list("pk", flat=True)))
    rows.filter(status=MessageStatus.DUE).update(
        status=MessageStatus.CANCELLED, lease=None
    )
    return rows.update(recipient="", digest="")


def forget_subject(subject_id: uuid.UUID) -> int:
    """Ends and empties all mails about what is gone, such as a deleted form."""
    return forget(Message.objects.filter(subject_id=subject_id))


def retry(messages: QuerySet[Message], now: datetime | None = None) -> int:
    """Makes refused and given-up messages due again; returns how many."""
    again = messages.filter(status__in=FAILED).exclude(recipient="")
    chosen = list(again.values_list("pk", flat=True))
    now = now or timezone.now()
    count = again.filter(pk__in=chosen).update(
        status=MessageStatus.DUE, due_at=now, attempts=0, error=""
    )
    for pk in chosen:
        transaction.on_commit(partial(tasks.enqueue, pk))
    return count
