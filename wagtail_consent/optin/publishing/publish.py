"""A page or a form is published: its lead forms are placed, or stay closed.

The only writer of `FormPlacement` and of a form's notices. Never called by a save:
drafts are saved twice a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_consent import notices
from wagtail_consent.models import NoticeKind, Purpose

from ..blocks import LeadFormSnippetBlock
from ..models import FormPlacement, LeadForm
from . import definition, placement, shared, walk
from .facts import Facts
from .place import Place, of, page_model
from .problems import Problem, problems


def place(page: Any) -> list[FormPlacement]:
    """Places every lead form of a live page, and forgets those that are gone.

    Returns the placements; one with a ``problem`` is closed.
    """
    page = page.specific
    surroundings = of(page)
    with transaction.atomic():
        placed = [_place(page, surroundings, found) for found in walk.lead_forms(page)]
        keys = [one.block_id for one in placed]
        gone = FormPlacement.objects.filter(page_id=page.pk).exclude(block_id__in=keys)
        gone.delete()
    transaction.on_commit(placement.forget)
    return placed


def place_form(lead_form: LeadForm) -> None:
    """Places a shared form anew on every page that shows it."""
    place_pages(
        FormPlacement.objects.filter(lead_form=lead_form).values_list(
            "page_id", flat=True
        )
    )


def place_purpose(purpose: Purpose) -> None:
    """Places anew whatever asks for a purpose, since its wording has changed."""
    asking = FormPlacement.objects.filter(purposes=purpose)
    place_pages(asking.values_list("page_id", flat=True))


def place_pages(ids: Iterable[Any]) -> list[FormPlacement]:
    pages = page_model().objects.filter(pk__in=set(ids), live=True)
    return [placed for page in pages.specific() for placed in place(page)]


def _place(page: Any, surroundings: Place, found: walk.Found) -> FormPlacement:
    lead_form = None
    value = found.value
    if isinstance(found.block, LeadFormSnippetBlock):
        lead_form = shared.live(found.value)
        value = lead_form and shared.form_of(lead_form)
        surroundings = surroundings.speaking(getattr(lead_form, "locale", page.locale))
    placed, _created = FormPlacement.objects.update_or_create(
        page_id=page.pk,
        block_id=found.key,
        defaults={
            "page_title": page.title,
            "site_id": getattr(surroundings.site, "pk", None),
            "source": placement.source_of(found.block, found.value),
            "lead_form": lead_form,
            **_shown(value, surroundings),
        },
    )
    placed.purposes.set(Facts(value).purposes if value else [])
    return placed


def _shown(value: Any, surroundings: Place) -> dict[str, Any]:
    """Returns the form that visitors will see, or why there is none."""
    if value is None:
        return _closed(_("The shared form is not published, or no longer exists."))
    if found := problems(value, surroundings):
        return _closed(described(found))
    built = definition.build(value, surroundings)
    _keep_statements(built)
    form = notices.make(NoticeKind.FORM, built["language"], built)
    return {"form": form, "problem": "", "notify": "\n".join(value["notify"])}


def _closed(problem: str) -> dict[str, Any]:
    return {"form": None, "problem": problem, "notify": ""}


def described(found: list[Problem]) -> str:
    return "\n".join(dict.fromkeys(str(problem.message) for problem in found))


def _keep_statements(built: dict[str, Any]) -> None:
    for box in built["boxes"]:
        notices.make(NoticeKind.STATEMENT, built["language"], box["html"])
