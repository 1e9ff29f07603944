"""Scripts wait: a service's external script, or its code, inert until it is allowed.

A script of the type ``text/plain`` is data to every browser. Our script makes a live
one of it, which keeps its attributes, a nonce above all: under a strict policy, code
runs only with the page's own.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..offered import Offer, OfferedService
from . import services, signals

Attributes = dict[str, Any]

ALLOWED = frozenset(
    "async crossorigin defer fetchpriority id integrity nomodule nonce "
    "referrerpolicy type".split()
)
INERT = "text/plain"
# Data of the script's own: what begins with data-sc is ours.
_DATA = re.compile(r"data-(?!sc(-|$)|signals$|then$)[a-z0-9-]+")
# The end of a script, and what could hide it, where only strings may hold them.
_ENDS = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


def gated(
    key: str, offer: Offer | None, src: str = "", code: str = "", **attributes: Any
) -> SafeString:
    """Returns a script that waits for a service; nothing for one that isn't offered.

    Params:
        key: the service's identifier.
        offer: what the site offers.
        src: where the script is; `code` counts without it.
        attributes: those of a script element, such as ``nonce`` or ``data_id``.

    Raises:
        ValueError: an attribute that scripts don't have, or markup in place of code.
    """
    if code.lstrip().lower().startswith("<script"):
        raise ValueError("Give code without its script element, or use consent_part.")
    named = {_name(name): value for name, value in attributes.items()}
    service = services.offered(key, offer)
    if service is None or offer is None:
        return SafeString("")
    if service.necessary:
        return _script({"src": src} | named, "" if src else code)
    if service.signal:
        return _told(service, offer, src, code, named)
    return _waiting(key, src, code, named)


def _name(name: str) -> str:
    name = name.replace("_", "-")
    if name not in ALLOWED and not _DATA.fullmatch(name):
        raise ValueError(f"A script has no attribute {name}.")
    return name


def _waiting(key: str, src: str, code: str, named: Attributes) -> SafeString:
    rest = {name: value for name, value in named.items() if name != "type"}
    own = {"type": INERT, "data-sc": key, "data-sc-src": src}
    return _script(
        own | {"data-sc-type": named.get("type")} | rest, "" if src else code
    )


def _told(
    service: OfferedService, offer: Offer, src: str, code: str, named: Attributes
) -> SafeString:
    """Returns what tells the service what was decided, and then loads its script."""
    nonce = named.get("nonce")
    attributes = _shown({k: v for k, v in named.items() if k != "nonce"} | {"src": src})
    then = {"attributes": attributes, "code": "" if src else code}
    told = {
        "data-signals": signals.spelled(offer),
        "data-then": json.dumps(then),
        "nonce": nonce,
    }
    return _waiting(service.key, static(signals.SCRIPT), "", told)


def _script(attributes: Attributes, code: str) -> SafeString:
    shown = {k: True if v == "" else v for k, v in _shown(attributes).items()}
    return format_html("<script{}>{}</script>", flatatt(shown), escaped(code))


def _shown(attributes: Attributes) -> dict[str, str]:
    """Returns the attributes that are there, as they are written."""
    there = {k: v for k, v in attributes.items() if v not in (None, False, "")}
    return {name: "" if value is True else str(value) for name, value in there.items()}


def escaped(code: str) -> SafeString:
    """Returns code that can't end its element, whatever a string in it says."""
    return mark_safe(_ENDS.sub(r"\\x3C", code))  # noqa: S308
