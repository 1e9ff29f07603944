"""What a visitor was shown: the form that the posted reference names, as it was then.

A form's notice never changes, so this process reads and builds each only once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms as django_forms

from wagtail_consent import notices
from wagtail_consent.models import Notice, NoticeKind

from . import forms

Definition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    notice: Notice
    definition: Definition
    form: type[django_forms.Form]


@lru_cache(maxsize=256)
def get(digest: str) -> Shown:
    """Returns the form with this SHA-256.

    Raises:
        Notice.DoesNotExist: no such form was ever published here.
    """
    notice = notices.get(digest)
    if notice.kind != NoticeKind.FORM:
        raise Notice.DoesNotExist
    definition = notice.content
    return Shown(notice, definition, forms.build(definition))


def exists(digest: str) -> bool:
    """A draft's form was never published: a preview names one that isn't kept."""
    return Notice.objects.filter(digest=digest).exists()
