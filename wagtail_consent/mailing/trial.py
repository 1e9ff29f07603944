"""A mail to oneself, at once and outside the outbox: does sending work?"""

from __future__ import annotations

import uuid

from django.utils import translation
from django.utils.translation import gettext as _

from . import render, sample, transport


def send(recipient: str, language: str, site_url: str) -> None:
    """Sends a mail that looks as visitors' mails do.

    Raises:
        NotSent: the mail server's words, without an address.
    """
    mail = _mail(recipient, language, site_url)
    with transport.connection() as connection:
        connection.send(mail)


def _mail(recipient: str, language: str, site_url: str) -> transport.Mail:
    with translation.override(language):
        words = _("Sending works. Your visitors’ mails look like this.")
        content = {
            "subject": _("A test mail from {company}"),
            "body": f"<p>{words}</p>",
            "button": _("To the site"),
            "closing": "",
        }
    rendered = render.render(
        content,
        {"button_url": f"{site_url}/"},
        controller=sample.controller(None),
        language=language,
        site_url=site_url,
    )
    return transport.Mail(
        recipient=recipient,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        message_id=transport.message_id(uuid.uuid4()),
    )
