"""When to try again, and when to give up. Pure.

RFC 5321 section 4.5.4.1: a retry follows, and giving up takes four to five days.
The first attempts come sooner, because somebody waits for this mail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import SystemRandom

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
# However late the first attempt was: no mail is given up before this many.
LEAST_ATTEMPTS = 8
JITTER = 0.25


_random = SystemRandom().random


def next_attempt(attempts: int, random: Callable[[], float] = _random) -> timedelta:
    """Returns how long to wait after so many attempts.

    It doubles, and is spread by a quarter to either side, so that what failed
    together doesn't come back together.
    """
    doubled = FIRST * 2 ** min(max(attempts - 1, 0), 16)
    return min(doubled, LONGEST) * (1 - JITTER + 2 * JITTER * random())


def gives_up(attempts: int, age: timedelta) -> bool:
    return age > GIVE_UP_AFTER and attempts >= LEAST_ATTEMPTS
