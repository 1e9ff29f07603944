"""The services that a template names."""

from __future__ import annotations

import logging
from functools import lru_cache

from ..offered import Offer, OfferedService
from . import place

logger = logging.getLogger(__name__)


def offered(key: str, offer: Offer | None) -> OfferedService | None:
    """Returns a service that the site offers. Any other one fails closed, and is logged
    once a process."""
    found = (it for it in (offer.services if offer else ()) if it.key == key)
    service = next(found, None)
    if service is None:
        complain(key)
    else:
        place.use(service)
    return service


@lru_cache(maxsize=256)
def complain(key: str) -> None:
    logger.warning("A template waits for a service that isn't published: %s.", key)
