"""What is being edited or served, for blocks, which are told nothing of their page.

Wagtail validates and renders a block without its page. Hooks that Wagtail calls first,
in the same request, leave word here; the end of the request forgets it, so that
nothing reaches the next one in this thread. Where no hook was called, as in a script,
nothing is at hand: a form that breaks a rule is then closed on publish.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.core.signals import request_finished, request_started
from wagtail.models import Locale

from . import place
from .place import Place

_edited: ContextVar[Callable[[], Place] | None] = ContextVar("edited", default=None)
_served: ContextVar[Any] = ContextVar("served", default=None)


def place_at_hand() -> Place | None:
    """Returns where the form that is being validated will stand, if that's known."""
    find = _edited.get()
    return find() if find else None


def served_page() -> Any:
    """Returns the page that answers this request, if one does."""
    return _served.get()


def before_edit_page(request: Any, page: Any) -> None:
    _edited.set(lambda: place.of(page))


def before_create_page(request: Any, parent: Any, page_class: type) -> None:
    locale = _chosen_locale(request) if parent.is_root() else None
    _edited.set(lambda: place.of_site(parent.get_site(), locale or parent.locale))


def before_edit_snippet(request: Any, instance: Any) -> None:
    if locale := getattr(instance, "locale", None):
        _edited.set(lambda: place.of_default_site(locale))


def before_create_snippet(request: Any, model: type) -> None:
    locale = _chosen_locale(request) or Locale.get_default()
    _edited.set(lambda: place.of_default_site(locale))


def before_serve_page(page: Any, request: Any, args: Any, kwargs: Any) -> None:
    _served.set(page)


def _chosen_locale(request: Any) -> Locale | None:
    code = request.GET.get("locale") or request.POST.get("locale")
    return Locale.objects.filter(language_code=code).first()


def forget(**kwargs: Any) -> None:
    _edited.set(None)
    _served.set(None)


def connect() -> None:
    request_started.connect(forget, dispatch_uid="wagtail_consent_optin.forget")
    request_finished.connect(forget, dispatch_uid="wagtail_consent_optin.forgotten")
