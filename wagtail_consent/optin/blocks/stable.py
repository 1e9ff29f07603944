from __future__ import annotations

from typing import Any


class StableBlock:
    """Mix into a `StructBlock`: migrations name the class, not its children.

    A site's migrations then don't change with every release of ours, and hold one
    line instead of all questions a form may ask.
    """

    canonical_module_path: str
    _constructor_kwargs: dict[str, Any]

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.canonical_module_path, [], self._constructor_kwargs

    def deconstruct_with_lookup(
        self, lookup: Any
    ) -> tuple[str, list[Any], dict[str, Any]]:
        return self.deconstruct()

    @classmethod
    def construct_from_lookup(cls, lookup: Any, *args: Any, **kwargs: Any) -> Any:
        return cls(**kwargs)
