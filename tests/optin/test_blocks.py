"""What editors get: the block, its choosers, and errors at the right field."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.migrations.writer import MigrationWriter
from wagtail import hooks
from wagtail.blocks import StructBlockValidationError
from wagtail.contrib.forms.models import FORM_FIELD_CHOICES
from wagtail.models import ReferenceIndex

from tests import factories
from tests.optin import stage as stages
from tests.optin.stage import Stage, listed, questions
from tests.testapp.models import ArticlePage
from wagtail_consent.models import ConsentSettings
from wagtail_consent.optin.blocks import LeadFormBlock, LeadFormSnippetBlock
from wagtail_consent.optin.blocks.fields import FieldsBlock
from wagtail_consent.optin.models import LeadForm
from wagtail_consent.optin.publishing import editing

BLOCK = LeadFormBlock()


def errors(raw: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        BLOCK.clean(BLOCK.to_python(raw))
    return caught.value.as_json_data()


def edited(page: Any) -> None:
    editing.before_edit_page(None, page)


def test_all_field_types_of_wagtails_forms_and_three_more() -> None:
    types = {name for name, _label in FORM_FIELD_CHOICES}
    assert types | {"phone", "company", "country"} == set(FieldsBlock().child_blocks)


def test_every_block_has_an_icon_of_its_own_and_a_help_text() -> None:
    for child in FieldsBlock().child_blocks.values():
        assert child.meta.icon != "placeholder"
        assert child.meta.group
    for block in (BLOCK, LeadFormSnippetBlock()):
        assert block.meta.icon == "form"
        assert block.get_description()
        assert "w-block-" in block.meta.form_classname


def test_no_box_can_be_ticked_beforehand() -> None:
    """Promise 1: no block has a default for a box."""
    fields = FieldsBlock().child_blocks
    assert "default" not in fields["checkbox"].child_blocks
    assert "default" not in fields["checkboxes"].child_blocks
    assert set(BLOCK.child_blocks["boxes"].child_block.child_blocks) == {
        "purpose",
        "condition",
    }


def test_a_migration_names_the_block_not_its_children() -> None:
    field = LeadForm._meta.get_field("form")
    text, _imports = MigrationWriter.serialize(field)
    assert "'wagtail_consent.optin.blocks.LeadFormBlock'" in text
    assert len(text) < 300


def test_choosers_hold_keys_so_that_loading_costs_no_query(
    stage: Stage, django_assert_num_queries: Any
) -> None:
    page = stage.article(stage.guide())
    with django_assert_num_queries(1):
        loaded = ArticlePage.objects.get(pk=page.pk)
        value = loaded.body[0].value
        box = value["boxes"][0]
    assert box["purpose"] == stage.purpose.pk
    assert isinstance(value["promise"]["document"], int)


def test_what_a_form_refers_to_is_counted_as_its_usage(stage: Stage) -> None:
    page = stage.article(stage.guide())
    ReferenceIndex.create_or_update_for_object(page)
    found = {
        reference.model_path: reference.to_object_id
        for reference in ReferenceIndex.get_references_for_object(page)
    }
    assert found["body.lead_form.boxes.item.purpose"] == str(stage.purpose.pk)
    document = page.body[0].value["promise"]["document"]
    assert found["body.lead_form.promise.document"] == str(document)


def test_drafts_may_be_incomplete(stage: Stage) -> None:
    value = BLOCK.to_python({})
    BLOCK.clean_deferred(value)


def test_a_form_for_nothing_is_refused(stage: Stage) -> None:
    """No purpose where one is needed."""
    assert "boxes" in errors({})["blockErrors"]


def test_two_boxes_for_one_purpose_are_refused_at_the_second(stage: Stage) -> None:
    box = {"purpose": stage.purpose.pk, "condition": ""}
    found = errors(stage.guide(boxes=listed(box, box)))
    assert list(found["blockErrors"]["boxes"]["blockErrors"]) == [1]


def test_two_purposes_in_one_box_are_refused_at_the_box(stage: Stage) -> None:
    box = {"purpose": [stage.purpose.pk, stage.purpose.pk], "condition": ""}
    found = errors(stage.guide(boxes=listed(box)))["blockErrors"]["boxes"]
    assert "purpose" in found["blockErrors"][0]["blockErrors"]


def test_coupling_without_a_promise_is_refused(stage: Stage) -> None:
    box = {"purpose": stage.purpose.pk, "condition": "coupled"}
    found = errors(stage.form(boxes=listed(box)))["blockErrors"]["boxes"]
    assert "condition" in found["blockErrors"][0]["blockErrors"]


def test_a_hidden_coupling_is_refused(stage: Stage) -> None:
    """Promise 2: what makes a box necessary for content must be said as such."""
    box = {"purpose": stage.purpose.pk, "condition": "subject"}
    found = errors(stage.guide(boxes=listed(box)))["blockErrors"]["boxes"]
    assert "condition" in found["blockErrors"][0]["blockErrors"]


def test_choices_without_answers_are_refused(stage: Stage) -> None:
    question = ("radio", {"label": "Which?", "choices": " \n "})
    found = errors(stage.guide(fields=questions(question)))
    assert "choices" in found["blockErrors"]["fields"]["blockErrors"][0]["blockErrors"]


def test_no_privacy_page_is_refused_at_that_field(stage: Stage) -> None:
    stage.privacy.unpublish()
    edited(stage.home)
    assert list(errors(stage.guide())["blockErrors"]) == ["privacy_page"]


def test_a_privacy_page_of_the_forms_own_will_do(stage: Stage) -> None:
    stage.privacy.unpublish()
    own = stage.page([], title="Our privacy")
    edited(stage.home)
    BLOCK.clean(BLOCK.to_python(stage.guide(privacy_page=own.pk)))


@pytest.mark.parametrize("missing", ["{company}", "{channel}"])
def test_a_wording_without_placeholders_is_refused_at_the_box(
    stage: Stage, missing: str
) -> None:
    wording = stage.purpose.wordings.get()
    wording.statement = wording.statement.replace(missing, "somebody")
    wording.save()
    edited(stage.home)
    found = errors(stage.guide())["blockErrors"]["boxes"]["blockErrors"][0]
    assert missing in found["blockErrors"]["purpose"]["messages"][0]


def test_wording_and_mails_of_the_pages_language_are_demanded(stage: Stage) -> None:
    edited(stages.german(stage))
    found = errors(stage.guide())["blockErrors"]["boxes"]["blockErrors"][0]
    messages = found["blockErrors"]["purpose"]["messages"]
    assert "no published wording in Deutsch" in " ".join(messages)
    assert "No mail text is published in Deutsch" in " ".join(messages)
    stages.wording(stage.purpose, "de")
    stages.letters("de")
    BLOCK.clean(BLOCK.to_python(stage.guide()))


def test_a_purpose_of_another_company_is_refused(stage: Stage) -> None:
    other = factories.controller(name="Another Ltd")
    stage.purpose.controller = other
    stage.purpose.save()
    edited(stage.home)
    found = errors(stage.guide())["blockErrors"]["boxes"]["blockErrors"][0]
    assert "Another Ltd" in found["blockErrors"]["purpose"]["messages"][0]


def test_a_site_without_a_company_is_refused(stage: Stage) -> None:
    ConsentSettings.objects.update(controller=None)
    edited(stage.home)
    assert "No company answers" in errors(stage.guide())["messages"][0]


def test_the_end_of_a_request_forgets_its_page(stage: Stage, client: Any) -> None:
    """A page that was edited must not decide what the next request may publish."""
    stage.privacy.unpublish()
    edited(stage.home)
    client.get("/en/")
    BLOCK.clean(BLOCK.to_python(stage.guide()))


def test_a_shared_form_that_is_a_draft_is_refused(stage: Stage) -> None:
    block = LeadFormSnippetBlock()
    draft = stages.lead_form(stage.guide(), publish=False)
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python({"form": draft.pk}))
    assert list(caught.value.as_json_data()["blockErrors"]) == ["form"]


@pytest.fixture(autouse=True)
def nothing_edited() -> Any:
    hooks.search_for_hooks()
    editing.forget()
    yield
    editing.forget()
