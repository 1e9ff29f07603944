"""The form as its notice keeps it: the words that visitors see, all of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.optin import stage as stages
from tests.optin.stage import Stage, listed, questions
from wagtail_consent.models import Notice, NoticeKind
from wagtail_consent.optin.blocks import LeadFormBlock
from wagtail_consent.optin.publishing import definition, place

BLOCK = LeadFormBlock()


def built(stage: Stage, raw: dict[str, Any], page: Any = None) -> dict[str, Any]:
    value = BLOCK.to_python(raw)
    return definition.build(value, place.of(page or stage.home))


def names(stage: Stage, *fields: tuple[str, dict[str, Any]]) -> list[str]:
    shape = built(stage, stage.form(fields=questions(*fields)))
    return [field["name"] for field in shape["fields"]]


def test_the_email_field_is_always_there(stage: Stage) -> None:
    [field] = built(stage, {})["fields"]
    assert field["name"] == "email"
    assert field["required"] is True
    assert field["autocomplete"] == "email"


def test_names_come_from_questions_and_are_unique(stage: Stage) -> None:
    line = ("singleline", {"label": "Your name"})
    assert names(stage, line, line) == ["email", "your_name", "your_name_2"]


@pytest.mark.parametrize("label", ["E-mail", "Website", "Reference", "consent_news"])
def test_no_question_takes_a_name_of_the_forms_own(stage: Stage, label: str) -> None:
    """A question named like a box would count as consent."""
    chosen = {"label": "x", "name": label.lower().replace("-", "")}
    _email, name = names(stage, ("singleline", chosen))
    assert name.startswith("field_")


def test_a_question_in_cyrillic_has_a_name_too(stage: Stage) -> None:
    _email, name = names(stage, ("singleline", {"label": "Имя"}))
    assert name.isascii()
    assert name


def test_autocomplete_tells_browsers_what_to_fill_in(stage: Stage) -> None:
    """WCAG 1.3.5."""
    fields = questions(
        ("phone", {"label": "Phone"}),
        ("company", {"label": "Company"}),
        ("country", {"label": "Country"}),
        ("singleline", {"label": "Name", "autocomplete": "name"}),
    )
    shape = built(stage, stage.form(fields=fields))
    tokens = [field["autocomplete"] for field in shape["fields"][1:]]
    assert tokens == ["tel", "organization", "country", "name"]


def test_company_and_channel_are_filled_into_the_wording(stage: Stage) -> None:
    [box] = built(stage, stage.form())["boxes"]
    assert box["html"] == "Yes, Ann &amp; Sons Ltd may send me news by e-mail."


def test_a_boxs_notice_is_what_stands_beside_it(stage: Stage) -> None:
    """Promise 9: word for word, with what we added to it."""
    stage.purpose.minimum_age = 16
    stage.purpose.save()
    box = {"purpose": stage.purpose.pk, "condition": "coupled"}
    stage.article(stage.guide(boxes=listed(box)))
    form = Notice.objects.get(kind=NoticeKind.FORM)
    [kept] = form.content["boxes"]
    statement = Notice.objects.get(digest=kept["notice"])
    assert statement.body == kept["html"]
    assert statement.kind == NoticeKind.STATEMENT


def test_coupling_is_said_in_the_wording_and_recorded(stage: Stage) -> None:
    """Promise 2."""
    coupled = {"purpose": stage.purpose.pk, "condition": "coupled"}
    [box] = built(stage, stage.guide(boxes=listed(coupled)))["boxes"]
    assert "in return for “Guide to insulation”" in box["html"]
    assert box["coupled"] is True
    assert box["required"] is True


def test_without_coupling_the_box_is_free(stage: Stage) -> None:
    """Promise 2: a lead magnet works without the marketing box."""
    [box] = built(stage, stage.guide())["boxes"]
    assert "in return" not in box["html"]
    assert box["required"] is False
    assert box["coupled"] is False


def test_an_age_gate_is_said_in_the_wording(stage: Stage) -> None:
    stage.purpose.minimum_age = 16
    stage.purpose.save()
    [box] = built(stage, stage.form())["boxes"]
    assert box["html"].endswith("I am at least 16 years old.")
    assert box["minimum_age"] == 16


def test_paragraphs_of_a_wording_fit_into_a_label() -> None:
    html = definition.inline("<p>One <b>thing</b>.</p><p>Another.</p>")
    assert html == "One <b>thing</b>.<br>Another."


def test_editors_html_is_sanitised(stage: Stage) -> None:
    intro = '<p onclick="x()">Hello<script>x()</script></p>'
    shape = built(stage, stage.form(intro=intro))
    assert shape["intro"] == "<p>Hello</p>"


def test_a_title_with_html_stays_text(stage: Stage) -> None:
    coupled = {"purpose": stage.purpose.pk, "condition": "coupled"}
    promise = {"document": stages.document("<img src=x onerror=y>").pk}
    shape = built(stage, stage.guide(boxes=listed(coupled), promise=promise))
    assert "<img" not in shape["boxes"][0]["html"]


def test_a_form_speaks_its_pages_language(stage: Stage) -> None:
    home = stages.german(stage)
    stages.wording(stage.purpose, "de", statement="<p>Ja, {company}, {channel}.</p>")
    shape = built(stage, stage.form(), home)
    assert shape["language"] == "de"
    assert shape["boxes"][0]["html"].startswith("Ja, Ann &amp; Sons Ltd")


def test_the_privacy_policy_is_the_one_in_the_forms_language(stage: Stage) -> None:
    home = stages.german(stage)
    assert built(stage, {}, home)["privacy"]["label"] == "Privacy policy"
    policy = stage.privacy.copy_for_translation(home.locale)
    policy.title = "Datenschutz"
    policy.save_revision().publish()
    shape = built(stage, {}, home)
    assert shape["privacy"]["label"] == "Datenschutz"
    assert shape["privacy"]["url"] == policy.get_url()


def test_it_is_plain_json_and_building_it_writes_nothing(
    stage: Stage, django_assert_max_num_queries: Any
) -> None:
    before = Notice.objects.count()
    shape = built(stage, stage.guide())
    assert json.loads(json.dumps(shape)) == shape
    assert Notice.objects.count() == before


def test_the_mails_that_will_be_sent_are_named(stage: Stage) -> None:
    """Promise 7: kept as part of the proof."""
    letters = built(stage, stage.guide())["letters"]
    for name in ("confirm", "deliver"):
        kind = Notice.objects.get(digest=letters[name]).content["kind"]
        assert kind == f"optin.{name}"
