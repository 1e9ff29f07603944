"""What may be wrong or missing in the settings for this room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core import checks
from django.db import connections
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.documents import get_document_model

from wagtail_consent import conf

from .delivery import documents
from .models import FormPlacement

PLACE = (
    'Give your document model `file = models.FileField(upload_to="documents", '
    "storage=private_storage)`, from wagtail_consent.optin.storage."
)


def register() -> None:
    checks.register(base_template)
    checks.register(sendfile)
    checks.register(open_documents, checks.Tags.security)
    checks.register(promised_documents, checks.Tags.database)


def base_template(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    name = conf.get("BASE_TEMPLATE")
    try:
        get_template(name)
    except TemplateDoesNotExist:
        yield checks.Error(
            f"WAGTAIL_CONSENT['BASE_TEMPLATE'] names {name}, which doesn't exist.",
            hint="Visitors' pages extend it; it needs the blocks title and content.",
            id="wagtail_consent_optin.E001",
        )


def sendfile(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    header = conf.get("SENDFILE_HEADER")
    needs_prefix = header.lower() == "x-accel-redirect"
    if needs_prefix and not conf.get("SENDFILE_PREFIX").startswith("/"):
        yield checks.Error(
            "X-Accel-Redirect needs WAGTAIL_CONSENT['SENDFILE_PREFIX'].",
            hint="The path of nginx's internal location, such as /private/.",
            id="wagtail_consent_optin.E002",
        )


def open_documents(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    if documents.are_open():
        yield checks.Warning(
            "Documents lie where the web server gives them to anybody.",
            hint=f"What a form promises can be fetched without confirming. {PLACE}",
            id="wagtail_consent_optin.W001",
        )


def promised_documents(
    databases: Iterable[str] | None = None, **kwargs: Any
) -> Iterable[checks.CheckMessage]:
    for alias in databases or []:
        if _has_tables(alias):
            yield from map(_warning, documents.given_away(alias))


def _has_tables(alias: str) -> bool:
    needed = {FormPlacement._meta.db_table, get_document_model()._meta.db_table}
    return needed <= set(connections[alias].introspection.table_names())


def _warning(document: Any) -> checks.CheckMessage:
    return checks.Warning(
        f"A form promises document {document.pk}, which anybody can fetch.",
        hint=f"Upload it again once documents lie in private. {PLACE}",
        id="wagtail_consent_optin.W002",
    )
