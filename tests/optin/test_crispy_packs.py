"""Forms in the host's template pack: our own, and Bootstrap's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template.loader import get_template

from tests.optin.test_forms import box, question, shape
from wagtail_consent.optin.signup import forms, rendering

PACKS = ["consent", "bootstrap5"]
KINDS = {
    "singleline": "text",
    "multiline": "textarea",
    "email": "email",
    "number": "number",
    "url": "url",
    "checkbox": "checkbox",
    "checkboxes": "checkbox",
    "dropdown": "select",
    "multiselect": "select",
    "radio": "radio",
    "date": "date",
    "datetime": "datetime-local",
    "hidden": "hidden",
    "phone": "tel",
    "company": "text",
    "country": "select",
}


@pytest.fixture(params=PACKS)
def pack(request: Any, settings: Any) -> str:
    ours = settings.WAGTAIL_CONSENT
    settings.WAGTAIL_CONSENT = {**ours, "TEMPLATE_PACK": request.param}
    return request.param


def html_of(*fields: dict[str, Any], typed: Any = None) -> str:
    build = forms.build(shape(*fields, boxes=[box(required=True)]))
    form = build(typed, reference="x")
    return rendering.form(form)


def field(kind: str, **more: Any) -> dict[str, Any]:
    return question(kind, choices=["A", "B"], help="A hint", **more)


@pytest.mark.parametrize("kind", KINDS)
def test_each_type_is_rendered_with_its_control(pack: str, kind: str) -> None:
    html = html_of(field(kind))
    element = KINDS[kind]
    if element in ("select", "textarea"):
        assert re.search(rf'<{element}[^>]*name="it"', html)
    else:
        assert re.search(rf'<input[^>]*type="{element}"[^>]*name="it"', html)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "hidden"])
def test_label_hint_and_error_belong_to_each_type(pack: str, kind: str) -> None:
    html = html_of(field(kind, required=True), typed={"email": "ann@example.org"})
    assert "A hint" in html
    assert "Please fill in: It" in html
    for tied in re.findall(r'aria-describedby="([^"]+)"', html):
        for one in tied.split():
            assert f'id="{one}"' in html
    for labelled in re.findall(r'<label[^>]*\bfor="([^"]+)"', html):
        assert f'id="{labelled}"' in html


def test_the_form_holds_no_csrf_token(pack: str) -> None:
    assert "csrf" not in html_of()


def test_the_wording_stands_beside_its_box_with_its_markup(pack: str) -> None:
    label = re.search(r"<label[^>]*>\s*Yes, <b>please</b>\.", html_of())
    assert label


def test_the_button_sends(pack: str) -> None:
    assert re.search(r'<button[^>]*type="submit"[^>]*>Send</button>', html_of())


def test_the_trap_is_hidden_from_everybody(pack: str) -> None:
    trap = re.search(
        r"<div hidden aria-hidden=\"true\">.*?name=\"website\"", html_of(), re.S
    )
    assert trap


OURS = """whole_uni_form whole_uni_formset display_form uni_form errors errors_formset
inputs field layout/baseinput layout/button layout/buttonholder layout/column
layout/div layout/fieldset layout/formactions layout/row""".split()


@pytest.mark.parametrize("name", OURS)
def test_our_pack_has_what_a_hosts_own_forms_need(name: str) -> None:
    assert get_template(f"consent/{name}.html")
