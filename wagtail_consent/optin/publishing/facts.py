"""What a form refers to, fetched at once. Needed on publish, never to render."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.documents import get_document_model

from wagtail_consent.mailing import letters
from wagtail_consent.models import Notice, Purpose, Wording

from .place import Place, page_model

CONFIRM, DELIVER = "optin.confirm", "optin.deliver"


@dataclass(frozen=True)
class Facts:
    value: Any
    place: Place | None = None

    @property
    def keys(self) -> list[Any]:
        return [box["purpose"] for box in self.value["boxes"]]

    @cached_property
    def purposes(self) -> dict[Any, Purpose]:
        chosen = [key for key in self.keys if key is not None]
        return Purpose.objects.select_related("controller").in_bulk(chosen)

    @cached_property
    def wordings(self) -> dict[Any, Wording]:
        """The published wordings in the form's language, by purpose."""
        published = Wording.objects.select_related("purpose", "locale").filter(
            purpose__in=self.purposes, locale=self.place.locale, live=True
        )
        return {wording.purpose_id: wording for wording in published}

    @cached_property
    def document(self) -> Any:
        key = self.value["promise"]["document"]
        return key and get_document_model().objects.filter(pk=key).first()

    @cached_property
    def page(self) -> Any:
        return _live(self.value["promise"]["page"])

    @cached_property
    def privacy_page(self) -> Any:
        """The form's own, else the site's; in the form's language if there is one."""
        chosen = _live(self.value["privacy_page"]) or self.place.privacy_page
        if chosen is None or not chosen.live:
            return None
        translated = chosen.get_translation_or_none(self.place.locale)
        return translated if translated and translated.live else chosen

    @property
    def kinds(self) -> list[str]:
        """The mails that the form will send."""
        promise = self.value["promise"]
        delivers = promise["document"] or promise["page"]
        return [CONFIRM, DELIVER] if delivers else [CONFIRM]

    def letter(self, kind: str) -> Notice | None:
        """The published text: of the first purpose that has its own, or of all."""
        return next(filter(None, self._letters(kind)), None)

    def _letters(self, kind: str) -> Iterator[Notice | None]:
        chosen = [self.purposes[key] for key in self.keys if key in self.purposes]
        for purpose in [*chosen, None]:
            yield letters.published(kind, purpose, self.place.language)


def _live(key: Any) -> Any:
    return key and page_model().objects.filter(pk=key, live=True).first()
