"""Shared forms: the snippet that a page's block names."""

from __future__ import annotations

from typing import Any

from ..models import LeadForm


def live(value: Any) -> LeadForm | None:
    """Returns the published form that a block's value names."""
    published = LeadForm.objects.select_related("locale").filter(live=True)
    return published.filter(pk=value["form"]).first()


def form_of(lead_form: LeadForm) -> Any:
    """Returns the value of the form's one block, or None."""
    return next((child.value for child in lead_form.form), None)
