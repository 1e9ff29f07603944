"""What the room announces to the rooms below it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_consent import registry, retention
from wagtail_consent.mailing import kinds
from wagtail_consent.mailing.kinds import Kind

from . import purge
from .confirmation import mails
from .confirmation.deliver import DELIVER, NOTIFY
from .personal_data import SubmissionSource
from .signup.submit import CONFIRM

KINDS = [
    Kind(
        name=CONFIRM,
        label=_("Please confirm"),
        placeholders=("company", "title", "days"),
        defaults={
            "subject": _("Please confirm your address"),
            "body": _(
                "<p>Hello,</p><p>somebody, probably you, entered this address on our "
                "website for “{title}”. If it was you, please confirm it with the "
                "button. It works for {days} days.</p>"
            ),
            "button": _("Go to the confirmation"),
            "closing": _(
                "<p>If it wasn’t you, you need do nothing: without the confirmation "
                "we delete the address.</p><p>{company}</p>"
            ),
        },
        context=mails.confirm,
        links=(_("That wasn’t me"), _("Withdraw my consent")),
        asks=True,
    ),
    Kind(
        name=DELIVER,
        label=_("Here it is"),
        placeholders=("company", "title", "days"),
        defaults={
            "subject": _("Here is what you asked for"),
            "body": _(
                "<p>Hello,</p><p>thank you for your interest in “{title}”. The button "
                "leads you to it.</p>"
            ),
            "button": _("Open"),
            "closing": _("<p>Kind regards<br>{company}</p>"),
        },
        context=mails.deliver,
    ),
    Kind(
        name=NOTIFY,
        label=_("To colleagues: a new lead"),
        placeholders=("company", "title"),
        defaults={
            "subject": _("A new lead"),
            "body": _(
                "<p>Somebody confirmed their address for “{title}”. The button leads "
                "you to the lead, if you may see it.</p>"
            ),
            "button": _("Show the lead"),
            "closing": "",
        },
        context=mails.notify,
    ),
]


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
    registry.register(SubmissionSource())
    retention.register("optin.submissions", purge.unconfirmed)
    retention.register("optin.downloads", purge.downloads)
