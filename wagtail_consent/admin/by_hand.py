"""Editing what has no drafts: whatever is saved counts at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.snippets.views.snippets import EditView


class SavedByHandView(EditView):
    """Saves when somebody presses Save, and never by itself.

    Wagtail saves what has revisions while it is typed. Without a draft to go to, half a
    company's name would stand beside every consent box.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False
