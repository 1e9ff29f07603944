"""Makes what a site needs before its first form. Running it again changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Site

from ... import starters
from ...models import ConsentSettings, Controller, Purpose, Wording


class Command(BaseCommand):
    help = (
        "Creates the controller, purposes, and their texts in each language; what "
        "exists already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--company", required=True, help="Its full legal name.")
        add("--address", required=True, help="Its postal address.")
        add("--country", required=True, help="Two letters (ISO 3166), such as DE.")
        add("--email", required=True, help="Where people write to about their data.")
        add(
            "--purpose",
            action="append",
            dest="purposes",
            metavar="IDENTIFIER",
            help="Such as newsletter, which is the default. May be repeated.",
        )
        add(
            "--language",
            action="append",
            dest="languages",
            metavar="CODE",
            help="Such as en. May be repeated. Default: all locales of the site.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                made = list(self._made(options))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for line in made:
            self.stdout.write(line)
        if not made:
            self.stdout.write("Everything was there already.")

    def _made(self, options: dict[str, Any]) -> list[str]:
        locales, made = _locales(options["languages"])
        controller, is_new = _controller(options)
        made += [f"Controller: {controller}"] * is_new
        made += [
            f"Site: {site}, controller {controller}" for site in _answer(controller)
        ]
        start = starters.Start(controller, locales)
        for identifier in options["purposes"] or ["newsletter"]:
            purpose, is_new = _purpose(identifier, controller)
            start.purposes.append(purpose)
            made += [f"Purpose: {purpose.identifier}"] * is_new
            made += _wordings(purpose, locales)
        return made + starters.run(start)


def _locales(codes: list[str] | None) -> tuple[list[Locale], list[str]]:
    if not codes:
        return list(Locale.objects.all()), []
    found = [Locale.objects.get_or_create(language_code=_supported(it)) for it in codes]
    return [it for it, _is_new in found], [f"Locale: {it}" for it, new in found if new]


def _supported(code: str) -> str:
    try:
        return get_supported_content_language_variant(code)
    except LookupError as error:
        raise CommandError(
            f"{code} is not one of WAGTAIL_CONTENT_LANGUAGES, or LANGUAGES."
        ) from error


def _controller(options: dict[str, Any]) -> tuple[Controller, bool]:
    name = options["company"]
    if known := Controller.objects.filter(name=name).first():
        return known, False
    controller = Controller(
        name=name,
        address=options["address"],
        country=options["country"].upper(),
        email=options["email"],
    )
    return _saved(controller), True


def _answer(controller: Controller) -> list[Site]:
    """Lets the controller answer for the sites that have none."""
    settled = ConsentSettings.objects.exclude(controller=None).values("site")
    sites = list(Site.objects.exclude(pk__in=settled))
    for site in sites:
        ConsentSettings.objects.update_or_create(
            site=site, defaults={"controller": controller}
        )
    return sites


def _purpose(identifier: str, controller: Controller) -> tuple[Purpose, bool]:
    if known := Purpose.objects.filter(identifier=identifier).first():
        return known, False
    name = identifier.replace("-", " ").capitalize()
    purpose = Purpose(identifier=identifier, name=name, controller=controller)
    return _saved(purpose), True


def _wordings(purpose: Purpose, locales: list[Locale]) -> list[str]:
    present = set(purpose.wordings.values_list("locale", flat=True))
    missing = [locale for locale in locales if locale.pk not in present]
    for locale in missing:
        _publish_wording(purpose, locale)
    return [f"Wording: {purpose.identifier} ({it.language_code})" for it in missing]


def _publish_wording(purpose: Purpose, locale: Locale) -> None:
    with translation.override(locale.language_code):
        name = _("Newsletter") if purpose.identifier == "newsletter" else purpose.name
        statement = _(
            "<p>Yes, {company} may contact me by {channel}: %(name)s. I can withdraw "
            "this at any time.</p>"
        ) % {"name": name}
    sibling = purpose.wordings.first()
    wording = Wording(purpose=purpose, locale=locale, name=name, statement=statement)
    if sibling:
        wording.translation_key = sibling.translation_key
    wording.live = False
    _saved(wording).save_revision().publish()


def _saved(instance: models.Model) -> Any:
    instance.full_clean()
    instance.save()
    return instance
