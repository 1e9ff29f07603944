"""A page goes live: its forms are placed, or stay closed with a reason."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from tests import factories
from tests.optin import stage as stages
from tests.optin.stage import Stage, listed
from wagtail_consent.mailing.models import Letter
from wagtail_consent.models import ConsentSettings, Notice, NoticeKind
from wagtail_consent.optin.models import FormPlacement
from wagtail_consent.optin.publishing import strays


def placements(page: Any) -> list[FormPlacement]:
    return list(FormPlacement.objects.filter(page_id=page.pk).order_by("pk"))


def problem(page: Any) -> str:
    [placed] = placements(page)
    return placed.problem


def forms() -> int:
    return Notice.objects.filter(kind=NoticeKind.FORM).count()


def form_of(page: Any) -> dict[str, Any]:
    [placed] = placements(page)
    return placed.form.content


def test_publishing_makes_the_notice_and_the_placement(stage: Stage) -> None:
    page = stage.article(stage.guide(notify=listed("sales@example.com")))
    [placed] = placements(page)
    assert placed.form.kind == NoticeKind.FORM
    assert placed.block_id == page.body[0].id
    assert placed.site_id == stage.site.pk
    assert placed.notify == "sales@example.com"
    assert list(placed.purposes.all()) == [stage.purpose]
    assert not placed.problem


def test_saving_a_draft_writes_no_notice(stage: Stage) -> None:
    page = stage.article(stage.guide(), publish=False)
    before = Notice.objects.count()
    for heading in ("One", "Two"):
        page.body[0].value["heading"] = heading
        page.save_revision()
        page.save()
    assert Notice.objects.count() == before
    assert not placements(page)


def test_publishing_the_same_again_makes_no_second_notice(stage: Stage) -> None:
    page = stage.article(stage.guide())
    page.save_revision().publish()
    assert forms() == 1


def test_a_form_past_the_editor_that_breaks_a_rule_is_closed(stage: Stage) -> None:
    """Promise 1: `revision.publish()` asks no form of Wagtail's."""
    page = stage.article({"heading": "For nothing"})
    assert "Add a purpose" in problem(page)
    assert forms() == 0


@pytest.mark.parametrize("language", ["de"])
def test_a_copy_in_a_language_without_wording_is_closed(
    stage: Stage, language: str
) -> None:
    stages.german(stage)
    page = stage.article(stage.guide())
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    copy.save_revision().publish()
    assert "Deutsch" in problem(copy)
    assert not problem(page)


def test_a_translated_page_has_a_placement_in_its_language(stage: Stage) -> None:
    home = stages.german(stage)
    page = stage.article(stage.guide())
    copy = page.copy_for_translation(home.locale)
    copy.save_revision().publish()
    stages.wording(stage.purpose, "de", statement="<p>{company}: {channel}?</p>")
    stages.letters("de")
    assert form_of(copy)["language"] == "de"
    assert form_of(page)["language"] == "en"


def test_a_copied_page_has_a_placement_of_its_own(stage: Stage) -> None:
    page = stage.article(stage.guide())
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert [placed.page_title for placed in placements(copy)] == ["Copy"]


def test_an_alias_has_a_placement_of_its_own(
    stage: Stage, django_capture_on_commit_callbacks: Any
) -> None:
    page = stage.article(stage.guide())
    with django_capture_on_commit_callbacks(execute=True):
        alias = page.create_alias(parent=stage.home, update_slug="alias")
    assert len(placements(alias)) == 1
    page.body[0].value["heading"] = "Another heading"
    page.save_revision().publish()
    assert form_of(alias)["heading"] == "Another heading"


def test_a_wording_published_anew_places_its_pages_anew(
    stage: Stage, django_capture_on_commit_callbacks: Any
) -> None:
    page = stage.article(stage.guide())
    old = placements(page)[0].form
    wording = stage.purpose.wordings.get()
    wording.statement = "<p>{company} writes by {channel}. Yes?</p>"
    with django_capture_on_commit_callbacks(execute=True):
        wording.save_revision().publish()
    assert "writes by e-mail" in form_of(page)["boxes"][0]["html"]
    assert Notice.objects.get(pk=old.pk).body == old.body


def test_a_company_renamed_places_its_pages_anew(
    stage: Stage, django_capture_on_commit_callbacks: Any
) -> None:
    page = stage.article(stage.guide())
    stage.controller.name = "Ann Ltd"
    with django_capture_on_commit_callbacks(execute=True):
        stage.controller.save()
    assert "Ann Ltd" in form_of(page)["boxes"][0]["html"]
    assert form_of(page)["controller"]["name"] == "Ann Ltd"


def test_another_company_for_the_site_is_taken_up(stage: Stage) -> None:
    page = stage.article(stage.guide())
    chosen = ConsentSettings.objects.get()
    chosen.controller = factories.controller(name="Another Ltd")
    chosen.save()
    assert "Another Ltd answers here" in problem(page)


def test_a_privacy_policy_that_moves_is_linked_where_it_is(stage: Stage) -> None:
    page = stage.article(stage.guide())
    stage.privacy.slug = "data"
    stage.privacy.save_revision().publish()
    assert form_of(page)["privacy"]["url"].endswith("/data/")


def test_a_privacy_policy_taken_down_closes_its_forms(stage: Stage) -> None:
    page = stage.article(stage.guide())
    stage.privacy.unpublish()
    assert "privacy policy" in problem(page)
    stage.privacy.save_revision().publish()
    assert not problem(page)


def test_a_mail_text_that_comes_later_opens_the_form(stage: Stage) -> None:
    Letter.objects.all().delete()
    page = stage.article(stage.guide())
    assert "No mail text" in problem(page)
    stages.letters()
    assert not problem(page)


def test_a_page_deleted_takes_its_placement_with_it(stage: Stage) -> None:
    """But never its notice."""
    page = stage.article(stage.guide())
    page.delete()
    assert not FormPlacement.objects.filter(page_id=page.pk).exists()
    assert forms() == 1


def test_a_block_removed_takes_its_placement_with_it(stage: Stage) -> None:
    page = stage.article(stage.guide(), stage.form())
    del page.body[0]
    page.save_revision().publish()
    assert len(placements(page)) == 1


def shared_page(stage: Stage, form: Any, **more: Any) -> Any:
    return stage.page([{"type": "shared", "value": {"form": form.pk}}], **more)


def test_a_shared_form_stands_on_each_page(stage: Stage) -> None:
    form = stages.lead_form(stage.guide())
    pages = [shared_page(stage, form, title=title) for title in ("One", "Two")]
    assert [placements(page)[0].lead_form for page in pages] == [form, form]
    form.form[0].value["heading"] = "Changed"
    form.save_revision().publish()
    assert [form_of(page)["heading"] for page in pages] == ["Changed", "Changed"]


def test_a_shared_form_speaks_its_own_language(stage: Stage) -> None:
    home = stages.german(stage)
    form = stages.lead_form(stage.guide())
    page = shared_page(stage, form, parent=home)
    assert form_of(page)["language"] == "en"


def test_a_shared_form_unpublished_or_deleted_is_closed(stage: Stage) -> None:
    form = stages.lead_form(stage.guide())
    page = shared_page(stage, form)
    form.unpublish()
    assert "not published" in problem(page)
    form.delete()
    page.save_revision().publish()
    assert "no longer exists" in problem(page)


def test_a_form_nested_in_other_blocks_is_placed(stage: Stage) -> None:
    nested = {"columns": listed(stage.form()), "aside": stage.guide()}
    page = stage.page([{"type": "nested", "value": nested}])
    assert len(placements(page)) == 2
    assert len({placed.block_id for placed in placements(page)}) == 2


@pytest.fixture
def stray(stage: Stage) -> Any:
    """A page that went live by a plain save."""
    page = stage.article(stage.guide(), publish=False)
    page.live = True
    page.save()
    return page


def test_a_plain_save_is_found(stage: Stage, stray: Any) -> None:
    published = stage.article(stage.guide(), title="Published")
    found = [page.pk for page in strays.pages()]
    assert found == [stray.pk]
    assert published.pk not in found


def test_consent_repair_opens_it(stage: Stage, stray: Any) -> None:
    stage.article({}, title="Broken for good")
    out = StringIO()
    call_command("consent_repair", stdout=out)
    assert not problem(stray)
    assert "Broken for good" in out.getvalue()
    assert "2 forms, 1 of them closed." in out.getvalue()
    assert not list(strays.pages())


def test_consent_repair_forgets_pages_that_are_gone(stage: Stage) -> None:
    page = stage.article(stage.guide())
    FormPlacement.objects.filter(page_id=page.pk).update(page_id=10**6)
    call_command("consent_repair", stdout=StringIO())
    assert not FormPlacement.objects.filter(page_id=10**6).exists()
