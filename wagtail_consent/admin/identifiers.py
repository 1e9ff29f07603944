"""Identifiers stay: other programs ask by them, and old evidence names them."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm


class IdentifierForm(WagtailAdminModelForm):
    """Takes no other identifier once the row exists."""

    identifier = "identifier"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.identifier in self.fields:
            self.fields[self.identifier].disabled = True
