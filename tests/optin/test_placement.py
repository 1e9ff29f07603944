"""Which form a page shows now, and what that costs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from tests.optin import stage as stages
from tests.optin.stage import Stage, listed, questions
from tests.testapp.models import ArticlePage
from wagtail_consent.optin.blocks import LeadFormBlock
from wagtail_consent.optin.models import FormPlacement
from wagtail_consent.optin.publishing import editing, placement
from wagtail_consent.optin.signup import reference
from wagtail_consent.optin.signup.reference import Reference

BLOCK = LeadFormBlock()
CLOSED = "This form is closed at the moment"
WORD = re.compile(r'name="reference" value="([^"]+)"')


def source(raw: dict[str, Any]) -> str:
    return placement.source_of(BLOCK, BLOCK.to_python(raw))


def shown(page: Any) -> str:
    return Client().get(page.url).content.decode()


def references(html: str) -> list[Reference]:
    return [reference.read(word) for word in WORD.findall(html)]


def test_a_source_ignores_ids_and_empty_values(stage: Stage) -> None:
    """An upgrade that adds an empty option must not close every form."""
    box = {"purpose": stage.purpose.pk}
    one = {"heading": "News", "boxes": listed(box)}
    other = {"heading": "News", "boxes": listed(box | {"condition": ""}), "button": ""}
    assert source(one) == source(other)


@pytest.mark.parametrize(
    "change", [{"heading": "Other"}, {"button": "Go"}, {"boxes": []}]
)
def test_a_source_sees_every_change(stage: Stage, change: dict[str, Any]) -> None:
    assert source(stage.form()) != source(stage.form(**change))


def test_a_source_survives_the_database(stage: Stage) -> None:
    asked = questions(("radio", {"label": "Which?", "choices": "A\nB"}))
    raw = stage.guide(fields=asked, intro="<p>Hello</p>")
    page = stage.article(raw)
    stored = ArticlePage.objects.get(pk=page.pk).body[0]
    assert placement.source_of(stored.block, stored.value) == source(raw)


def test_a_reference_names_form_company_site_page_and_block(stage: Stage) -> None:
    page = stage.article(stage.form())
    [found] = references(shown(page))
    placed = FormPlacement.objects.get(page_id=page.pk)
    assert found == Reference(
        form=placed.form.digest,
        controller=stage.controller.pk,
        site=stage.site.pk,
        page=page.pk,
        block=page.body[0].id,
    )


def test_what_was_changed_past_publishing_is_closed(stage: Stage) -> None:
    page = stage.article(stage.form())
    page.body[0].value["heading"] = "Changed by a plain save"
    page.save()
    html = shown(page)
    assert CLOSED in html
    assert "Changed by" not in html


def test_what_breaks_a_rule_is_closed_for_everybody(stage: Stage) -> None:
    page = stage.article({"heading": "For nothing"})
    html = shown(page)
    assert CLOSED in html
    assert "<form" not in html
    assert "Add a purpose" not in html


def test_a_page_published_by_another_process_is_seen_at_once(stage: Stage) -> None:
    """Not only after FORM_CACHE_SECONDS."""
    page = stage.article(stage.form())
    shown(page)
    remembered = dict(placement._pages)
    page.body[0].value["heading"] = "New heading"
    page.save_revision().publish()
    placement._pages.update(remembered)
    assert "New heading" in shown(page)


def cost(page: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        shown(page)
    return len(queries)


def test_a_form_costs_one_query_cold_and_none_warm(stage: Stage) -> None:
    plain = stage.page([{"type": "paragraph", "value": "<p>Hello</p>"}], title="Plain")
    page = stage.article(stage.guide(), stage.form())
    shown(plain)
    bare = cost(plain)
    placement.forget()
    assert cost(page) == bare + 1
    assert cost(page) == bare


def rendered(template: str, page: Any) -> str:
    page = ArticlePage.objects.get(pk=page.pk)
    request = RequestFactory().get("/")
    return Template(template).render(Context({"page": page, "request": request}))


INCLUDED = "{% load wagtailcore_tags %}{% include_block page.body %}"
LOOPED = (
    "{% load wagtailcore_tags %}"
    "{% for block in page.body %}{% include_block block %}{% endfor %}"
)
PRINTED = "{% for block in page.body %}{{ block }}{% endfor %}"
VALUES = LOOPED.replace("include_block block", "include_block block.value")


@pytest.mark.parametrize("template", [INCLUDED, LOOPED, PRINTED, VALUES])
def test_however_a_template_prints_a_block_its_id_is_found(
    stage: Stage, template: str
) -> None:
    page = stage.article(stage.form(), stage.guide())
    found = references(rendered(template, page))
    assert [one.block for one in found] == [block.id for block in page.body]
    assert {one.page for one in found} == {page.pk}


def test_two_equal_blocks_have_different_ids(stage: Stage) -> None:
    """Else their fields would share ids: labels would point at the wrong form."""
    form = stage.form()
    page = stage.article(form, form)
    html = shown(page)
    assert [one.block for one in references(html)] == [block.id for block in page.body]
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_nested_forms_are_shown(stage: Stage) -> None:
    nested = {"columns": listed(stage.form()), "aside": stage.guide()}
    page = stage.page([{"type": "nested", "value": nested}])
    found = references(rendered(INCLUDED, page))
    assert len({one.block for one in found}) == 2


def test_a_page_without_context_is_the_one_that_is_served(stage: Stage) -> None:
    """`{{ block }}` tells a block nothing; copies of a page must not be mixed up."""
    page = stage.article(stage.form())
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
    copy = ArticlePage.objects.get(pk=copy.pk)
    editing.before_serve_page(copy, None, (), {})
    [found] = references(str(copy.body[0]))
    editing.forget()
    assert found.page == copy.pk


def test_a_page_may_show_another_pages_form(stage: Stage) -> None:
    page = stage.article(stage.form())
    listing = "{% load wagtailcore_tags %}{% include_block other.body %}"
    context = {"page": stage.home, "other": ArticlePage.objects.get(pk=page.pk)}
    [found] = references(Template(listing).render(Context(context)))
    assert found.page == page.pk


def test_equal_forms_of_two_languages_are_not_mixed_up(stage: Stage) -> None:
    """On a page that is neither's, it can't be told which one is meant."""
    home = stages.german(stage)
    stages.wording(stage.purpose, "de")
    stages.letters("de")
    page = stage.article(stage.form())
    copy = page.copy_for_translation(home.locale)
    copy.save_revision().publish()
    listing = "{% load wagtailcore_tags %}{% include_block other.body %}"
    context = {"page": stage.home, "other": ArticlePage.objects.get(pk=page.pk)}
    assert CLOSED in Template(listing).render(Context(context))


def test_a_shared_form_is_shown(stage: Stage) -> None:
    form = stages.lead_form(stage.form())
    page = stage.page([{"type": "shared", "value": {"form": form.pk}}])
    [found] = references(shown(page))
    assert found.page == page.pk
    assert found.block == page.body[0].id


def test_an_old_page_of_a_cache_still_posts_what_it_showed(stage: Stage) -> None:
    """Promise 9."""
    page = stage.article(stage.form())
    [old] = references(shown(page))
    page.body[0].value["heading"] = "Another"
    page.save_revision().publish()
    [new] = references(shown(page))
    assert old.form != new.form
    from wagtail_consent import notices

    assert json.loads(notices.get(old.form).body)["heading"] == "News by e-mail"
