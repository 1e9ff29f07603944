"""Which cookies go when a service is refused, and where they may lie.

Threat: an editor declares `sessionid`, `*` or a third party's short name, and every
withdrawal logs people out, or deletes what another company set. So a cookie goes only
if a refused service declares its name for *this* site, no service that stays declares
it too, and it isn't one that the site itself lives by.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from ..offered import Offer, OfferedItem
from . import cookie

COOKIE = "cookie"
# Wagtail's and Django's whose names no setting holds.
OWN = frozenset({cookie.NAME, "messages", "wagtail_sidebar_collapsed"})
# Proxies give an answer's headers four kilobytes; a removal takes some seventy bytes.
MOST = 40
# What a header can say without quoting (RFC 6265, 4.1.1).
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_WRITABLE = re.compile(r"[!-+\--:<-~]+")


@dataclass(frozen=True, slots=True)
class Removal:
    """One cookie to delete. No domain: the one that only this host gets."""

    name: str
    domain: str
    path: str


def removals(
    offer: Offer,
    refused: Collection[str],
    carried: Iterable[str],
    own: Collection[str],
    host: str,
    paths: Iterable[str],
) -> list[Removal]:
    """Returns what to delete, the likeliest places first.

    Args:
        refused: keys of services.
        carried: names of the cookies that the request brought.
        own: the site's own cookies, beside those that are always kept.
        host: the host that was asked, without a port.
        paths: addresses below which a cookie may lie, such as the page's.
    """
    names = doomed(offer, refused, carried, own, host)
    found = (
        Removal(name, domain, path)
        for path in _folders(paths)
        for domain in ["", *domains(host)]
        for name in names
    )
    return [removal for removal, _number in zip(found, range(MOST), strict=False)]


def doomed(
    offer: Offer,
    refused: Collection[str],
    carried: Iterable[str],
    own: Collection[str],
    host: str,
) -> list[str]:
    """Returns the names of the cookies that go."""
    goes = list(_declared(offer, host, set(refused), of_refused=True))
    stays = list(_declared(offer, host, set(refused), of_refused=False))
    return [
        name
        for name in dict.fromkeys(carried)
        if _NAME.fullmatch(name)
        and name not in OWN
        and name not in own
        and _matches(name, goes)
        and not _matches(name, stays)
    ]


def _declared(
    offer: Offer, host: str, refused: set[str], of_refused: bool
) -> Iterator[str]:
    for service in offer.services:
        is_refused = service.key in refused and not service.necessary
        if is_refused == of_refused:
            yield from (it.name for it in service.stored if _is_here(it, host))


def _is_here(item: OfferedItem, host: str) -> bool:
    domain = item.domain.lower().lstrip(".")
    is_own = not domain or host == domain or host.endswith(f".{domain}")
    return item.kind == COOKIE and is_own


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(
        name == pattern
        or (pattern[-1:] == "*" and len(pattern) > 1 and name.startswith(pattern[:-1]))
        for pattern in patterns
    )


def domains(host: str) -> list[str]:
    """Returns the domains for which a page of this host may set cookies.

    Browsers themselves refuse those that many owners share, such as `co.uk`.
    """
    labels = host.lower().strip(".").split(".")
    if _is_address(host):
        return []
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host.strip("[]")))
    except ValueError:
        return False


def _folders(paths: Iterable[str]) -> list[str]:
    """Returns every path that a cookie seen at these addresses may have."""
    found = {"/": None}
    for path in paths:
        parts = path.strip("/").split("/")
        for end in range(1, len(parts) + 1):
            folder = "/" + "/".join(parts[:end])
            found |= dict.fromkeys([folder, f"{folder}/"]) if parts[0] else {}
    return [path for path in found if _WRITABLE.fullmatch(path)]
