from __future__ import annotations

from typing import Any

from wagtail.blocks import StructBlock


class FormBlock(StructBlock):
    """A block that shows the form which was published for it.

    Migrations name the class, not its children: a site's migrations then don't change
    with every release of ours, and hold one line instead of all questions there are.
    """

    def render_basic(self, value: Any, context: Any = None) -> str:
        from ..signup import rendering

        return rendering.block(self, value, context or {})

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict:
        from ..signup import rendering

        return {**(parent_context or {}), "sample": rendering.sample()}

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.canonical_module_path, [], self._constructor_kwargs

    def deconstruct_with_lookup(self, lookup: Any) -> tuple[str, list, dict]:
        return self.deconstruct()

    @classmethod
    def construct_from_lookup(cls, lookup: Any, *args: Any, **kwargs: Any) -> Any:
        return cls(**kwargs)
