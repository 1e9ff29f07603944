from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, StructBlock

from .choosers import SnippetKeyBlock


class BoxCondition(TextChoices):
    """What happens when a visitor leaves the box empty (GDPR Art. 7(4))."""

    FREE = "", _("They get what they came for all the same")
    SUBJECT = "subject", _("There is nothing to send: the form is for this alone")
    COUPLED = "coupled", _("They don't get it: content in return for consent")


class ConsentBoxBlock(StructBlock):
    """One box, one purpose, never ticked. Visitors read the purpose's wording."""

    purpose = SnippetKeyBlock(
        "wagtail_consent.Purpose",
        label=_("Purpose"),
        icon="clipboard-list",
        help_text=_("Its published wording stands beside the box."),
    )
    condition = ChoiceBlock(
        choices=BoxCondition.choices,
        required=False,
        default="",
        label=_("If a visitor leaves the box empty"),
        help_text=_(
            "Where content is given in return for consent, we add that sentence to "
            "the wording and record it with the consent."
        ),
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Consent box")
        label_format = "{purpose}"
        form_classname = "struct-block w-block-consent-box"
