"""One form field for each type of question. What visitors type is never trusted.

Threat: an answer may travel into a mail, a spreadsheet or a log, so a single line
stays one: control characters are refused, not silently removed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.html import conditional_escape
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from wagtail_consent import addresses

Question = dict[str, Any]

one_line = RegexValidator(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029]",
    _("Please use one line, without control characters."),
    inverse_match=True,
    code="control",
)
several_lines = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]",
    _("Please leave out control characters."),
    inverse_match=True,
    code="control",
)
phone_number = RegexValidator(
    r"^\+?[0-9 ()./\-]{4,40}$",
    _("Please enter a phone number, such as +49 30 123456."),
    code="phone",
)


class AddressField(forms.CharField):
    """An e-mail address (RFC 5321, RFC 6531), as the core reads addresses."""

    widget = forms.EmailInput

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return typed
        try:
            return addresses.parse(typed).delivery
        except addresses.InvalidAddress as error:
            message = _("Please enter an e-mail address, such as ann@example.org.")
            raise ValidationError(message, code="address") from error


def make(question: Question) -> forms.Field:
    """Returns the form field of a question of the form's definition."""
    return MAKERS[question["type"]](question, _common(question))


def _common(question: Question) -> dict[str, Any]:
    label = question["label"]
    return {
        "label": label,
        "help_text": conditional_escape(question["help"]),
        "required": question["required"],
        "initial": question["default"] or None,
        "error_messages": {
            "required": format_lazy(_("Please fill in: {label}"), label=label)
        },
    }


def _input(widget: type[forms.Widget], question: Question, **attrs: Any) -> Any:
    token = question.get("autocomplete")
    return widget(attrs={**attrs, "autocomplete": token} if token else attrs)


def _line(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = _input(forms.TextInput, question)
    return forms.CharField(
        max_length=255, widget=widget, validators=[one_line], **common
    )


def _lines(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(
        max_length=5000, widget=widget, validators=[several_lines], **common
    )


def _address(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = _input(
        forms.EmailInput, question, spellcheck="false", autocapitalize="off"
    )
    return AddressField(max_length=320, widget=widget, validators=[one_line], **common)


def _url(question: Question, common: dict[str, Any]) -> forms.Field:
    field = forms.URLField(max_length=2000, assume_scheme="https", **common)
    field.validators = [URLValidator(schemes=["http", "https"]), one_line]
    return field


def _phone(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = _input(forms.TelInput, question)
    return forms.CharField(
        max_length=40, widget=widget, validators=[phone_number], **common
    )


def _number(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.DecimalField(max_digits=30, decimal_places=10, **common)


def _date(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **common)


def _moment(question: Question, common: dict[str, Any]) -> forms.Field:
    attrs = {"type": "datetime-local"}
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attrs)
    return forms.DateTimeField(widget=widget, **common)


def _tick(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**common | {"initial": None})


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in question["choices"]]


def _with_blank(choices: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [("", _("Please choose")), *choices]


def _dropdown(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=_with_blank(_choices(question)), **common)


def _radio(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(
        choices=_choices(question), widget=forms.RadioSelect, **common
    )


def _several(widget: type[forms.Widget]) -> Callable[..., forms.Field]:
    def maker(question: Question, common: dict[str, Any]) -> forms.Field:
        given = [common["initial"]] if common["initial"] else None
        return forms.MultipleChoiceField(
            choices=_choices(question), widget=widget, **common | {"initial": given}
        )

    return maker


def _country(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = _input(forms.Select, question)
    return forms.ChoiceField(
        choices=_with_blank(list(countries)), widget=widget, **common
    )


def _hidden(question: Question, common: dict[str, Any]) -> forms.Field:
    """The definition decides its value, not the visitor's browser."""
    return forms.CharField(
        widget=forms.HiddenInput, disabled=True, **common | {"required": False}
    )


MAKERS: dict[str, Callable[[Question, dict[str, Any]], forms.Field]] = {
    "singleline": _line,
    "multiline": _lines,
    "email": _address,
    "number": _number,
    "url": _url,
    "checkbox": _tick,
    "checkboxes": _several(forms.CheckboxSelectMultiple),
    "dropdown": _dropdown,
    "multiselect": _several(forms.SelectMultiple),
    "radio": _radio,
    "date": _date,
    "datetime": _moment,
    "hidden": _hidden,
    "phone": _phone,
    "company": _line,
    "country": _country,
}
