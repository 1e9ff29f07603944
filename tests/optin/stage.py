"""A site on which a lead form can go live: company, privacy policy, wording, mails."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Locale, Site

from tests import factories
from tests.testapp.models import ArticlePage
from wagtail_consent.mailing import kinds
from wagtail_consent.mailing.models import Letter
from wagtail_consent.models import ConsentSettings, Controller, Purpose
from wagtail_consent.optin.models import LeadForm
from wagtail_consent.optin.publishing.place import page_model

STATEMENT = "<p>Yes, {company} may send me news by {channel}.</p>"


@dataclass
class Stage:
    """What a test starts from. ``home`` is the site's root page, in English."""

    site: Site
    home: Any
    controller: Controller
    purpose: Purpose
    privacy: Any
    made: list[Any] = field(default_factory=list)

    def article(self, *forms: dict[str, Any], publish: bool = True, **more: Any) -> Any:
        """Returns a page with these lead forms, published as an editor would."""
        body = [{"type": "lead_form", "value": value} for value in forms]
        return self.page(body, publish=publish, **more)

    def page(self, body: list[Any], *, publish: bool = True, **more: Any) -> Any:
        parent = more.pop("parent", self.home)
        page = ArticlePage(
            **{"title": "The guide", "live": False, "locale": parent.locale} | more
        )
        page.body = json.dumps(body)
        parent.add_child(instance=page)
        if publish:
            page.save_revision().publish()
            page.refresh_from_db()
        return page

    def form(self, **more: Any) -> dict[str, Any]:
        """Returns a form's raw value: a newsletter with one box."""
        box = {"purpose": self.purpose.pk, "condition": "subject"}
        return {"heading": "News by e-mail", "boxes": listed(box), **more}

    def guide(self, **more: Any) -> dict[str, Any]:
        """Returns a raw value that promises a document, with a free box."""
        promise = {"document": document().pk, "page": None}
        box = {"purpose": self.purpose.pk, "condition": ""}
        return self.form(promise=promise, boxes=listed(box)) | more


def listed(*values: Any) -> list[dict[str, Any]]:
    return [{"type": "item", "id": identifier(), "value": value} for value in values]


def questions(*pairs: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": kind, "id": identifier(), "value": value} for kind, value in pairs]


def identifier() -> str:
    return str(uuid.uuid4())


def document(title: str = "Guide to insulation") -> Any:
    file = ContentFile(b"%PDF-1.4 guide", name="guide.pdf")
    return get_document_model().objects.create(title=title, file=file)


def letters(language: str = "en", *names: str) -> None:
    locale = factories.locale(language)
    for name in names or ("optin.confirm", "optin.deliver"):
        kind = kinds.get(name)
        words = {key: str(value) for key, value in kind.defaults.items()}
        letter = Letter.objects.create(kind=name, locale=locale, live=False, **words)
        letter.save_revision().publish()


def wording(purpose: Purpose, language: str = "en", **more: Any) -> Any:
    values = {"statement": STATEMENT, "live": False} | more
    made = factories.wording(purpose, language, **values)
    made.save_revision().publish()
    return made


def home_page() -> tuple[Site, Any]:
    model = page_model()
    root = model.objects.filter(depth=1).first() or model.add_root(
        instance=model(title="Root", slug="root", locale=factories.locale())
    )
    Site.objects.all().delete()
    root.get_children().delete()
    root.refresh_from_db()
    home = ArticlePage(title="Home", slug="home", locale=factories.locale())
    root.add_child(instance=home)
    site = Site.objects.create(
        hostname="testserver", port=80, root_page=home, is_default_site=True
    )
    return site, home


def build() -> Stage:
    """Sets up the site in English."""
    site, home = home_page()
    controller = factories.controller(name="Ann & Sons Ltd")
    purpose = factories.purpose(controller=controller)
    wording(purpose)
    letters()
    privacy = ArticlePage(title="Privacy policy", slug="privacy", locale=home.locale)
    home.add_child(instance=privacy)
    ConsentSettings.objects.create(
        site=site, controller=controller, privacy_page=privacy
    )
    return Stage(site, home, controller, purpose, privacy)


def german(stage: Stage) -> Any:
    """Adds a German home page; wording and mails are still missing there."""
    locale = Locale.objects.get_or_create(language_code="de")[0]
    home = stage.home.copy_for_translation(locale)
    home.save_revision().publish()
    return home


def lead_form(
    value: dict[str, Any], *, publish: bool = True, language: str = "en"
) -> Any:
    """Returns a form that pages can share."""
    form = LeadForm(title="Shared", locale=factories.locale(language), live=False)
    form.form = json.dumps([{"type": "form", "id": identifier(), "value": value}])
    form.save()
    if publish:
        form.save_revision().publish()
        form.refresh_from_db()
    return form
