"""The form on the page: cookieless, the same for everybody, usable by everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from tests.optin import stage as stages
from tests.optin.stage import Stage, questions
from wagtail_consent.models import Notice
from wagtail_consent.optin.blocks import LeadFormBlock, LeadFormSnippetBlock
from wagtail_consent.optin.models import FormPlacement, Submission
from wagtail_consent.optin.signup import forms, reference, rendering

ALL = questions(
    ("singleline", {"label": "Name", "help_text": "As on letters", "required": True}),
    ("radio", {"label": "Size", "choices": "S\nM", "required": True}),
)


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.article(stage.guide(fields=ALL))


def shown(page: Any, client: Client | None = None) -> str:
    return (client or Client()).get(page.url).content.decode()


def answered(page: Any, **typed: str) -> str:
    """Returns the form after a POST with these answers."""
    word = re.search(r'name="reference" value="([^"]+)"', shown(page))[1]
    placed = FormPlacement.objects.get(page_id=page.pk)
    form = forms.build(placed.form.content)({"reference": word, **typed})
    form.is_valid()
    return rendering.form(form)


def test_a_page_sets_no_cookie_and_varies_by_none(page: Any) -> None:
    """Promise 8."""
    response = Client().get(page.url)
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert "csrf" not in response.content.decode().lower()


def test_a_page_is_the_same_for_every_visitor(page: Any) -> None:
    """Promise 8: not a byte of the visitor is in it."""
    user = get_user_model().objects.create_superuser("ann", "ann@example.com", "x")
    known = Client(headers={"User-Agent": "Other", "Accept-Language": "de"})
    known.force_login(user)
    known.cookies["campaign"] = "spring"
    pages = {shown(page, known), shown(page), shown(page, Client(REMOTE_ADDR="::1"))}
    assert len(pages) == 1


def test_it_is_the_same_in_another_process(page: Any) -> None:
    first = shown(page)
    rendering._shown.cache_clear()
    assert shown(page) == first


def test_a_new_key_signs_at_once(page: Any, settings: Any) -> None:
    first = shown(page)
    settings.WAGTAIL_CONSENT = {"KEYS": ["a-newer-key", *_keys(settings)]}
    word = re.search(r'name="reference" value="([^"]+)"', shown(page))[1]
    assert word not in first
    assert reference.read(word).page == page.pk


def _keys(settings: Any) -> list[str]:
    return settings.WAGTAIL_CONSENT["KEYS"]


def test_the_privacy_policy_is_linked_beside_the_boxes(page: Any) -> None:
    """Promise 1."""
    html = shown(page)
    boxes = html[html.index("consent-boxes") :]
    assert re.search(r'<a href="/en/privacy/">Privacy policy</a>', boxes)
    assert "checked" not in html


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(page: Any) -> None:
    """A strict Content-Security-Policy passes."""
    html = shown(page)
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []


def attributes(html: str, name: str) -> dict[str, str]:
    tag = re.search(rf'<\w+[^>]*\bname="{name}"[^>]*>', html)[0]
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


def test_hints_and_errors_are_tied_to_their_field(page: Any) -> None:
    html = answered(page, email="x")
    found = attributes(html, "name")
    assert found["aria-invalid"] == "true"
    for tied in found["aria-describedby"].split():
        assert f'id="{tied}"' in html
    assert "As on letters" in html


def test_a_group_of_answers_is_a_fieldset_with_its_error(page: Any) -> None:
    html = answered(page, email="ann@example.org", name="Ann")
    fieldset = re.search(r"<fieldset[^>]*aria-describedby=\"([^\"]+)\"", html)[1]
    assert f'id="{fieldset}"' in html
    assert "<legend>Size" in html


def test_the_summary_leads_to_each_mistake_and_takes_focus(page: Any) -> None:
    html = answered(page, email="x")
    assert "3 answers need another look." in html
    for target in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{target}"' in html
    assert re.search(r'class="consent-mistakes"[^>]*autofocus', html)


def test_what_was_typed_is_kept(page: Any) -> None:
    """Promise 23."""
    html = answered(page, email="not an address", name="Ann", size="M")
    assert 'value="not an address"' in html
    assert 'value="Ann"' in html
    assert re.search(r'value="M"[^>]*checked', html)


def test_what_was_typed_is_escaped(page: Any) -> None:
    html = answered(page, email='"><script>', name="<img src=x onerror=y>")
    assert "<script>" not in html
    assert "<img" not in html


def test_an_editors_text_is_never_run_as_a_template(stage: Stage) -> None:
    """Crispy compiles some of its texts; none of an editor's may be among them."""
    text = "{{ form.definition }}{% now 'Y' %}"
    page = stage.article(stage.form(heading=text, button=text, email_label=text))
    assert shown(page).count("{% now &#x27;Y&#x27; %}") == 3


def test_a_form_speaks_its_own_language_on_any_page(stage: Stage) -> None:
    form = stages.lead_form(stage.form())
    page = stage.page([{"type": "shared", "value": {"form": form.pk}}])
    with translation.override("de"):
        assert '<section class="consent-form" lang="en" dir="ltr"' in shown(page)


def test_right_to_left_is_said(stage: Stage) -> None:
    placed = stage.article(stage.form())
    shape = FormPlacement.objects.get(page_id=placed.pk).form.content
    html = rendering.form(forms.build(shape | {"language": "ar"})(reference="x"))
    assert 'lang="ar" dir="rtl"' in html


def preview(page: Any) -> str:
    return page.make_preview_request(preview_mode="").content.decode()


def test_a_preview_shows_the_draft_with_a_reference_that_keeps_nothing(
    page: Any,
) -> None:
    page.body[0].value["heading"] = "A draft"
    html = preview(page)
    assert "A draft" in html
    word = re.search(r'name="reference" value="([^"]+)"', html)[1]
    assert reference.read(word).preview is True


def test_a_preview_tells_editors_what_keeps_the_form_closed(stage: Stage) -> None:
    page = stage.article({"heading": "For nothing"}, publish=False)
    html = preview(page)
    assert "Only editors see this note." in html
    assert "Add a purpose" in html


def test_what_is_sent_from_a_preview_is_not_kept(stage: Stage) -> None:
    page = stage.article(stage.guide(heading="Never published"), publish=False)
    word = re.search(r'name="reference" value="([^"]+)"', preview(page))[1]
    typed = {"reference": word, "email": "ann@example.org"}
    response = Client().post("/consent/form/", typed)
    assert "This was a preview" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_preview_writes_nothing(stage: Stage) -> None:
    page = stage.article(stage.guide(), publish=False)
    before = Notice.objects.count()
    preview(page)
    assert Notice.objects.count() == before
    assert not FormPlacement.objects.exists()


@pytest.mark.parametrize("block", [LeadFormBlock(), LeadFormSnippetBlock()])
def test_the_block_picker_shows_an_example(block: Any, db: None) -> None:
    block.set_name("lead_form")
    assert block.is_previewable
    value = block.get_preview_value()
    context = block.get_preview_context(value, {"block_def": block})
    template = block.get_preview_template(value, context)
    html = render_to_string(template, context)
    assert "The guide, in return for your address" in html
    assert "w-block-lead_form" in html


def test_a_shared_forms_preview_shows_it(stage: Stage) -> None:
    form = stages.lead_form(stage.guide(heading="Shared by many"))
    html = form.make_preview_request().content.decode()
    assert "Shared by many" in html
    assert "Only editors see this note." not in html
