"""A visitor's form, made from the definition that its notice keeps."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import render_field
from django import forms
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from wagtail_consent import conf

from . import answers

Definition = dict[str, Any]
BOX = "consent_"


class VisitorForm(forms.Form):
    """Its ids come from the signed reference: the same on the page, in the answer to
    a POST, and for every visitor; different for two forms on one page."""

    definition: ClassVar[Definition]
    required_css_class = "consent-required"

    reference = forms.CharField(widget=forms.HiddenInput, required=False)
    # People don't see it. What fills it in is no person.
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, reference: str = "", **kwargs: Any) -> None:
        self.signed = str((data or {}).get("reference", "")) or reference
        digest = hashlib.sha256(self.signed.encode()).hexdigest()[:8]
        self.html_id = f"consent-{digest}"
        kwargs.setdefault("auto_id", f"{self.html_id}-%s")
        kwargs.setdefault("initial", {"reference": self.signed})
        super().__init__(data, **kwargs)

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[BOX + box["purpose"]] for box in self.definition["boxes"]]

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[field["name"]] for field in self.definition["fields"]]

    @property
    def mistakes(self) -> list[dict[str, str]]:
        """What the summary lists: each field's first error, and where it is."""
        return [
            {"id": _first_input(self[name]), "text": errors[0]}
            for name, errors in self.errors.items()
            if name in self.fields
        ]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.template_pack = conf.get("TEMPLATE_PACK")
        # The endpoint takes no cookie, so there is nothing that CSRF could ride on;
        # and the token would make the page differ from visitor to visitor.
        helper.disable_csrf = True
        helper.form_id = self.html_id
        helper.form_action = reverse("wagtail_consent_optin:submit")
        helper.attrs = {"novalidate": "", "data-consent-form": ""}
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        return Layout(
            *(bound.name for bound in self.questions),
            Boxes(*(bound.name for bound in self.boxes)),
            "reference",
            Honeypot("website"),
            SendButton(self.definition["button"]),
        )


def _first_input(bound: forms.BoundField) -> str:
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


class Boxes(LayoutObject):
    """The consent boxes and, beside them, the privacy policy (GDPR Art. 13)."""

    template = "wagtail_consent/optin/boxes.html"

    def __init__(self, *fields: str) -> None:
        self.fields = list(fields)

    def render(self, form: VisitorForm, context: Any, **kwargs: Any) -> SafeString:
        pack = kwargs["template_pack"]
        fields = "".join(
            render_field(name, form, context, template_pack=pack)
            for name in self.fields
        )
        shown = {"definition": form.definition, "fields": mark_safe(fields)}  # noqa: S308
        return get_template(self.template).render(shown)


class Honeypot(Boxes):
    template = "wagtail_consent/optin/honeypot.html"


class SendButton(StrictButton):
    """Crispy's own compiles its text as a template; an editor's text must not be."""

    def __init__(self, text: str) -> None:
        super().__init__(text, type="submit", css_class="btn-primary consent-button")

    def render(self, form: Any, context: Any, **kwargs: Any) -> SafeString:
        template = get_template(self.template % kwargs["template_pack"])
        return template.render({"button": self})


def build(definition: Definition) -> type[VisitorForm]:
    """Returns the form's class, whose labels speak the definition's language."""
    with translation.override(definition["language"]):
        questions = {
            question["name"]: _question(question) for question in definition["fields"]
        }
        boxes = {BOX + box["purpose"]: _box(box) for box in definition["boxes"]}
    members = {**questions, **boxes, "definition": definition}
    return type("VisitorForm", (VisitorForm,), members)


def _question(question: dict[str, Any]) -> forms.Field:
    field = answers.make(question)
    if field.required:
        field.label = format_html(
            '{} <span class="consent-form__mark">({})</span>',
            field.label,
            _("required"),
        )
    return field


def _box(box: dict[str, Any]) -> forms.BooleanField:
    """Never ticked (CJEU C-673/17), and needed only where the wording says so."""
    message = _("Please tick this box: without it we can't send you anything.")
    return forms.BooleanField(
        label=mark_safe(box["html"]),  # noqa: S308  (sanitised when it was written)
        required=box["required"],
        error_messages={"required": message},
    )
