from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .letters import all_letters, find_letter

# The mail's own page: no script, nothing loaded from elsewhere, links open on top.
PAPER = (
    '<!doctype html><meta charset="utf-8"><base target="_top">'
    '<meta name="viewport" content="width=device-width">'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, "mailbox/inbox.html", {"letters": all_letters()})


@never_cache
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    found = find_letter(name)
    if found is None:
        raise Http404
    return render(
        request,
        "mailbox/letter.html",
        {"letter": found, "paper": PAPER + found.html if found.html else ""},
    )
