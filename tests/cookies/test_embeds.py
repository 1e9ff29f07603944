"""Embeds wait, by whichever of Wagtail's ways they come into a page."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation
from wagtail.embeds import blocks, format
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.embeds.rich_text import MediaEmbedHandler
from wagtail.embeds.templatetags import wagtailembeds_tags
from wagtail.models import Site
from wagtail.rich_text import RichText, features

from tests.cookies import world
from tests.testapp.models import ArticlePage
from wagtail_consent.cookies.gate import checks, place

pytestmark = pytest.mark.django_db

URL = "https://video.example/watch?v=1"
HTML = '<iframe src="https://player.video.example/1" title="Film"></iframe>'


def embed(url=URL, html=HTML, max_width=None, **values):
    """What Wagtail remembers of a provider's answer."""
    values = {"type": "video", "title": "The film", "html": html} | values
    hashed = get_embed_hash(url, max_width)
    return Embed.objects.create(url=url, max_width=max_width, hash=hashed, **values)


@pytest.fixture(autouse=True)
def no_page():
    place.forget()
    yield
    place.forget()


@pytest.fixture
def site():
    return world.site(hostname="www.oldtown.example")


@pytest.fixture
def video(site):
    return world.service(
        "video",
        "media",
        name="Video",
        hosts="player.video.example",
        provider=world.provider("Films & Co", country="IE"),
    )


def by_block(url=URL):
    return str(blocks.EmbedBlock().to_python(url))


def by_tag(url=URL):
    template = "{% load wagtailembeds_tags %}{% embed url %}"
    return Template(template).render(Context({"url": url}))


def by_rich_text(url=URL):
    return str(RichText(f'<p>A</p><embed embedtype="media" url="{url}"/>'))


WAYS = [by_block, by_tag, by_rich_text]


def before_consent(html):
    """Return what is live in the markup: all but what waits in templates."""
    return "".join(
        part.partition("</template>")[2]
        for part in f"</template>{html}".split("<template")
    )


@pytest.mark.parametrize("way", WAYS)
def test_an_embed_waits_for_its_service(way, video):
    embed()
    html = way()
    assert 'data-sc-embed="video"' in html
    assert "<template><" in html.replace("\n", "").replace("    ", "")
    assert 'src="https://player.video.example/1"' in html
    assert "iframe" not in before_consent(html)


@pytest.mark.parametrize("way", WAYS)
def test_the_placeholder_says_what_it_is_and_who_sends_it(way, video):
    embed(title="A <b>bold</b> film")
    html = before_consent(way())
    assert "A &lt;b&gt;bold&lt;/b&gt; film" in html
    assert "Video (Films &amp; Co, Ireland)" in html
    assert f'<a href="{URL}" rel="noreferrer">' in html
    assert "Always load Video" in html and "Load once" in html


@pytest.mark.parametrize("way", WAYS)
def test_an_unknown_host_gets_a_link_and_nothing_else(way, video):
    embed(html='<iframe src="https://other.example/1"></iframe>')
    html = way()
    assert "data-sc-unknown" in html and f'href="{URL}"' in html
    assert "iframe" not in html and "<button" not in html and "<template" not in html


@pytest.mark.parametrize("way", WAYS)
def test_a_service_that_is_switched_off_is_unknown(way, video):
    embed()
    video.unpublish()
    world.offer.forget()
    assert "data-sc-unknown" in way()


def test_a_service_of_another_site_is_unknown_here(site):
    root = site.root_page
    other = Site.objects.create(hostname="other.example", port=80, root_page=root)
    world.service("video", "media", hosts="player.video.example", sites=[other])
    embed()
    assert "data-sc-unknown" in by_block()


def test_the_site_is_the_one_whose_page_is_served(site, rf):
    root = site.root_page
    other = Site.objects.create(hostname="other.example", port=80, root_page=root)
    world.service("video", "media", hosts="player.video.example", sites=[other])
    embed()
    place.serving(None, rf.get("/", headers={"host": "other.example"}))
    assert 'data-sc-embed="video"' in by_block()


def test_a_served_page_knows_its_site_and_forgets_it(site, client):
    """Wagtail renders rich text without a request."""
    world.service("video", "media", hosts="player.video.example", sites=[site])
    embed()
    text = f'<embed embedtype="media" url="{URL}"/>'
    body = json.dumps([{"type": "paragraph", "value": text}])
    site.root_page.add_child(instance=ArticlePage(title="A", slug="a", body=body))
    home = site.root_page
    Site.objects.create(hostname="other.example", port=80, root_page=home)
    here = client.get("/en/a/", headers={"host": "www.oldtown.example"})
    other = client.get("/en/a/", headers={"host": "other.example"})
    assert 'data-sc-embed="video"' in here.text
    assert "data-sc-unknown" in other.text
    assert "cookie" not in here.headers.get("Vary", "").lower() and not here.cookies
    assert 'data-sc-embed="video"' in by_block()


@pytest.mark.parametrize("way", WAYS)
def test_what_a_necessary_service_sends_is_there_at_once(way, site):
    world.service("own", "necessary", hosts="player.video.example")
    embed()
    assert "<iframe" in before_consent(way())


@pytest.mark.parametrize("way", WAYS)
def test_what_the_site_sends_itself_is_there_at_once(way, site):
    embed(html='<video src="https://www.oldtown.example/film.mp4"></video>')
    assert "<video" in before_consent(way())


def test_code_of_unknown_origin_waits_though_it_loads_nothing_by_itself(site):
    embed(html="<div id=film></div><script>load()</script>")
    html = by_tag()
    assert "data-sc-unknown" in html and "load()" not in html


def test_an_embed_of_two_services_is_no_single_ones(video):
    world.service("figures", hosts="figures.example")
    embed(html=HTML + "<img src=https://figures.example/pixel>")
    assert "data-sc-unknown" in by_block()


@pytest.mark.parametrize("way", WAYS)
def test_hostile_markup_gets_out_nowhere(way, video):
    embed(html=f"{HTML}</template><script src=https://player.video.example/x></script>")
    assert "<script" not in before_consent(way())
    Embed.objects.update(html=f"{HTML}<svg><style></template><img src=x></style></svg>")
    assert "data-sc-unknown" in way() and "<img" not in way()


def test_a_hostile_address_is_no_link(video):
    embed("javascript:alert(1)")
    assert "javascript:" not in by_block("javascript:alert(1)")


def test_a_provider_that_is_down_leaves_the_page_whole(video, settings):
    settings.WAGTAILEMBEDS_FINDERS = []
    assert by_block() == by_tag() == ""
    assert by_rich_text() == "<p>A</p>"


def test_the_editors_own_view_of_an_embed_is_left_alone(video):
    embed()
    assert format.embed_to_editor_html(URL) == render_to_string(
        "wagtailembeds/embed_editor.html", {"embed": Embed.objects.get()}
    )


def test_the_placeholder_speaks_the_pages_language(video):
    embed()
    with translation.override("de"):
        assert "Irland" in by_block()


def test_many_embeds_read_the_offer_once(video, rf, django_assert_num_queries):
    embed()
    request = rf.get("/", headers={"host": "www.oldtown.example"})
    place.serving(None, request)
    by_block()
    with django_assert_num_queries(1):  # Wagtail's own, for the embed.
        assert "data-sc-embed" in by_block()


def test_a_width_is_passed_on(video):
    embed(html='<iframe src="https://player.video.example/w"></iframe>', max_width=500)
    template = "{% load wagtailembeds_tags %}{% embed url 500 %}"
    html = Template(template).render(Context({"url": URL}))
    assert "https://player.video.example/w" in html


def test_a_sites_own_template_goes_on_to_be_used(video, settings, tmp_path):
    folder = tmp_path / "wagtailembeds"
    folder.mkdir()
    (folder / "embed_frontend.html").write_text(
        "<figure>{{ embed.html|safe }}</figure>"
    )
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    embed()
    html = by_block()
    assert "<figure><iframe" in html
    assert "<figure" not in before_consent(html)


def test_a_name_that_others_have_already_waits_too(video):
    from wagtail.embeds.blocks import embed_to_frontend_html as taken_before

    embed()
    assert "iframe" not in before_consent(taken_before(URL))


def ids():
    found = run_checks(tags=["security"])
    return {it.id for it in found if it.id.startswith(checks.LABEL)}


def test_the_checks_are_quiet_while_the_gate_stands():
    assert not ids()


def test_a_check_says_that_another_app_renders_embeds(monkeypatch):
    monkeypatch.setattr(format, "render_to_string", render_to_string)
    assert ids() == {"wagtail_consent_cookies.W001"}


def test_a_check_says_that_another_app_took_the_blocks_function(monkeypatch):
    monkeypatch.setattr(blocks, "embed_to_frontend_html", lambda url: "")
    assert ids() == {"wagtail_consent_cookies.W001"}


def test_a_check_says_that_another_app_has_the_tag(monkeypatch):
    monkeypatch.setitem(wagtailembeds_tags.register.tags, "embed", str)
    assert ids() == {"wagtail_consent_cookies.W002"}


def test_a_check_says_that_a_library_stands_before_wagtails(settings):
    options = settings.TEMPLATES[0]["OPTIONS"]
    libraries = {"wagtailembeds_tags": "django.templatetags.static"}
    shadowed = settings.TEMPLATES[0] | {"OPTIONS": options | {"libraries": libraries}}
    with override_settings(TEMPLATES=[shadowed]):
        assert ids() == {"wagtail_consent_cookies.W002"}


def test_a_check_says_that_rich_text_goes_another_way(monkeypatch):
    class Own(MediaEmbedHandler):
        @staticmethod
        def expand_db_attributes(attrs):
            return ""

    monkeypatch.setitem(features.embed_types, "media", Own)
    assert ids() == {"wagtail_consent_cookies.W003"}


ORDER = """
import django, sys
from django.conf import settings
from tests import settings as base
names = {name: getattr(base, name) for name in dir(base) if name.isupper()}
apps = [it for it in base.INSTALLED_APPS if it != "wagtail_consent.cookies"]
at = {"first": 0, "last": len(apps)}[sys.argv[1]]
names["INSTALLED_APPS"] = [*apps[:at], "wagtail_consent.cookies", *apps[at:]]
settings.configure(**names)
django.setup()
from django.core.checks import run_checks
from django.template import engines
from wagtail.embeds import format
from wagtail_consent.cookies.gate import embeds
found = [it.id for it in run_checks() if "_cookies.W" in it.id]
tag = engines["django"].engine.template_libraries["wagtailembeds_tags"].tags["embed"]
print(format.render_to_string is embeds.rendered, tag.__wrapped__ is embeds.tag, found)
"""


@pytest.mark.parametrize("order", ["first", "last"])
def test_the_order_of_apps_does_not_matter(order):
    root = Path(__file__).parents[2]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ORDER, order],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "True True []"
