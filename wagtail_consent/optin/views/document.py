from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from wagtail_consent import visitors

from ..delivery import documents
from ..signup import gate
from .base import refused


def refuse_promised(document: Any, request: HttpRequest) -> HttpResponseBase | None:
    """Keeps Wagtail's own serve view from handing out what a form promises.

    Threat: its address can be guessed, or read in a page that links the document.
    """
    if documents.is_withheld(document, getattr(request, "user", None)):
        return visitors.private(refused(request, gate.WITHHELD))
    return None
