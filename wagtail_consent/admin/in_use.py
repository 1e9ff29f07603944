"""What evidence rests on can't be deleted: the admin says so, before it is tried."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import PROTECT, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

# Rooms' labels start alike: what rests on their rows is refused, too.
PACKAGE = "wagtail_consent"


def refuse(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Answers instead of the delete view, if one of the instances is in use."""
    ours = [it for it in instances if it._meta.app_label.startswith(PACKAGE)]
    used = next((it for it in ours if is_in_use(it)), None)
    if not used:
        return None
    said = _(
        "“%(name)s” is in use: evidence, wordings, services or contacts rest on it."
    )
    messages.error(request, said % {"name": used})
    return redirect(type(used).snippet_viewset.get_url_name("list"))


def is_in_use(instance: Model) -> bool:
    """Tells whether a protected row points here, by the first one that is found."""
    return any(
        relation.related_model._base_manager.filter(
            **{relation.field.name: instance}
        ).exists()
        for relation in instance._meta.get_fields(include_hidden=True)
        if getattr(relation, "on_delete", None) is PROTECT and relation.auto_created
    )
