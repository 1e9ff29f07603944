from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    Block,
    BlockGroup,
    CharBlock,
    EmailBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
)

from .base import FormBlock
from .boxes import ConsentBoxBlock
from .choosers import DocumentKeyBlock, PageKeyBlock
from .errors import as_error
from .fields import FieldsBlock

FEATURES = ["bold", "italic", "link", "ol", "ul"]


class PromiseBlock(StructBlock):
    """What the visitor gets: a document, a page, or neither."""

    document = DocumentKeyBlock(
        required=False,
        label=_("Document"),
        help_text=_("Only confirmed visitors can download it."),
    )
    page = PageKeyBlock(
        required=False,
        label=_("Page"),
        help_text=_("Linked for confirmed visitors; it stays open to everybody."),
    )

    class Meta:
        icon = "download"
        form_classname = "struct-block w-block-promise"


def _text(label: Any, help_text: Any) -> RichTextBlock:
    return RichTextBlock(
        required=False, features=FEATURES, label=label, help_text=help_text
    )


class LeadFormBlock(FormBlock):
    """A form that asks for an e-mail address and, box by box, for consent.

    It brings its own stylesheet and script, once a page. The page itself stays
    cookieless and identical for everybody, so that any cache may keep it. What it
    shows is what was published: see `publish`.
    """

    heading = CharBlock(required=False, max_length=160, label=_("Heading"))
    intro = _text(_("Introduction"), _("What visitors get, in a sentence or two."))
    email_label = CharBlock(
        required=False,
        max_length=120,
        label=_("Label of the e-mail field"),
        help_text=_("Empty: “E-mail address”. The field is always there."),
    )
    fields = FieldsBlock(
        label=_("Questions"),
        help_text=_("Ask for as little as you need (GDPR Art. 5(1)(c))."),
    )
    boxes = ListBlock(
        ConsentBoxBlock(),
        default=[],
        label=_("Consent boxes"),
        help_text=_("One box for each purpose. Boxes are never ticked beforehand."),
    )
    promise = PromiseBlock(label=_("What visitors get"))
    privacy_page = PageKeyBlock(
        required=False,
        label=_("Privacy policy"),
        help_text=_("Empty: the one of the site's settings."),
    )
    button = CharBlock(
        required=False,
        max_length=60,
        label=_("Button"),
        help_text=_("Empty: “Send”."),
    )
    sent_text = _text(
        _("After sending"), _("Empty: visitors are asked to look into their mailbox.")
    )
    confirm_text = _text(_("Above the confirmation button"), _("Empty: our own text."))
    done_text = _text(_("After confirming"), _("Empty: a short thank-you."))
    notify = ListBlock(
        EmailBlock(label=_("E-mail address")),
        default=[],
        label=_("Tell these colleagues"),
        help_text=_("They get a link to each new lead; no data of the person."),
    )

    def clean(self, value: Any) -> Any:
        """Refuses what must not be published; drafts may be incomplete.

        Raises:
            StructBlockValidationError: with each error at its field.
        """
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            refuse(self, cleaned)
        return cleaned

    class Meta:
        icon = "form"
        label = _("Lead form")
        group = _("Consent")
        description = _(
            "Asks for an e-mail address, with consent by double opt-in, in return "
            "for a document, a page or a newsletter."
        )
        label_format = "{heading}"
        form_classname = "struct-block w-block-lead-form"
        preview_template = "wagtail_consent/optin/block_preview.html"
        form_layout = BlockGroup(
            [
                "heading",
                "intro",
                BlockGroup(
                    ["email_label", "fields", "button"],
                    heading=_("Questions"),
                    icon="form",
                    label_format="",
                ),
                BlockGroup(
                    ["boxes", "privacy_page"],
                    heading=_("Consent"),
                    icon="tick-inverse",
                    label_format="",
                ),
                "promise",
                BlockGroup(
                    ["sent_text", "confirm_text", "done_text"],
                    heading=_("Texts on the way"),
                    icon="pilcrow",
                    classname="collapsed",
                    label_format="",
                ),
            ],
            ["notify"],
        )


def refuse(block: Block, value: Any) -> None:
    from ..publishing.editing import place_at_hand
    from ..publishing.problems import problems

    if found := problems(value, place_at_hand()):
        raise as_error(block, value, found)


# A site's migrations name the public path.
DECONSTRUCT_ALIASES = {
    LeadFormBlock: "wagtail_consent.optin.blocks.LeadFormBlock",
}
