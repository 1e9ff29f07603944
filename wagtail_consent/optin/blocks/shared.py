from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock

from .choosers import SnippetKeyBlock
from .stable import StableBlock


class LeadFormSnippetBlock(StableBlock, StructBlock):
    """A lead form that many pages share, in the language of the form."""

    form = SnippetKeyBlock(
        "wagtail_consent_optin.LeadForm", label=_("Lead form"), icon="form"
    )

    class Meta:
        icon = "form"
        label = _("Shared lead form")
        group = _("Consent")
        description = _("A lead form from the snippets, the same on every page.")
        label_format = "{form}"
        form_classname = "struct-block w-block-lead-form-snippet"
        preview_template = "wagtail_consent/optin/block_preview.html"


# A site's migrations name the public path.
DECONSTRUCT_ALIASES = {
    LeadFormSnippetBlock: "wagtail_consent.optin.blocks.LeadFormSnippetBlock",
}
