"""The form's fields: what they take, what they refuse, what they say."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from wagtail_consent.optin.signup import forms

CONTROL = ["a\nb", "a\r\nBcc: x@example.org", "a\x00b", "a\x1bb", "a\u2028b", "a\x85b"]


def question(type: str, **more: Any) -> dict[str, Any]:
    blank = {"help": "", "required": False, "choices": [], "default": ""}
    return {"name": "it", "type": type, "label": "It", **blank, **more}


def shape(*fields: dict[str, Any], boxes: Any = ()) -> dict[str, Any]:
    email = question("email", required=True) | {"name": "email", "label": "E-mail"}
    return {
        "language": "en",
        "heading": "",
        "intro": "",
        "fields": [email, *fields],
        "boxes": list(boxes),
        "privacy": {"url": "/privacy/", "label": "Privacy"},
        "button": "Send",
    }


def filled(field: dict[str, Any], *values: str) -> forms.VisitorForm:
    typed = MultiValueDict({"email": ["ann@example.org"], "it": list(values)})
    return forms.build(shape(field))(typed)


def taken(field: dict[str, Any], *values: str) -> Any:
    form = filled(field, *values)
    assert form.is_valid(), form.errors
    return form.cleaned_data["it"]


CHOICES = {"choices": ["A", "B"]}


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        (question("singleline"), ["Ann 😀"], "Ann 😀"),
        (question("multiline"), ["One\r\ntwo"], "One\r\ntwo"),
        (question("email"), ["Bob@Example.org"], "Bob@example.org"),
        (question("number"), ["1.5"], Decimal("1.5")),
        (question("url"), ["example.org/x"], "https://example.org/x"),
        (question("checkbox"), ["on"], True),
        (question("checkboxes", **CHOICES), ["A", "B"], ["A", "B"]),
        (question("multiselect", **CHOICES), ["B"], ["B"]),
        (question("dropdown", **CHOICES), ["A"], "A"),
        (question("radio", **CHOICES), ["B"], "B"),
        (question("date"), ["2026-02-28"], datetime.date(2026, 2, 28)),
        (question("phone"), ["+49 (30) 123-456"], "+49 (30) 123-456"),
        (question("company"), ["Ann & Sons"], "Ann & Sons"),
        (question("country"), ["DE"], "DE"),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_each_type_takes_what_people_type(
    field: dict[str, Any], typed: list[str], expected: Any
) -> None:
    assert taken(field, *typed) == expected


def test_a_date_and_time_are_taken_as_browsers_send_them() -> None:
    moment = taken(question("datetime"), "2026-02-28T13:45")
    assert (moment.hour, moment.minute) == (13, 45)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (question("email"), "not an address"),
        (question("number"), "many"),
        (question("url"), "javascript:alert(1)"),
        (question("url"), "ftp://example.org"),
        (question("dropdown", **CHOICES), "C"),
        (question("radio", **CHOICES), "C"),
        (question("checkboxes", **CHOICES), "C"),
        (question("date"), "2026-02-30"),
        (question("phone"), "call me"),
        (question("country"), "XX"),
        (question("singleline"), "x" * 256),
        (question("multiline"), "x" * 5001),
    ],
)
def test_each_type_refuses_nonsense(field: dict[str, Any], typed: str) -> None:
    assert list(filled(field, typed).errors) == ["it"]


@pytest.mark.parametrize("typed", CONTROL)
@pytest.mark.parametrize("kind", ["singleline", "company", "phone", "email", "url"])
def test_control_characters_are_refused_in_a_line(kind: str, typed: str) -> None:
    """Header injection: a line break never gets as far as a mail or a spreadsheet."""
    assert filled(question(kind), typed).errors


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\x7fb"])
def test_control_characters_are_refused_in_a_text(typed: str) -> None:
    assert filled(question("multiline"), typed).errors


@pytest.mark.parametrize(
    "address",
    ["ann@example.org\nBcc: b@example.org", "x" * 310 + "@example.org", "a@b", ""],
)
def test_bad_addresses_are_refused(address: str) -> None:
    assert "email" in forms.build(shape())({"email": address}).errors


@pytest.mark.parametrize(
    "address", ["имя@пример.рф", "ann@bücher.example", "a+b@x.org"]
)
def test_addresses_of_all_scripts_are_taken(address: str) -> None:
    assert forms.build(shape())({"email": address}).is_valid()


def test_a_hidden_value_is_the_editors_not_the_browsers() -> None:
    assert taken(question("hidden", default="spring"), "forged") == "spring"


def box(**more: Any) -> dict[str, Any]:
    return {"purpose": "news", "html": "Yes, <b>please</b>.", "required": False, **more}


def test_no_box_is_ticked_ever() -> None:
    """Promise 1."""
    form = forms.build(shape(boxes=[box()]))()
    assert "checked" not in str(form["consent_news"])
    forged = forms.build(shape(boxes=[box()]))(initial={"consent_news": True})
    assert forged.fields["consent_news"].initial is None


def test_a_post_without_the_box_is_no_consent() -> None:
    form = forms.build(shape(boxes=[box()]))({"email": "ann@example.org"})
    assert form.is_valid()
    assert form.cleaned_data["consent_news"] is False


def test_a_coupled_box_must_be_ticked() -> None:
    form = forms.build(shape(boxes=[box(required=True)]))({"email": "ann@example.org"})
    assert list(form.errors) == ["consent_news"]


def test_no_question_becomes_a_box_of_its_own() -> None:
    """Only what the definition lists as a box counts."""
    typed = {"email": "ann@example.org", "consent_other": "on"}
    form = forms.build(shape(boxes=[box()]))(typed)
    assert form.is_valid()
    assert "consent_other" not in form.cleaned_data


def test_required_is_said_in_words() -> None:
    form = forms.build(shape())()
    assert "(required)" in form["email"].label


def test_errors_name_their_field_in_the_forms_language() -> None:
    form = forms.build(shape(question("singleline", required=True)))({"email": "x"})
    with translation.override("en"):
        assert form.errors["it"] == ["Please fill in: It"]


def test_a_label_with_html_is_escaped() -> None:
    evil = question("singleline", label="<script>", help="<b>hint</b>", required=True)
    form = forms.build(shape(evil))()
    assert "<script>" not in str(form["it"].label_tag())
    assert "<b>" not in str(form["it"].help_text)


def test_ids_depend_on_the_reference_alone() -> None:
    build = forms.build(shape())
    one, again = build(reference="a"), build({"reference": "a"})
    assert one.html_id == again.html_id
    assert one.html_id != build(reference="b").html_id


def test_mistakes_lead_to_the_first_answer_of_a_choice() -> None:
    build = forms.build(shape(question("radio", required=True, **CHOICES)))
    form = build({"email": "ann@example.org"})
    [mistake] = form.mistakes
    assert mistake["id"].endswith("-it_0")
