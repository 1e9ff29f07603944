"""What the demo's pages say, one package a language, both of the same shape.

A body is a list of ``(block type, value)``. A value may name an image, a page or a
document by its key; ``website.demo`` puts the row in its place.
"""

from types import ModuleType

from . import de, en

LANGUAGES: dict[str, ModuleType] = {"en": en, "de": de}
