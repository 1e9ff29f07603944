"""How often one network may do something.

Threat: somebody floods a form. The network is remembered as a keyed digest, for as
long as the window lasts: an IPv4 address, or the /64 that one subscriber gets of IPv6.
"""

from __future__ import annotations

import logging
import time
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache

from . import keys

logger = logging.getLogger(__name__)


def allowed(scope: str, key: str, limit: int, seconds: int) -> bool:
    """Counts one attempt, and returns whether it is within the limit.

    It says yes when nobody can be told apart (no address is known, as behind a
    socket), and when the cache is down: a lead is worth more than the limit, and the
    limit on mails to one mailbox doesn't lie here.

    Args:
        scope: what is limited; each scope counts for itself.
        key: the visitor's IP address.
        limit: attempts in each window; 0 allows any number.
        seconds: how long a window lasts.
    """
    network = network_of(key)
    if not limit or not network:
        return True
    window = int(time.time()) // seconds
    counter = keys.digest("ratelimit", f"{scope} {network} {window}")
    try:
        return _count(f"wagtail_consent.{counter}", seconds) <= limit
    except Exception:
        logger.exception("The rate limit can't be counted: the cache failed.")
        return True


def network_of(address: str) -> str:
    """Returns the network that counts as one visitor; empty for no address."""
    try:
        parsed = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return f"{parsed.packed[:8].hex()}/64"


def _count(counter: str, seconds: int) -> int:
    if cache.add(counter, 1, seconds):
        return 1
    try:
        return cache.incr(counter)
    except ValueError:
        return 1
