"""Cookies on an answer, several of one name too: each domain and path has its own."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import Morsel
from typing import Any

from django.http import HttpResponseBase

from ..choice import cookie as note
from ..choice import ours
from ..choice.cookie import Cookie
from ..choice.removal import Removal, domains
from ..offered import Offer


def keep(
    response: HttpResponseBase, cookie: Cookie, offer: Offer, host: str, is_https: bool
) -> None:
    """Sets the visitor's note, and takes away what an earlier cookie domain left."""
    domain = ours.home(offer, host)
    others = [it for it in ["", *domains(host)] if it != domain]
    drop(response, [Removal(note.NAME, it, "/") for it in others], is_https)
    morsel = _morsel(note.NAME, note.format(cookie), domain, "/", is_https)
    morsel["max-age"] = offer.days * note.DAY
    morsel["samesite"] = "Lax"
    response.cookies[note.NAME] = morsel


def drop(
    response: HttpResponseBase, removals: Iterable[Removal], is_https: bool
) -> None:
    """Deletes cookies. Also those that no script sees: `HttpOnly` is no hindrance."""
    for it in removals:
        morsel = _morsel(it.name, "", it.domain, it.path, is_https)
        morsel["max-age"] = 0
        response.cookies[f"{it.name};{it.domain};{it.path}"] = morsel


def _morsel(
    name: str, value: str, domain: str, path: str, is_https: bool
) -> Morsel[str]:
    morsel: Morsel[str] = Morsel()
    morsel.set(name, value, value)
    about: dict[str, Any] = {"path": path, "domain": domain, "secure": is_https}
    for key, setting in about.items():
        if setting:
            morsel[key] = setting
    return morsel
