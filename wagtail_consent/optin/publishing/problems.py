"""Why a form can't go live: every rule, each with the field it concerns.

One home for the editor's errors, for publishing past the editor, and for the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from wagtail_consent.mailing import kinds
from wagtail_consent.models import LawfulBasis
from wagtail_consent.models.purpose import PLACEHOLDERS

from ..blocks.boxes import BoxCondition
from . import shared
from .facts import Facts
from .place import Place


class Problem(NamedTuple):
    """``path`` leads to the field: names and indexes; empty: the form as a whole."""

    path: tuple[str | int, ...]
    message: str


def problems(value: Any, place: Place | None = None) -> list[Problem]:
    """Returns what stands in the way of publishing, in the order of the form.

    Args:
        value: a lead form's value.
        place: where it will stand; None: only what needs no place is looked at.
    """
    facts = Facts(value, place)
    found = [*_questions(value), *_boxes(facts), *_promise(facts)]
    if place is not None:
        found += [*_surroundings(facts), *_wordings(facts), *_letters(facts)]
    return found


def _questions(value: Any) -> Iterator[Problem]:
    for index, field in enumerate(value["fields"]):
        if "choices" in field.value and not lines(field.value["choices"]):
            path = ("fields", index, "choices")
            yield Problem(path, _("Write the answers to choose from, one a line."))
        if not field.value["label"]:
            yield Problem(("fields", index, "label"), _("Write the question."))


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _boxes(facts: Facts) -> Iterator[Problem]:
    for index, key in enumerate(facts.keys):
        if message := _box(facts, index, key):
            yield Problem(("boxes", index, "purpose"), message)
    if not facts.keys and len(facts.kinds) == 1:
        message = _("Add a purpose that people sign up for, or promise them something.")
        yield Problem(("boxes",), message)


def _box(facts: Facts, index: int, key: Any) -> str | None:
    purpose = facts.purposes.get(key)
    if purpose is None:
        return _("Each box asks for one purpose, and only one. Choose it.")
    if key in facts.keys[:index]:
        return _("Another box asks for this purpose already.")
    if purpose.lawful_basis != LawfulBasis.CONSENT:
        return _("This purpose doesn't rest on consent, so no box can ask for it.")
    return None


def _promise(facts: Facts) -> Iterator[Problem]:
    promise = facts.value["promise"]
    if promise["document"] and promise["page"]:
        message = _("Promise a document or a page, not both.")
        yield Problem(("promise", "page"), message)
    if promise["document"] and facts.document is None:
        message = _("This document no longer exists. Choose another one.")
        yield Problem(("promise", "document"), message)
    if promise["page"] and facts.page is None:
        message = _("This page is not published. Publish it first.")
        yield Problem(("promise", "page"), message)
    yield from _conditions(facts, promises=len(facts.kinds) > 1)


def _conditions(facts: Facts, promises: bool) -> Iterator[Problem]:
    for index, box in enumerate(facts.value["boxes"]):
        path = ("boxes", index, "condition")
        if box["condition"] == BoxCondition.COUPLED and not promises:
            yield Problem(path, _("Nothing is promised in return."))
        if box["condition"] == BoxCondition.SUBJECT and promises:
            message = _(
                "Something is promised. If the box must be ticked for it, choose "
                "“content in return for consent”, so that visitors are told."
            )
            yield Problem(path, message)


def _surroundings(facts: Facts) -> Iterator[Problem]:
    place = facts.place
    if place.site is None:
        yield Problem((), _("This page belongs to no site."))
    elif place.controller is None:
        message = _(
            "No company answers for this site: choose one in Settings, Consent."
        )
        yield Problem((), message)
    if facts.privacy_page is None:
        message = _(
            "There is no published privacy policy: choose a page here, or for the "
            "whole site in Settings, Consent."
        )
        yield Problem(("privacy_page",), message)


def _wordings(facts: Facts) -> Iterator[Problem]:
    for index, key in enumerate(facts.keys):
        purpose = facts.purposes.get(key)
        if purpose and (message := _wording(facts, purpose)):
            yield Problem(("boxes", index, "purpose"), message)


def _wording(facts: Facts, purpose: Any) -> str | None:
    controller = facts.place.controller
    if controller and purpose.controller_id != controller.pk:
        names = {"other": purpose.controller, "company": controller}
        return _("It belongs to %(other)s, but %(company)s answers here.") % names
    wording = facts.wordings.get(purpose.pk)
    if wording is None:
        language = facts.place.locale.get_display_name()
        return _("It has no published wording in %(language)s.") % {
            "language": language
        }
    missing = [name for name in PLACEHOLDERS if name not in wording.statement]
    if missing:
        return _("Its wording doesn't name %(names)s.") % {"names": ", ".join(missing)}
    return None


def _letters(facts: Facts) -> Iterator[Problem]:
    if missing := [kind for kind in facts.kinds if facts.letter(kind) is None]:
        message = _("No mail text is published in %(language)s for: %(kinds)s.") % {
            "language": facts.place.locale.get_display_name(),
            "kinds": ", ".join(kind_label(kind) for kind in missing),
        }
        path = ("boxes", 0, "purpose") if facts.keys else ("promise",)
        yield Problem(path, message)


def kind_label(kind: str) -> str:
    return str(kinds.get(kind).label)


def shared_problems(value: Any, place: Place | None = None) -> list[Problem]:
    """Returns what keeps a shared form from standing on this page."""
    lead_form = shared.live(value)
    if lead_form is None:
        message = _("The shared form is not published, or no longer exists.")
        return [Problem(("form",), message)]
    own = place and place.speaking(lead_form.locale)
    return problems(shared.form_of(lead_form), own)
