"""Lead forms as HTML: the same bytes for every visitor, so they are kept in memory.

Nothing here looks at the visitor: no cookie, no session, no token. What differs is
the form, the place it stands, and the host's settings.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from crispy_forms.templatetags.crispy_forms_tags import CrispyFormNode
from django.db.models import Model
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Locale

from wagtail_consent import conf, keys, notices
from wagtail_consent.models import Notice, NoticeKind

from ..blocks import LeadFormSnippetBlock
from ..publishing import definition, editing, place, placement, problems, walk
from ..publishing import shared as shared_forms
from ..publishing.placement import Placed
from . import forms, reference
from .reference import Reference

FORM = "wagtail_consent/optin/form.html"
CLOSED = "wagtail_consent/optin/closed.html"


def block(block: Any, value: Any, context: Any) -> SafeString:
    """Returns what a page shows for a block: its form, or that it is closed."""
    page = _page(context)
    request = context.get("request")
    if getattr(request, "is_preview", False):
        return preview(block, value, page, context.get("object"))
    source = placement.source_of(block, value)
    placed = placement.current(getattr(page, "pk", None), _key(page, value), source)
    if placed is None or placed.body is None:
        return render_to_string(CLOSED, {})
    return shown(placed)


def _page(context: Any) -> Any:
    """A block that a template prints without its context is told of no page."""
    page = context.get("page")
    return page if isinstance(page, Model) else editing.served_page()


def _key(page: Any, value: Any) -> str:
    if page is None:
        return ""
    found = (one.key for one in walk.lead_forms(page) if one.value is value)
    return next(found, "")


def shown(placed: Placed) -> SafeString:
    """Returns a placed form; it is made once, and again when a setting changes."""
    action = reverse("wagtail_consent_optin:submit")
    return _shown(placed, conf.get("TEMPLATE_PACK"), keys.newest().id, action)


@lru_cache(maxsize=512)
def _shown(placed: Placed, pack: str, key: str, action: str) -> SafeString:
    shape = json.loads(placed.body or "")
    signed = Reference(
        form=placed.form or "",
        controller=shape["controller"]["id"],
        site=placed.site,
        page=placed.page,
        block=placed.block,
    )
    return form(forms.build(shape)(reference=reference.make(signed)))


def form(form: forms.VisitorForm) -> SafeString:
    """Returns a form's fragment, in its own language, with what is wrong in it."""
    with translation.override(form.definition["language"]):
        context = {"form": form, "definition": form.definition, "fields": crispy(form)}
        return render_to_string(FORM, context)


def crispy(form: forms.VisitorForm) -> SafeString:
    """Returns the bare form, as the host's template pack renders it."""
    helper = form.helper
    node = CrispyFormNode("form", "helper", template_pack=helper.template_pack)
    return mark_safe(node.render(Context({"form": form, "helper": helper})))  # noqa: S308


def preview(block: Any, value: Any, page: Any, lead_form: Any) -> SafeString:
    """Returns a draft as visitors would see it, and what keeps it from going live.

    Its reference says that it is a preview: what is sent from it is not kept.
    """
    where = _surroundings(page, lead_form)
    found = _draft_problems(block, value, where)
    if isinstance(block, LeadFormSnippetBlock):
        chosen = shared_forms.live(value)
        value = chosen and shared_forms.form_of(chosen)
        where = where.speaking(chosen.locale) if chosen else where
    drafted = _draft(value, where) if value else ""
    context = {"problems": found, "form": drafted}
    return render_to_string("wagtail_consent/optin/preview.html", context)


def _surroundings(page: Any, lead_form: Any) -> place.Place:
    if page is not None:
        return place.of(page)
    locale = getattr(lead_form, "locale", None) or Locale.get_active()
    return place.of_default_site(locale)


def _draft_problems(block: Any, value: Any, where: place.Place) -> list[str]:
    is_shared = isinstance(block, LeadFormSnippetBlock)
    rules = problems.shared_problems if is_shared else problems.problems
    return list(dict.fromkeys(problem.message for problem in rules(value, where)))


def _draft(value: Any, where: place.Place) -> SafeString:
    built = definition.build(value, where)
    body = notices.canonical(built)
    signed = Reference(
        form=Notice.digest_of(NoticeKind.FORM, built["language"], body),
        controller=built["controller"]["id"] or 0,
        preview=True,
    )
    return form(forms.build(built)(reference=reference.make(signed)))


def sample() -> SafeString:
    """Returns a form as an example, for the block picker."""
    language = translation.get_language() or "en"
    statement = _(
        "Yes, Example Ltd may write to me by e-mail about new guides. I can withdraw "
        "this at any time."
    )
    box = {"purpose": "sample", "html": statement, "required": False}
    email = {"name": "email", "type": "email", "label": _("E-mail address")}
    blank = {"help": "", "required": True, "choices": [], "default": ""}
    shape = {
        "language": language,
        "heading": _("The guide, in return for your address"),
        "intro": _("Twelve pages. We send you a link."),
        "fields": [blank | email],
        "boxes": [box],
        "privacy": {"url": "#", "label": _("Privacy policy")},
        "button": _("Send me the guide"),
    }
    return form(forms.build(shape)(reference="sample"))
