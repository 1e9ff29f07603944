"""Where something is rendered: for which site and in which language.

Wagtail renders embeds in blocks and in rich text without a request. The hook that runs
before each page keeps it, in a context of its own for every thread and task.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Site

from .. import offer as offers
from ..offered import Offer, OfferedService

_serving: ContextVar[HttpRequest | None] = ContextVar("serving", default=None)
_MEMO = "_consent_offers"
_USED = "_consent_used"


def connect() -> None:
    request_started.connect(forget)
    request_finished.connect(forget)


def serving(page: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
    """A hook before a page is served: what has no request of its own finds it here."""
    _serving.set(request)


def forget(**kwargs: Any) -> None:
    """The next request of this thread is another site's, maybe."""
    _serving.set(None)


def site(request: HttpRequest | None = None) -> Site | None:
    """Returns the site of a request, of the page being served, or the default one."""
    request = request or _serving.get()
    if request is not None:
        return Site.find_for_request(request)
    return Site.objects.filter(is_default_site=True).first()


def offer(request: HttpRequest | None = None) -> Offer | None:
    """Returns what is offered here; None where there is no site.

    A page reads it once, however many embeds it has.
    """
    request = request or _serving.get()
    language = translation.get_language() or settings.LANGUAGE_CODE
    memo: dict[str, Offer | None] = getattr(request, _MEMO, {})
    if language not in memo:
        here = site(request)
        memo[language] = offers.current(here, language) if here else None
    if request is not None:
        setattr(request, _MEMO, memo)
    return memo[language]


def use(service: OfferedService) -> None:
    """Remembers that the page being served brings this service."""
    request = _serving.get()
    if request is not None:
        request.__dict__.setdefault(_USED, {})[service.key] = service


def used(request: HttpRequest) -> list[OfferedService]:
    """Returns the services that the page has brought so far, in its order."""
    return list(getattr(request, _USED, {}).values())
