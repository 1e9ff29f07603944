"""The report of forms that are closed, for those who can open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission

from tests.optin.stage import Stage
from wagtail_consent.optin.publishing.place import page_model

URL = "/admin/reports/closed-lead-forms/"


def user(name: str, **more: Any) -> Client:
    made = get_user_model().objects.create_user(
        name, f"{name}@example.com", "x", is_active=True, **more
    )
    client = Client()
    client.force_login(made)
    return client


@pytest.fixture
def admin(db: None) -> Client:
    return user("admin", is_superuser=True, is_staff=True)


def test_closed_forms_are_listed_with_their_reason(stage: Stage, admin: Client) -> None:
    page = stage.article({"heading": "x"}, title="For nothing")
    stage.article(stage.guide(), title="All is well")
    html = admin.get(URL).content.decode()
    assert "For nothing" in html
    assert "Add a purpose that people sign up for" in html
    assert f"/admin/pages/{page.pk}/edit/" in html
    assert "All is well" not in html


def test_pages_that_went_live_by_themselves_are_listed(
    stage: Stage, admin: Client
) -> None:
    page = stage.article(stage.guide(), title="Out of a fixture", publish=False)
    page.live = True
    page.save()
    html = admin.get(URL).content.decode()
    assert "Out of a fixture" in html
    assert "It went live without being published." in html


def test_drafts_are_not_listed(stage: Stage, admin: Client) -> None:
    page = stage.article({"heading": "x"}, title="Taken down")
    page.unpublish()
    assert "Taken down" not in admin.get(URL).content.decode()


def test_nothing_to_do_is_said(stage: Stage, admin: Client) -> None:
    assert "Every lead form is open." in admin.get(URL).content.decode()


def test_results_and_spreadsheet_agree(stage: Stage, admin: Client) -> None:
    stage.article({"heading": "x"}, title="For nothing")
    assert "For nothing" in admin.get(f"{URL}results/").content.decode()
    export = b"".join(admin.get(f"{URL}?export=csv").streaming_content).decode()
    assert "For nothing,Add a purpose" in export.replace('"', "")


def test_editors_see_the_pages_that_they_may_edit(stage: Stage) -> None:
    """Promise 22."""
    mine = stage.page([], title="Mine")
    stage.article({"heading": "x"}, title="My form", parent=mine)
    stage.article({"heading": "x"}, title="Another's form")
    group = Group.objects.create(name="Mine")
    names = page_model()._meta
    change = Permission.objects.get(
        content_type__app_label=names.app_label,
        codename=f"change_{names.model_name}",
    )
    GroupPagePermission.objects.create(group=group, page=mine, permission=change)
    access = Permission.objects.get(codename="access_admin")
    group.permissions.add(access)
    client = user("editor")
    get_user_model().objects.get(username="editor").groups.add(group)
    html = client.get(URL).content.decode()
    assert "My form" in html
    assert "Another" not in html


def test_others_do_not_get_in(stage: Stage) -> None:
    assert Client().get(URL).status_code == 302
