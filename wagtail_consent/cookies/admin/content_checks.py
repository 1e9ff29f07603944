"""Editors learn of an embed that will never load, in the editor's checks panel and in
the userbar.

Both take their rules from the same userbar item. The rule rests on a check that axe
brings itself ("has an aria-label"), which our placeholder for unknown hosts never
passes, so no script is needed in the admin.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

RULE = "consent-unknown-embed"
# A list of these, and not of rules, chooses rules by what they are about.
TAG = "best-practice"


def add(request: HttpRequest, items: list[Any], page: Any) -> None:
    """A hook on the userbar: gives Wagtail's checker one more rule."""
    for item in items:
        if isinstance(item, ContentCheckerItem):
            _teach(item)


def _teach(item: ContentCheckerItem) -> None:
    """On the instance: a site's own subclass keeps what it set on its class."""
    item.axe_custom_rules = [*item.axe_custom_rules, _rule()]
    item.axe_messages = item.axe_messages | {RULE: _message()}
    if item.axe_run_only and not _is_of_tags(item.axe_run_only):
        item.axe_run_only = [*item.axe_run_only, RULE]


def _is_of_tags(chosen: Any) -> bool:
    return any(it == TAG or it.startswith(("wcag", "cat.")) for it in chosen)


def _rule() -> dict[str, Any]:
    return {
        "id": RULE,
        "impact": "serious",
        "selector": ".sc-embed[data-sc-unknown]",
        "tags": [TAG],
        "any": ["aria-label"],
        "enabled": True,
    }


def _message() -> dict[str, Any]:
    return {
        "error_name": _("Embed of an unknown company"),
        "help_text": _(
            "Visitors only get a link. It needs a third-party service with its host."
        ),
    }
