"""What visitors' forms listen to: whatever is published places them anew."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from wagtail_consent.mailing import letters
from wagtail_consent.mailing.models import Letter
from wagtail_consent.models import ConsentSettings, Purpose
from wagtail_consent.signals import wording_changed

from ..models import FormPlacement, LeadForm
from . import editing, publish, walk
from .place import page_model


def connect() -> None:
    editing.connect()
    page_published.connect(place_page)
    post_page_move.connect(place_moved)
    page_slug_changed.connect(place_linked)
    page_unpublished.connect(place_linked)
    published.connect(place_form, sender=LeadForm)
    unpublished.connect(place_form, sender=LeadForm)
    published.connect(place_letter, sender=Letter)
    unpublished.connect(place_letter, sender=Letter)
    wording_changed.connect(place_purpose)
    post_save.connect(place_alias)
    post_save.connect(place_site, sender=ConsentSettings)
    post_delete.connect(forget_page)


def place_page(instance: Any, **kwargs: Any) -> None:
    if walk.stream_fields(type(instance.specific)):
        publish.place(instance)
    if _is_privacy_page(instance):
        place_everything()
    else:
        place_closed()


def place_alias(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Wagtail creates a live alias without saying that it was published."""
    if not created or raw or not getattr(instance, "alias_of_id", None):
        return
    if instance.live and walk.stream_fields(type(instance)):
        transaction.on_commit(lambda: publish.place(instance))


def place_moved(instance: Any, **kwargs: Any) -> None:
    """It may stand on another company's site now."""
    below = instance.get_descendants(inclusive=True).values_list("pk", flat=True)
    publish.place_pages(_placed().filter(page_id__in=list(below)))


def place_linked(instance: Any, **kwargs: Any) -> None:
    if _is_privacy_page(instance):
        place_everything()


def place_form(instance: LeadForm, **kwargs: Any) -> None:
    publish.place_form(instance)


def place_purpose(purpose: Purpose, **kwargs: Any) -> None:
    """A wording, or the company, channel or age that stands in it, has changed."""
    publish.place_purpose(purpose)
    place_closed()


def place_letter(instance: Letter, **kwargs: Any) -> None:
    """A form names the mails that it sends, so that the proof can show them."""
    if instance.live:
        letters.store(instance)
    place_everything()


def place_site(instance: ConsentSettings, **kwargs: Any) -> None:
    publish.place_pages(_placed().filter(site_id=instance.site_id))


def place_everything(**kwargs: Any) -> None:
    publish.place_pages(_placed())


def place_closed() -> None:
    """What was missing may be there now."""
    publish.place_pages(_placed().exclude(problem=""))


def forget_page(sender: type, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, page_model()):
        FormPlacement.objects.filter(page_id=instance.pk).delete()


def _placed() -> Any:
    return FormPlacement.objects.values_list("page_id", flat=True)


def _is_privacy_page(page: Any) -> bool:
    chosen = ConsentSettings.objects.exclude(privacy_page=None)
    keys = chosen.values("privacy_page__translation_key")
    return page_model().objects.filter(pk=page.pk, translation_key__in=keys).exists()
