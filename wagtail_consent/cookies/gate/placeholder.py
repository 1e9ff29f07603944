"""What stands where something waits: a title, what loads from whom, a plain link."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..offered import OfferedService
from . import hosts

TEMPLATE = "wagtail_consent/cookies/embed.html"


def rendered(
    title: str, url: str, service: OfferedService | None, html: SafeString | None
) -> SafeString:
    """Returns the placeholder, with what waits inside it, inert.

    Params:
        title: what it is called; empty: the host's name.
        url: where it can be seen instead. A link may lead anywhere on the web, and
            nowhere else.
        service: whose it is; None: nobody's, so it never loads.
        html: what loads once the service is allowed.
    """
    host = hosts.host_of(url) or ""
    link = url if hosts.is_web(url) else ""
    context = {"title": title or host, "host": host, "link": link}
    return render_to_string(TEMPLATE, context | {"service": service, "html": html})
