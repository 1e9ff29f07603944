"""Images and documents."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from website.content import refs
from website.content.images import DOCUMENTS, IMAGES

from .rows import Rows

CONTENT = Path(__file__).resolve().parent.parent / "content"


def load_library() -> Rows:
    images = {refs.image(key): image(key, title) for key, title in IMAGES.items()}
    documents = {
        refs.document(key): document(key, title) for key, title in DOCUMENTS.items()
    }
    return images | documents


def image(key: str, title: str) -> int:
    return stored(get_image_model(), title, CONTENT / "images" / f"{key}.webp")


def document(key: str, title: str) -> int:
    return stored(get_document_model(), title, CONTENT / "guides" / f"{key}.pdf")


def stored(model: type, title: str, path: Path) -> int:
    """Returns the key of the row of that title; makes it from the file if need be."""
    row = model.objects.filter(title=title).first()
    if row is None:
        file = ContentFile(path.read_bytes(), name=path.name)
        row = model.objects.create(title=title, file=file)
    return row.pk
