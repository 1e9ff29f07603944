from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import FormBlock
from .choosers import SnippetKeyBlock
from .errors import as_error


class LeadFormSnippetBlock(FormBlock):
    """A lead form that many pages share, in the language of the form."""

    form = SnippetKeyBlock(
        "wagtail_consent_optin.LeadForm", label=_("Lead form"), icon="form"
    )

    def clean(self, value: Any) -> Any:
        """Refuses a form that can't stand on this page.

        Raises:
            StructBlockValidationError: with the error at the chooser.
        """
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            refuse(self, cleaned)
        return cleaned

    class Meta:
        icon = "form"
        label = _("Shared lead form")
        group = _("Consent")
        description = _("A lead form from the snippets, the same on every page.")
        label_format = "{form}"
        form_classname = "struct-block w-block-lead-form-snippet"
        preview_template = "wagtail_consent/optin/block_preview.html"


def refuse(block: LeadFormSnippetBlock, value: Any) -> None:
    from ..publishing.editing import place_at_hand
    from ..publishing.problems import shared_problems

    if found := shared_problems(value, place_at_hand()):
        messages = [(("form",), message) for _path, message in found]
        raise as_error(block, value, messages)


# A site's migrations name the public path.
DECONSTRUCT_ALIASES = {
    LeadFormSnippetBlock: "wagtail_consent.optin.blocks.LeadFormSnippetBlock",
}
