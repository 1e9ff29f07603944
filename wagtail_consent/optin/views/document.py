from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from .. import documents
from .base import PRIVATE, page


def refuse_promised(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Keeps Wagtail's own serve view from handing out what a form promises.

    Threat: its address can be guessed, or read in a page that links the document.
    """
    if not documents.is_withheld(document, getattr(request, "user", None)):
        return None
    response = page(request, "refused", {"state": "withheld"}, 403)
    for name, value in PRIVATE.items():
        response[name] = value
    return response
