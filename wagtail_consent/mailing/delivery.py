"""Sending what is due.

A mail leaves at least once. It leaves twice only if a worker dies between the
server's acceptance and our commit; both times under the same Message-ID.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from wagtail_consent import addresses

from . import allowance, backoff, kinds, lease, render, transport
from .models import Message, MessageStatus

logger = logging.getLogger("wagtail_consent.mailing")

PAGE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to.

    ``again_at``: the message is due again then. ``unreachable``: there was no mail
    server, so that other messages needn't try either.
    """

    sent: bool = False
    again_at: datetime | None = None
    unreachable: bool = False


NOTHING = Outcome()


def deliver(pk: int) -> Outcome:
    """Sends a message if it is due and in nobody's hand."""
    held = lease.take(pk)
    if held is None:
        return NOTHING
    try:
        mail = compose(held.message)
        return _send(held, mail) if mail else _cancel(held.message)
    except transport.Permanent as refusal:
        return _refuse(held.message, str(refusal))
    except transport.NotSent as delay:
        unreachable = isinstance(delay, transport.Unreachable)
        return _postpone(held.message, str(delay), unreachable=unreachable)


def send_due() -> int:
    """Sends all that is due, whoever lost it; returns how many were sent.

    Stops when there is no mail server: what it didn't come to is still due.
    """
    sent = 0
    for pk in _due():
        outcome = deliver(pk)
        sent += outcome.sent
        if outcome.unreachable:
            break
    return sent


def compose(message: Message) -> transport.Mail | None:
    """Returns the mail as it leaves now, or None: it is no longer due.

    Raises:
        Temporary: something of ours failed; logged.
    """
    try:
        context = kinds.get(message.kind).context(message)
        return None if context is None else _mail(message, context)
    except Exception as error:
        raise _our_fault(message, error) from None


def _mail(message: Message, context: kinds.Context) -> transport.Mail:
    rendered = render.render(
        message.notice.content,
        context,
        controller=message.controller,
        language=message.language,
        site_url=message.site_url,
    )
    return transport.Mail(
        recipient=message.recipient,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        message_id=message.message_id,
    )


def _send(held: lease.Held, mail: transport.Mail) -> Outcome:
    message = held.message
    with transport.connection() as connection:
        if not _may_leave(held):
            return _wait_for_allowance(message)
        if not lease.renew(message):
            return NOTHING
        connection.send(mail)
        # Before the goodbye, so that little time lies between both commits.
        lease.settle(
            message, status=MessageStatus.SENT, sent_at=timezone.now(), error=""
        )
    _tell(message)
    return Outcome(sent=True)


def _may_leave(held: lease.Held) -> bool:
    """A mail that was held up counts in the day in which it leaves."""
    message = held.message
    late = timezone.now() - message.created_at > allowance.LATE
    if not message.capped or not (late or held.interrupted):
        return True
    return allowance.take(message.controller, _mailbox(message))


def _mailbox(message: Message) -> addresses.Address:
    return addresses.Address(message.recipient, addresses.identity(message.recipient))


def _wait_for_allowance(message: Message) -> Outcome:
    again_at = allowance.next_at(message.controller, _mailbox(message))
    lease.settle(message, due_at=again_at, error="waits for the mailbox's next day")
    return Outcome(again_at=again_at)


def _cancel(message: Message) -> Outcome:
    lease.settle(message, status=MessageStatus.CANCELLED, recipient="", digest="")
    return NOTHING


def _refuse(message: Message, reason: str) -> Outcome:
    lease.settle(message, status=MessageStatus.REFUSED, error=reason)
    logger.warning("Message %s was refused: %s", message.uuid, reason)
    return NOTHING


def _postpone(message: Message, reason: str, *, unreachable: bool) -> Outcome:
    now = timezone.now()
    if backoff.gives_up(message.attempts, now - message.created_at):
        lease.settle(message, status=MessageStatus.ABANDONED, error=reason)
        logger.error("Message %s was given up: %s", message.uuid, reason)
        return Outcome(unreachable=unreachable)
    again_at = now + backoff.next_attempt(message.attempts)
    lease.settle(message, due_at=again_at, error=reason)
    logger.info("Message %s is tried again: %s", message.uuid, reason)
    return Outcome(again_at=again_at, unreachable=unreachable)


def _our_fault(message: Message, error: Exception) -> transport.Temporary:
    """Logs where, never what: the text of an exception may hold personal data."""
    name = type(error).__name__
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("Message %s can't be written: %s\n%s", message.uuid, name, where)
    return transport.Temporary(f"this site: {name}")


def _tell(message: Message) -> None:
    """The mail has left, whatever the room makes of it."""
    try:
        if sent := kinds.get(message.kind).sent:
            sent(message)
    except Exception as error:
        _our_fault(message, error)


def _due() -> Iterator[int]:
    """Keys in pages, each row once, however long it takes."""
    last = 0
    while page := list(_due_after(last)):
        yield from page
        last = page[-1]


def _due_after(last: int) -> Any:
    now = timezone.now()
    due = Message.objects.filter(
        status=MessageStatus.DUE, due_at__lte=now, pk__gt=last
    ).exclude(leased_until__gt=now)
    return due.order_by("pk").values_list("pk", flat=True)[:PAGE]
