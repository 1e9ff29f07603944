"""The questions of a form: all types of Wagtail's own forms, and a few more."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    Block,
    BlockGroup,
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)


class Autocomplete(TextChoices):
    """What a browser may fill in (HTML, section 4.10.18.7; WCAG 1.3.5)."""

    NOTHING = "", _("Nothing")
    NAME = "name", _("Full name")
    GIVEN_NAME = "given-name", _("First name")
    FAMILY_NAME = "family-name", _("Last name")
    TITLE = "honorific-prefix", _("Title, such as Dr")
    JOB = "organization-title", _("Job title")
    STREET = "street-address", _("Street and number")
    POSTAL_CODE = "postal-code", _("Postal code")
    CITY = "address-level2", _("Town")


BEFOREHAND = _("Filled in beforehand")


def _label() -> CharBlock:
    return CharBlock(max_length=120, label=_("Question"))


def _help() -> CharBlock:
    return CharBlock(required=False, max_length=255, label=_("Hint"))


def _required() -> BooleanBlock:
    return BooleanBlock(required=False, label=_("Must be answered"))


def _default(label: Any) -> CharBlock:
    return CharBlock(required=False, max_length=255, label=label)


def _name() -> CharBlock:
    return CharBlock(
        required=False,
        max_length=60,
        label=_("Name in exports"),
        help_text=_("Empty: made from the question."),
    )


class QuestionBlock(StructBlock):
    """A question with its hint. Subclasses add what their type needs."""

    label = _label()
    help_text = _help()
    required = _required()
    name = _name()

    class Meta:
        icon = "form"
        label_format = "{label}"
        form_classname = "struct-block w-block-question"
        form_layout = BlockGroup(["label", "help_text", "required"], ["name"])


class TextQuestion(QuestionBlock):
    default = _default(BEFOREHAND)
    autocomplete = ChoiceBlock(
        choices=Autocomplete.choices,
        required=False,
        default="",
        label=_("Browsers may fill in"),
    )

    class Meta:
        form_layout = BlockGroup(
            ["label", "autocomplete", "help_text", "required"], ["default", "name"]
        )


class DefaultQuestion(QuestionBlock):
    default = _default(BEFOREHAND)

    class Meta:
        form_layout = BlockGroup(
            ["label", "help_text", "required"], ["default", "name"]
        )


class TickQuestion(QuestionBlock):
    """No box is ever ticked beforehand, so there is no default."""

    choices = TextBlock(
        label=_("Answers"), help_text=_("One a line."), rows=4, max_length=8000
    )

    class Meta:
        form_layout = BlockGroup(
            ["label", "choices", "help_text", "required"], ["name"]
        )


class ChoiceQuestion(TickQuestion):
    default = _default(_("Chosen beforehand"))

    class Meta:
        form_layout = BlockGroup(
            ["label", "choices", "help_text", "required"], ["default", "name"]
        )


class HiddenQuestion(StructBlock):
    label = CharBlock(max_length=120, label=_("Name"))
    default = CharBlock(max_length=255, label=_("Value"))

    class Meta:
        icon = "no-view"
        label_format = "{label}: {default}"
        form_classname = "struct-block w-block-question"


ASKING, CHOOSING, PERSON = _("Questions"), _("Choices"), _("About the person")


def _type(block: type[Block], label: Any, icon: str, group: Any) -> Block:
    return block(label=label, icon=icon, group=group)


class FieldsBlock(StreamBlock):
    """The questions beside the e-mail address, which every form asks for."""

    singleline = _type(TextQuestion, _("Line of text"), "pilcrow", ASKING)
    multiline = _type(DefaultQuestion, _("Several lines"), "bars", ASKING)
    number = _type(DefaultQuestion, _("Number"), "decimal", ASKING)
    url = _type(DefaultQuestion, _("Web address"), "link", ASKING)
    date = _type(DefaultQuestion, _("Date"), "date", ASKING)
    datetime = _type(DefaultQuestion, _("Date and time"), "time", ASKING)
    checkbox = _type(QuestionBlock, _("Yes or no"), "tick-inverse", CHOOSING)
    checkboxes = _type(TickQuestion, _("Tick boxes"), "list-ul", CHOOSING)
    radio = _type(ChoiceQuestion, _("One of several"), "radio-full", CHOOSING)
    dropdown = _type(ChoiceQuestion, _("Drop-down list"), "collapse-down", CHOOSING)
    multiselect = _type(ChoiceQuestion, _("List, several"), "tasks", CHOOSING)
    phone = _type(QuestionBlock, _("Phone number"), "mobile-alt", PERSON)
    company = _type(QuestionBlock, _("Company"), "group", PERSON)
    country = _type(QuestionBlock, _("Country"), "globe", PERSON)
    email = _type(QuestionBlock, _("Another e-mail address"), "mail", PERSON)
    hidden = _type(HiddenQuestion, _("Hidden value"), "no-view", PERSON)

    class Meta:
        icon = "form"
        required = False
