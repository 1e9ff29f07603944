"""Puts services of the catalogue on a site, and brings them up to date.

What editors changed is theirs: an update leaves it alone.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Locale

from wagtail_consent.models import Controller, Processor, Role, Safeguard

from ..models import Service, ServiceText, StoredItem
from . import facts, start
from .entries import Entry


class Standing(Enum):
    """How an entry stands on this site."""

    ABSENT = "absent"
    CURRENT = "current"
    OUTDATED = "outdated"
    EDITED = "edited"


class NoCompany(LookupError):
    """A service of the site's own needs a controller, and there is none."""

    message = _("Please add a controller first: this service is your own.")


def standing(entry: Entry, service: Service | None) -> Standing:
    if service is None:
        return Standing.ABSENT
    if _is_edited(service):
        return Standing.EDITED
    newest = facts.digest(facts.of_entry(entry, Locale.objects.all()))
    return Standing.CURRENT if newest == service.catalogue else Standing.OUTDATED


def _is_edited(service: Service) -> bool:
    """Tells whether it isn't what the catalogue said back then; a draft counts, too."""
    drafted = service.has_unpublished_changes
    latest = service.get_latest_revision_as_object() if drafted else service
    return service.catalogue != facts.digest(facts.of_service(latest))


@transaction.atomic
def add(entry: Entry, user: Any = None, publish: bool = True) -> Service:
    """Makes the service, with its category and company if they aren't there.

    Params:
        publish: whether visitors are offered it at once. It stays a draft all the same
            if its host has yet to be named, or its text to be translated.

    Raises:
        NoCompany: it is the site's own, and nobody answers for the site.
    """
    service = Service(key=entry.key, provider=_company(entry), live=False)
    _fill(service, entry)
    service.full_clean()
    service.save()
    log(instance=service, action="wagtail.create", user=user)
    revision = service.save_revision(user=user)
    if publish and not entry.needs_a_host and facts.is_spoken(entry):
        revision.publish(user=user)
    return Service.objects.get(pk=service.pk)


@transaction.atomic
def update(entry: Entry, service: Service, user: Any = None) -> bool:
    """Brings a service up to date; returns False and does nothing if it was edited.

    One that is switched off stays off.
    """
    if standing(entry, service) is not Standing.OUTDATED:
        return False
    was_live = service.live
    _fill(service, entry)
    service.full_clean()
    service.save()
    revision = service.save_revision(user=user)
    if was_live:
        revision.publish(user=user)
    return True


def _fill(service: Service, entry: Entry) -> None:
    locales = Locale.objects.in_bulk(field_name="language_code")
    said = facts.of_entry(entry, locales.values())
    service.name = entry.name
    service.category = start.category(entry.category)
    service.hosts = "\n".join(entry.hosts)
    service.signal = entry.signal
    service.texts = [
        ServiceText(locale=locales[code], purpose=text)
        for code, text in said["texts"].items()
    ]
    service.stored = [StoredItem(**fields) for fields in said["stored"]]
    service.catalogue = facts.digest(said)


def _company(entry: Entry) -> Processor:
    """What is known of a company already isn't touched."""
    if entry.company is None:
        return _own_company()
    values = {
        "country": entry.company.country,
        "privacy_url": entry.company.privacy_url,
        "safeguard": entry.company.safeguard,
    }
    name = entry.company.name
    return Processor.objects.get_or_create(name=name, defaults=values)[0]


def _own_company() -> Processor:
    controller = Controller.objects.order_by("pk").first()
    if controller is None:
        raise NoCompany
    values = {
        "address": controller.address,
        "country": controller.country,
        "contact": controller.email,
        "role": Role.CONTROLLER,
        "safeguard": Safeguard.UNKNOWN,
    }
    return Processor.objects.get_or_create(name=controller.name, defaults=values)[0]
