"""Editors are told of embeds that never load; pages say what they bring."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.template import Context, Template
from django.test import Client
from playwright.sync_api import Page, expect
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import Site

from tests.cookies import world
from tests.testapp.models import ArticlePage
from wagtail_consent.cookies.admin import content_checks, page_services
from wagtail_consent.cookies.blocks import CookieTableBlock
from wagtail_consent.cookies.gate import place

pytestmark = pytest.mark.django_db

UNKNOWN = '<div class="sc-embed" data-sc-unknown><p>A film</p></div>'

KNOWN = UNKNOWN.replace("-unknown", "-embed")


@pytest.fixture
def panel(rf: Any) -> dict[str, Any]:
    """What the page editor's checks panel runs."""
    request = rf.get("/")
    request.user = get_user_model()(is_superuser=True)
    article = ArticlePage(title="A")
    return ChecksSidePanel(article, request).get_axe_configuration()


def test_the_checks_panel_runs_the_rule(panel: dict[str, Any]) -> None:
    assert content_checks.RULE in panel["options"]["runOnly"]
    assert panel["messages"][content_checks.RULE]["error_name"]
    assert json.dumps(panel["spec"])


def test_wagtails_own_rules_stay(panel: dict[str, Any]) -> None:
    assert {"empty-heading", "alt-text-quality"} <= set(panel["options"]["runOnly"])
    assert content_checks.RULE not in ContentCheckerItem.axe_run_only
    assert content_checks.RULE not in ContentCheckerItem.axe_messages


def test_a_choice_by_tags_stays_one(rf: Any) -> None:
    item = ContentCheckerItem()
    item.axe_run_only = ["wcag2a", "best-practice"]
    content_checks.add(rf.get("/"), [item], None)
    assert item.get_axe_run_only(None) == ["wcag2a", "best-practice"]


@pytest.mark.browser
@pytest.mark.parametrize(("html", "found"), [(UNKNOWN, 1), (KNOWN, 0)])
def test_axe_finds_unknown_embeds_and_no_others(
    page: Page, panel: dict[str, Any], html: str, found: int
) -> None:
    rules = [it for it in panel["spec"]["rules"] if it["id"] == content_checks.RULE]
    page.set_content(f"<main>{html}</main>")
    page.evaluate(Axe().axe_script)
    page.evaluate("(rules) => axe.configure({rules})", rules)
    options = {"runOnly": [content_checks.RULE]}
    results = page.evaluate("(options) => axe.run(document, options)", options)
    assert len(results["violations"]) == found


@pytest.fixture
def site() -> Site:
    return world.site(hostname="www.oldtown.example")


def table(**context: Any) -> str:
    template = "{% load consent_cookies %}{% consent_table %}"
    return Template(template).render(Context(context))


def test_the_table_says_who_stores_what_and_how_long(site: Site) -> None:
    stored = ["_figures", {"name": "<b>", "kind": "local", "domain": "x.example"}]
    world.service(stored=stored, hosts="figures.example")
    html = table()
    for text in ("Statistics", "Figures Ltd", "Ireland", "figures.example"):
        assert text in html
    assert "<td>cookie</td><td>this site</td><td>2 years</td>" in html
    assert "&lt;b&gt;</th><td>local storage</td><td>x.example</td>" in html
    assert '<a href="/consent/site-choice/en/" data-sc-open>' in html


def test_the_table_is_todays(site: Site) -> None:
    figures = world.service()
    assert "Figures" in table()
    figures.unpublish()
    world.offer.forget()
    assert "no third-party services" in table()


def test_the_block_prints_the_same(site: Site, rf: Any) -> None:
    world.service(stored=["_figures"])
    block = CookieTableBlock()
    request = rf.get("/")
    assert block.render(None, {"request": request}) == table() == block.render(None)


def test_the_table_is_the_same_for_everybody(site: Site, rf: Any) -> None:
    world.service(stored=["_figures"])
    cookie = {"cookie": "site-choice=1.00000000.x.figures...."}
    assert table(request=rf.get("/", headers=cookie)) == table()


def test_the_userbar_lists_what_the_page_brings(site: Site, rf: Any) -> None:
    world.service(name="Figures & Co")
    world.service("films", "media")
    request = rf.get("/")
    request.user = get_user_model()(is_superuser=True)
    place.serving(None, request)
    source = "{% load consent_cookies %}{% consent_script 'figures' %}x"
    source += "{% endconsent_script %}"
    Template(source).render(Context({"request": request}))
    items: list[Any] = []
    page_services.add(request, items, None)
    html = items[0].render_html(Context({"request": request}))
    assert "Figures &amp; Co</a>" in html and "Films" not in html
    assert "/admin/snippets/wagtail_consent_cookies/service/" in html
    place.forget()


def test_a_page_that_brings_nothing_has_no_such_item(rf: Any) -> None:
    items: list[Any] = []
    page_services.add(rf.get("/"), items, None)
    assert items == []


@pytest.fixture
def with_userbar(settings: Any, tmp_path: Any) -> None:
    """The checker runs inside a page's preview, and comes there with the userbar."""
    folder = tmp_path / "testapp"
    folder.mkdir()
    body = "{% include_block page.body %}{% wagtailuserbar %}"
    text = "{% load wagtailcore_tags wagtailuserbar %}<title>A</title>" + body
    (folder / "article_page.html").write_text(f"<!doctype html>{text}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_editor_shows_it_beside_the_page(
    live_server: Any, page: Page, with_userbar: None
) -> None:
    url = "https://films.example/watch?v=1"
    html = "<iframe src='https://player.films.example/1'></iframe>"
    Embed.objects.create(url=url, hash=get_embed_hash(url), html=html, type="video")
    home = world.site().root_page
    text = f'<p>A</p><embed embedtype="media" url="{url}"/>'
    article = ArticlePage(title="A", body=json.dumps([block("paragraph", text)]))
    home.add_child(instance=article)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ed", "e@x.org", "x"))
    session = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/admin/pages/{article.pk}/edit/")
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.get_by_text("Embed of an unknown company")).to_be_visible()


def block(kind: str, value: str) -> dict[str, str]:
    return {"type": kind, "value": value}
