"""A small world to sign up in: a company, a purpose, a document and a form's notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import mail
from django.core.files.base import ContentFile
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Site

from tests import factories
from wagtail_consent import notices, suppression
from wagtail_consent.addresses import parse
from wagtail_consent.mailing import delivery
from wagtail_consent.mailing.models import Message
from wagtail_consent.models import (
    Controller,
    Notice,
    NoticeKind,
    Origin,
    Purpose,
    SuppressionReason,
)
from wagtail_consent.optin.confirmation import links
from wagtail_consent.optin.models import Confirmation, Submission
from wagtail_consent.optin.signup import reference
from wagtail_consent.optin.signup.reference import Reference

PDF = b"%PDF-1.4 " + bytes(range(256)) * 40
SUBMIT = "/consent/form/"


@dataclass
class World:
    controller: Controller
    purpose: Purpose
    document: Any
    site: Site
    form: Notice = None
    statement: Notice = None
    client: Client = field(default_factory=Client)

    def word(self, **changes: Any) -> str:
        values = {
            "form": self.form.digest,
            "controller": self.controller.pk,
            "site": self.site.pk,
            "block": "b1",
        }
        return reference.make(Reference(**values | changes))

    def typed(self, email: str = "ann@example.org", **values: Any) -> dict[str, Any]:
        return {"reference": self.word(), "email": email, **values}

    def post(self, email: str = "ann@example.org", **values: Any) -> Any:
        headers = values.pop("headers", {})
        return self.client.post(SUBMIT, self.typed(email, **values), headers=headers)

    def sign_up(
        self, email: str = "ann@example.org", *, tick: bool = True, **values: Any
    ) -> Submission:
        if tick:
            values["consent_newsletter"] = "on"
        assert self.post(email, **values).status_code == 303
        return Submission.objects.latest("pk")

    def confirmed(self, email: str = "ann@example.org", **values: Any) -> Submission:
        """Signs up, and presses the mailed button."""
        submission = self.sign_up(email, **values)
        deliver()
        response = self.client.post(links.path("confirm", submission.uuid))
        assert response.status_code == 303, response.content
        return Submission.objects.get(pk=submission.pk)

    def uses(self, **changes: Any) -> Notice:
        """Publishes a form that differs from the usual one."""
        definition = definition_of(self) | changes
        self.form = notices.make(NoticeKind.FORM, "en", definition)
        return self.form


def build() -> World:
    controller = factories.controller(name="Ann & Bob's Ltd")
    purpose = factories.purpose(controller=controller)
    document = get_document_model().objects.create(
        title="Old walls", file=ContentFile(PDF, name="guide.pdf")
    )
    site = Site.objects.get(is_default_site=True)
    world = World(controller, purpose, document, site)
    world.statement = notices.statement(factories.wording(purpose))
    world.uses()
    notices.forget()
    return world


def letter(kind: str, **changes: str) -> Notice:
    content = {
        "kind": kind,
        "subject": f"Subject of {kind}",
        "body": "<p>Hello, this is about “{title}”; {days} days.</p>",
        "button": "Go on",
        "closing": "<p>{company}</p>",
    }
    return notices.make(NoticeKind.MAIL, "en", content | changes)


def definition_of(world: World) -> dict[str, Any]:
    return deepcopy(
        {
            "version": 1,
            "language": "en",
            "heading": "The guide",
            "intro": "<p>Six pages.</p>",
            "fields": [
                question("email", "email", "E-mail address", required=True),
                question("name", "singleline", "Name"),
                question("words", "multiline", "What else?"),
            ],
            "boxes": [box(world)],
            "privacy": {"url": "/en/privacy/", "label": "Privacy policy"},
            "button": "Send me the guide",
            "promise": promise(world),
            "texts": {
                "sent": "<p>Look into your mailbox.</p>",
                "confirm": "<p>One click.</p>",
                "done": "<p>Here it is.</p>",
            },
            "controller": {"id": world.controller.pk, "name": world.controller.name},
            "letters": {
                "confirm": letter("optin.confirm").digest,
                "deliver": letter("optin.deliver").digest,
            },
        }
    )


def question(name: str, kind: str, label: str, **changes: Any) -> dict[str, Any]:
    blank = {"help": "", "required": False, "choices": [], "default": ""}
    return {"name": name, "type": kind, "label": label} | blank | changes


def box(world: World, **changes: Any) -> dict[str, Any]:
    usual = {
        "purpose": world.purpose.identifier,
        "notice": world.statement.digest,
        "html": world.statement.body,
        "coupled": False,
        "required": False,
        "double_opt_in": True,
        "minimum_age": None,
    }
    return usual | changes


def promise(world: World) -> dict[str, Any]:
    document = world.document
    return {"kind": "document", "id": document.pk, "title": document.title}


NO_PROMISE = {"kind": "none", "id": None, "title": ""}


def deliver() -> list[Any]:
    """Sends what is due, mails that this makes due too; returns what left."""
    before = len(mail.outbox)
    while delivery.send_due() or _is_due():
        pass
    return mail.outbox[before:]


def _is_due() -> bool:
    return Message.objects.filter(status="due").exists()


def link_in(message: Any, name: str) -> str:
    """Returns the path of a page of ours that a mail links."""
    start = reverse("wagtail_consent_optin:submit").replace("form/", "")
    pattern = rf"https?://[^/\s]+({re.escape(start)}{name}/[^\s\"<>]+)"
    return re.search(pattern, message.body)[1]


def content(response: Any) -> bytes:
    """Reads a file's answer to its end, which closes it."""
    return b"".join(response.streaming_content)


def photograph() -> dict[str, str]:
    """Returns all rows of this package's tables, to compare before and after."""
    labels = ("wagtail_consent", "wagtail_consent_mailing", "wagtail_consent_optin")
    return {
        model._meta.label: serialize("json", model._default_manager.order_by("pk"))
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = photograph()
    yield
    assert photograph() == before


def lead() -> Confirmation:
    return Confirmation.objects.latest("pk")


def withdrawn(world: World) -> None:
    submission = world.confirmed()
    world.client.post(links.path("withdraw", submission.uuid))


def suppressed(world: World) -> None:
    suppression.suppress(
        world.controller,
        parse("ann@example.org"),
        SuppressionReason.STAFF,
        Origin.STAFF,
    )
