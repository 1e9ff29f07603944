"""A visitor chooses: what was shown is found, decided, logged, and put into a note."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from wagtail.models import Site

from ..models import Source
from ..offered import Offer
from . import decide, log, shown
from .cookie import Cookie, signed
from .decide import Decision
from .log import Circumstances, Ticket
from .shown import Shown

logger = logging.getLogger(__name__)


class Stale(ValueError):
    """A consent to a banner that nobody kept: it could not be proven."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser sent, cleaned. See `decide` for the words.

    Attributes:
        adds: it names what is allowed and says nothing about the rest.
    """

    word: str
    services: Collection[str] = ()
    categories: Collection[str] = ()
    source: Source = Source.PLAIN
    page: str = ""
    revision: str = ""
    ticket: Ticket = log.NO_TICKET
    adds: bool = False


def choose(
    site: Site,
    offer: Offer,
    asked: Asked,
    before: Cookie | None,
    now: datetime,
    *,
    may_log: bool = True,
) -> Cookie:
    """Returns the note for the visitor's cookie.

    A choice takes effect whether or not it can be logged: a withdrawal waits for no
    database. The note then says so, and the script sends it once more.

    Args:
        before: what the browser's cookie says.
        may_log: no, when one network sends too many.

    Raises:
        Stale: consent to an unknown banner. Refusing needs no proof and always works.
    """
    banner = _shown(site, offer, asked)
    decision = _decided(asked, before, banner, offer)
    how = Circumstances(
        banner.revision, asked.source, asked.page, banner.revision.language, now
    )
    ticket = _logged(decision, how, asked.ticket) if may_log else None
    cookie = Cookie(
        banner.revision.material,
        int(now.timestamp()),
        decision.granted,
        decision.refused,
    )
    kept = asked.ticket if ticket is None else ticket
    return signed(cookie, kept.reference, kept.secret, ticket is not None)


def _shown(site: Site, offer: Offer, asked: Asked) -> Shown:
    if found := shown.find(site, offer, asked.revision):
        return found
    if asked.word == decide.NONE:
        return shown.current(offer)
    raise Stale(asked.revision)


def _decided(
    asked: Asked, before: Cookie | None, banner: Shown, offer: Offer
) -> Decision:
    ticked = decide.ticked(asked.services, asked.categories, offer)
    if asked.adds:
        return decide.add(before, ticked, banner.offered)
    if asked.source == Source.GPC:
        return decide.object_to(before, ticked, banner.offered)
    return decide.decide(asked.word, ticked, banner.offered)


def _logged(decision: Decision, how: Circumstances, ticket: Ticket) -> Ticket | None:
    try:
        with transaction.atomic():
            return log.record(decision, how, ticket)
    except DatabaseError:
        logger.exception("A choice could not be logged.")
        return None
