"""Which documents live forms promise: nobody gets those but by confirming."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from wagtail.documents import get_document_model

from wagtail_consent import compat, notices

from .. import storage
from ..models import FormPlacement

STAFF = ["add", "change", "delete", "choose"]


def promised(using: str | None = None) -> set[int]:
    """Returns the keys of the documents that placed forms promise now."""
    placed = FormPlacement.objects.using(using).exclude(form=None)
    digests = placed.values_list("form__digest", flat=True).distinct()
    return set(filter(None, map(_document_of, digests)))


def _document_of(digest: str) -> int | None:
    promise = notices.get(digest).content["promise"]
    return promise["id"] if promise["kind"] == "document" else None


def are_open() -> bool:
    """Tells whether documents lie where the web server gives them away."""
    if getattr(settings, "WAGTAILDOCS_SERVE_METHOD", None) == "direct":
        return True
    return storage.gives_away(get_document_model()._meta.get_field("file").storage)


def given_away(using: str) -> Iterator[Any]:
    """Yields promised documents that anybody can fetch without us."""
    if are_open():
        documents = get_document_model().objects.using(using)
        yield from documents.filter(pk__in=promised(using)).order_by("pk").iterator()


def is_withheld(document: Any, user: Any) -> bool:
    """Tells whether a document goes to confirmed visitors alone.

    Staff who work with documents still see it.
    """
    return document.pk in promised() and not _may_see(user, document)


def _may_see(user: Any, document: Any) -> bool:
    if not user or not user.is_authenticated:
        return False
    return _policy().user_has_any_permission_for_instance(user, STAFF, document)


def _policy() -> Any:
    """Wagtail's own, or the site's; it isn't known before all apps are ready."""
    if compat.WAGTAIL_8:
        from wagtail.permissions import policy_registry

        return policy_registry.get_by_type(get_document_model())
    from wagtail.documents.permissions import permission_policy

    return permission_policy
