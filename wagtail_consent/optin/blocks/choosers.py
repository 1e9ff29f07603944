"""Choosers whose value is a primary key, so that rendering a page costs no query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import escape
from wagtail.blocks import PageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class KeyChooser:
    """Mix into a `ChooserBlock`: the native value is the key, or None.

    What is no key, such as a list of keys in a fixture, counts as nothing chosen.
    """

    model_class: type[Model]

    def key(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        try:
            return self.model_class._meta.pk.to_python(getattr(value, "pk", value))
        except (TypeError, ValidationError):
            return None

    to_python = normalize = get_prep_value = value_from_form = key

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        return [self.key(value) for value in values]

    def extract_references(
        self, value: Any
    ) -> Iterator[tuple[type[Model], str, str, str]]:
        if value is not None:
            yield self.model_class, str(value), "", ""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Returns the title, for the comparison of two revisions."""
        chosen = self.model_class._default_manager.filter(pk=value).first()
        return escape(chosen or "")


class SnippetKeyBlock(KeyChooser, SnippetChooserBlock):
    pass


class DocumentKeyBlock(KeyChooser, DocumentChooserBlock):
    pass


class PageKeyBlock(KeyChooser, PageChooserBlock):
    pass
