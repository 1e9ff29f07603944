"""Whose is a URL: the site's own, a declared service's, or nobody's?

Threat: an editor's or a provider's markup may write an address so that we read one
host and the browser connects to another. So it is read as browsers do (WHATWG URL
Standard, sections 4.4 and 3.5); what can't be read surely is nobody's, and what is
nobody's never loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

import idna

from ..offered import Offer, OfferedService


class Whose(Enum):
    """Who answers for a URL when no declared service does."""

    OWN = "own"
    NOBODY = "nobody"


Owner = OfferedService | Whose

_PORTS = {"http": "80", "ws": "80", "https": "443", "wss": "443"}
# What browsers drop around and inside an address.
_AROUND = "".join(map(chr, range(0x21)))
_INSIDE = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^\[\]:@]+)(?::(?P<port>\d*))?")
# Addresses that carry their content themselves: nothing is fetched.
_HARMLESS = re.compile(r"about:(blank|srcdoc)$|data:(image|font)/", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z0-9_.-]+")


def service_for(url: str, offer: Offer) -> OfferedService | None:
    """Returns the declared service that a URL belongs to; None if there is none."""
    found = owner(url, offer)
    return found if isinstance(found, OfferedService) else None


def owner(url: str, offer: Offer) -> Owner:
    """Returns whose a URL is, as it stands in a page of the offer's site.

    The site's own host is no third party's, whoever declares it, too.
    """
    host = host_of(url)
    if host is None:
        return Whose.NOBODY
    if not host or host == host_of(offer.site):
        return Whose.OWN
    return next(_declaring(host, offer), Whose.NOBODY)


def _declaring(host: str, offer: Offer) -> Iterator[OfferedService]:
    """Yields exact declarations before those by a wildcard."""
    for wild in (False, True):
        for service in offer.services:
            such = (it for it in service.hosts if it.startswith("*.") == wild)
            if any(covers(pattern, host) for pattern in such):
                yield service


def covers(pattern: str, host: str) -> bool:
    """Tells whether a declaration covers a host.

    ``*.example.com`` stands for its sub-domains, not for itself, as in a Content
    Security Policy; a host without a port stands for the usual ones.
    """
    declared = declaration(pattern)
    if declared is None or not declared.startswith("*."):
        return declared == host
    return host.endswith(declared[1:]) and len(host) > len(declared[1:])


@lru_cache(maxsize=1024)
def declaration(pattern: str) -> str | None:
    """Returns a declared host in one spelling; None if it would cover too much.

    A star stands for sub-domains of at least two labels: ``*.com`` covers nothing.
    """
    pattern = pattern.strip()
    wild = pattern.startswith("*.")
    host = host_of(f"https://{pattern.removeprefix('*.')}")
    if not host or "/" in pattern or (wild and "." not in host):
        return None
    return f"*.{host}" if wild else host


@lru_cache(maxsize=1024)
def host_of(url: str) -> str | None:
    """Returns the host that a browser connects to for a URL, with an unusual port.

    Returns:
        str: ``www.example.com`` or ``www.example.com:8443``, in Punycode; nothing for
            an address on the site itself, or one that fetches nothing.
        None: it can't be told.
    """
    url = url.strip(_AROUND).translate(_INSIDE)
    if _HARMLESS.match(url):
        return ""
    scheme = _SCHEME.match(url)
    if scheme is None:
        return _named(url, "https") if url.startswith("//") else ""
    rest = url[scheme.end() :]
    # Without slashes, it depends on the page's own scheme what this is.
    return _named(rest, scheme[1].lower()) if rest.startswith("//") else None


def _named(rest: str, scheme: str) -> str | None:
    if scheme not in _PORTS:
        return None
    authority = re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0]
    parts = _AUTHORITY.fullmatch(authority.rpartition("@")[2].lower())
    host = parts and spelled(parts["host"])
    if not host:
        return None
    port = parts["port"]
    return host if not port or port == _PORTS[scheme] else f"{host}:{int(port)}"


def spelled(host: str) -> str | None:
    """Returns a host in the spelling that goes over the wire (UTS 46, Punycode)."""
    host = host.lower().removesuffix(".")
    if host.startswith("[") or _PLAIN.fullmatch(host):
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return None


def is_web(url: str) -> bool:
    """Tells whether a link may be offered: to a page on the web, and nothing else."""
    return bool(host_of(url)) and url.lower().startswith(("https://", "http://"))
