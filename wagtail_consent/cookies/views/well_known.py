"""``/.well-known/gpc.json``: says that a site hears Global Privacy Control.

For the host site's own URLs, at the root: ``path(".well-known/gpc.json", gpc)``.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from ..models import CookieSettings


@require_safe
def gpc(request: HttpRequest) -> JsonResponse:
    """Answers for the site that is asked (GPC specification, 4)."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    response = JsonResponse({"gpc": CookieSettings.for_site(site).respect_gpc})
    response["Cache-Control"] = "public, max-age=3600"
    return response
