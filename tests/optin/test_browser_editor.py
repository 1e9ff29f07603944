"""An editor puts a form on a page: the block in Wagtail's own editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect

from tests.optin import stage as stages
from tests.optin.stage import Stage
from tests.optin.test_browser_form import look
from wagtail_consent.optin.models import FormPlacement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(live_server: Any) -> Stage:
    return stages.build()


@pytest.fixture
def editor(live_server: Any, new_page: Callable[..., Page]) -> Page:
    user = get_user_model().objects.create_superuser("ed", "ed@example.com", "x")
    client = Client()
    client.force_login(user)
    page = new_page(viewport={"width": 1280, "height": 900})
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": live_server.url}]
    )
    return page


def edit(editor: Page, base: str, page: Any) -> None:
    editor.goto(f"{base}/admin/pages/{page.pk}/edit/")


def choose(editor: Page, button: str, title: str) -> None:
    editor.get_by_role("button", name=button, exact=True).first.click()
    editor.locator(".modal-body").get_by_role("link", name=title).first.click()
    expect(editor.locator(".modal-body")).to_have_count(0)


def press(editor: Page, action: str) -> None:
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name=action).click()


def test_an_editor_adds_a_form_saves_it_and_publishes_it(
    stage: Stage, live_server: Any, editor: Page
) -> None:
    stages.document("Guide to walls")
    page = stage.page([], title="Empty")
    edit(editor, live_server.url, page)
    editor.get_by_role("button", name="Insert a block").first.click()
    editor.get_by_role("option", name="Lead form", exact=True).click()
    editor.get_by_label("Heading").first.fill("A guide")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("has been updated").first).to_be_visible()
    assert not FormPlacement.objects.exists()

    choose(editor, "Choose a document", "Guide to walls")
    editor.get_by_role("button", name="Add", exact=True).first.click()
    choose(editor, "Choose purpose", "Newsletter")
    look(editor, "editor-filled")
    press(editor, "Publish")
    expect(editor.get_by_text("has been published").first).to_be_visible()
    placed = FormPlacement.objects.get(page_id=page.pk)
    assert placed.form.content["promise"]["title"] == "Guide to walls"

    edit(editor, live_server.url, page)
    expect(editor.get_by_text("Guide to walls").first).to_be_visible()
    expect(editor.get_by_text("Newsletter").first).to_be_visible()


def test_publishing_is_refused_with_the_error_at_its_field(
    stage: Stage, live_server: Any, editor: Page
) -> None:
    """Promise 1: the editor is told which and where."""
    page = stage.article(stage.guide(), publish=False)
    page.save_revision()
    stage.privacy.unpublish()
    stage.purpose.wordings.all().delete()
    edit(editor, live_server.url, page)
    press(editor, "Publish")
    expect(editor.get_by_text("could not be saved").first).to_be_visible()
    privacy = editor.locator("[data-contentpath=privacy_page]")
    expect(privacy).to_contain_text("There is no published privacy policy")
    purpose = editor.locator("[data-contentpath=purpose]")
    expect(purpose).to_contain_text("It has no published wording in English")
    look(editor, "editor-refused")
    page.refresh_from_db()
    assert not page.live


def test_the_picker_shows_what_the_block_is(
    stage: Stage, live_server: Any, editor: Page
) -> None:
    page = stage.page([], title="Empty")
    edit(editor, live_server.url, page)
    editor.get_by_role("button", name="Insert a block").first.click()
    editor.get_by_role("button", name="Preview", exact=True).first.click()
    preview = editor.frame_locator("iframe[src*=block]")
    expect(preview.get_by_role("button", name="Send me the guide")).to_be_visible()
    look(editor, "editor-picker")
