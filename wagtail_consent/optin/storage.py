"""Where promised files lie: out of the web server's reach.

For a document model of the site's own::

    file = models.FileField(upload_to="documents", storage=private_storage)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.storage import (
    FileSystemStorage,
    InvalidStorageError,
    Storage,
    storages,
)
from django.utils.functional import LazyObject

from wagtail_consent import conf


class PrivateStorage(FileSystemStorage):
    """A folder that no address leads to."""

    def url(self, name: str | None) -> NoReturn:
        raise NotImplementedError("Private files have no address.")


class _Configured(LazyObject):
    """The storage that the settings name, looked up when it is first needed."""

    def _setup(self) -> None:
        self._wrapped = _configured()


def private_storage() -> Storage:
    """Returns the storage for promised files, for a field's ``storage`` argument.

    It is ``STORAGES[WAGTAIL_CONSENT["PRIVATE_STORAGE"]]``, else a folder below
    ``WAGTAIL_CONSENT["PRIVATE_ROOT"]``, else below ``BASE_DIR / "consent_private"``.
    """
    return _Configured()


def _configured() -> Storage:
    try:
        return storages[conf.get("PRIVATE_STORAGE")]
    except InvalidStorageError:
        return PrivateStorage(location=conf.private_root() / "files")


def gives_away(storage: Any) -> bool:
    """Tells whether the web server would hand this storage's files to anybody.

    That is so for a folder inside MEDIA_ROOT, and for a bucket whose addresses are
    neither signed nor limited in time.
    """
    location = getattr(storage, "location", None)
    if isinstance(storage, FileSystemStorage):
        return _is_inside_media(location)
    return getattr(storage, "querystring_auth", True) is False


def _is_inside_media(location: str | Path) -> bool:
    if not settings.MEDIA_ROOT:
        return False
    return Path(location).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())
