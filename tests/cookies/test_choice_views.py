"""The privacy settings: a plain form that any visitor can use, and nobody else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.urls import path

from tests import urls as site_urls
from tests.cookies import world
from tests.cookies.visitor import JSON, Visitor
from wagtail_consent.cookies import views
from wagtail_consent.cookies.choice import cookie
from wagtail_consent.cookies.models import BannerRevision, Choice, Source

pytestmark = pytest.mark.django_db
ID, SECRET = "ab" * 16, "cd" * 16


@pytest.fixture
def visitor() -> Visitor:
    world.service("login", "necessary", stored=["sessionid"])
    world.service("figures", stored=["_fig", "_fig_*"])
    world.service("clips", "media", stored=["_clip"])
    return Visitor(world.site())


def the_choice() -> Choice:
    return Choice.objects.get()


# What is shown.


def ticked(response: Any) -> set[str]:
    """Returns the values of the boxes that are ticked."""
    html = response.content.decode()
    boxes = re.findall(r'<input type="checkbox"[^>]*>', html)
    return {re.search(r'value="([^"]+)"', it)[1] for it in boxes if "checked" in it}


def test_all_is_told_before_the_choice(visitor: Visitor) -> None:
    html = visitor.get().content.decode()
    for words in [
        "Figures",
        "figures counts visits.",
        "Figures Ltd, Ireland",
        "https://figures.example/privacy",
        "_fig_*",
        "2 years",
        "Ann &amp; Bob&#x27;s Ltd",
        "Always on",
    ]:
        assert words in html


def test_no_box_is_ticked_and_none_is_there_for_what_is_necessary(
    visitor: Visitor,
) -> None:
    response = visitor.get()
    assert not ticked(response)
    assert b'value="login"' not in response.content


def test_rejecting_is_a_button_like_accepting(visitor: Visitor) -> None:
    """EDPB Cookie Banner Taskforce; CNIL."""
    html = visitor.get().content.decode()
    buttons = re.findall(
        r'<button class="(.+?)" type="submit" name="choice" value', html
    )
    assert buttons == ["sc-button"] * 3


def test_the_page_speaks_the_languages_of_its_address(visitor: Visitor) -> None:
    visitor.language = "de"
    response = visitor.get()
    assert response["Content-Language"] == "de"
    assert "figures zählt Besuche." in response.content.decode()


def test_a_language_that_is_not_spoken_shows_the_default_one(visitor: Visitor) -> None:
    visitor.language = "tlh"
    response = visitor.get()
    assert response["Content-Language"] == "en"
    assert b'action="/consent/site-choice/en/"' in response.content


def test_the_form_alone_for_the_dialog(visitor: Visitor) -> None:
    html = visitor.get("?part=form").content.decode().strip()
    assert html.startswith('<form class="sc-form"') and html.endswith("</form>")


def test_by_categories_there_is_a_box_for_each(visitor: Visitor) -> None:
    world.settings(visitor.site, granularity="categories")
    html = visitor.get().content.decode()
    assert re.findall(r'name="(\w+)" value="(\w+)">', html)
    assert 'name="service"' not in html
    visitor.choose("some", category="media")
    assert the_choice().granted == ["clips"]
    assert ticked(visitor.get()) == {"media"}


def test_nothing_that_an_editor_writes_is_markup(visitor: Visitor) -> None:
    world.service("evil", name="<script>x</script>", stored=["<b>*"])
    html = visitor.get().content.decode()
    assert "<script" not in html and "<b>" not in html


def test_nothing_inline_and_nothing_from_elsewhere(visitor: Visitor) -> None:
    """Promise 16: a strict CSP passes."""
    html = visitor.get().content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|src=", html)


def test_nobody_keeps_the_page(visitor: Visitor) -> None:
    for response in [visitor.get(), visitor.choose("none")]:
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_changes_nothing(visitor: Visitor, method: str) -> None:
    """Promise 3."""
    before = BannerRevision.objects.count()
    for ending in ["", "?choice=all", "?part=form&saved", "receipt/", "forget/"]:
        response = visitor.request(method, visitor.url + ending, {}, {"sec-gpc": "1"})
        assert not response.cookies
    assert not Choice.objects.exists()
    assert BannerRevision.objects.count() == before


# What is chosen.


def test_accept_all(visitor: Visitor) -> None:
    response = visitor.choose("all", page="/en/guide/?utm_id=7#part")
    assert (response.status_code, response["Location"]) == (303, visitor.url + "?saved")
    choice = the_choice()
    assert (choice.granted, choice.refused) == (["figures", "clips"], [])
    assert (choice.source, choice.page) == (Source.PLAIN, "/en/guide/")
    assert choice.revision.digest == visitor.offer.digest
    note = visitor.note
    assert note and note.granted == ("figures", "clips") and note.logged
    assert note.reference == choice.reference.hex
    assert note.material == visitor.offer.material


def test_reject_all_makes_nobody_known(visitor: Visitor) -> None:
    visitor.choose("none")
    choice = the_choice()
    assert (choice.reference, choice.secret_digest) == (None, "")
    assert choice.refused == ["figures", "clips"]
    note = visitor.note
    assert note and note.logged and not note.reference and not note.secret


def test_single_services(visitor: Visitor) -> None:
    visitor.choose("some", "clips", "login", "nobody")
    assert (the_choice().granted, the_choice().refused) == (["clips"], ["figures"])
    assert ticked(visitor.get()) == {"clips"}


def test_saving_without_a_box_refuses(visitor: Visitor) -> None:
    visitor.choose("some")
    assert the_choice().granted == []


def test_what_was_chosen_is_shown(visitor: Visitor) -> None:
    visitor.choose("all")
    html = visitor.get("?saved").content.decode()
    assert "Your choice is saved" in html
    assert visitor.note and visitor.note.reference in html
    assert visitor.note.secret not in html


def test_a_browser_without_cookies_is_told(visitor: Visitor) -> None:
    assert "kept no cookie" in visitor.get("?saved").content.decode()


def test_the_script_is_answered_in_json(visitor: Visitor) -> None:
    response = visitor.choose("all", source="banner", headers=JSON)
    assert response.json()["logged"] is True
    assert cookie.parse(response.json()["cookie"], time.time(), 182) == visitor.note
    assert the_choice().source == Source.BANNER


def test_the_cookie_is_a_plain_one_of_this_site(visitor: Visitor) -> None:
    morsel = visitor.choose("all").cookies["site-choice"]
    assert (morsel["path"], morsel["samesite"], morsel["domain"]) == ("/", "Lax", "")
    assert morsel["max-age"] == 182 * 86400
    assert not morsel["secure"] and not morsel["httponly"]


def test_over_https_the_cookie_stays_there(visitor: Visitor) -> None:
    sent = {"choice": "none"}
    response = visitor.client.post(visitor.url, sent, secure=True)
    assert all(morsel["secure"] for morsel in response.cookies.values())


@pytest.mark.parametrize(
    ("target", "is_ours"),
    [
        ("/en/guide/", True),
        ("", False),
        ("en/", False),
        ("//evil.example/", False),
        ("/\\evil.example/", False),
        ("///evil.example", False),
        ("https://evil.example/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_it_leads_back_to_this_site_alone(
    visitor: Visitor, target: str, is_ours: bool
) -> None:
    response = visitor.choose("none", next=target)
    expected = target if is_ours else visitor.url + "?saved"
    assert response["Location"] == expected


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("/en/?q=ann@example.org", "/en/"),
        ("https://other.example/en/", "/en/"),
        ("en/", ""),
        ("/" + "x" * 300, "/" + "x" * 254),
        ("/a\x00b", ""),
        ("http://[", ""),
    ],
)
def test_of_the_page_the_path_alone_is_kept(
    visitor: Visitor, page: str, kept: str
) -> None:
    visitor.choose("none", page=page)
    assert the_choice().page == kept


@pytest.mark.parametrize("word", ["", "yes", "ALL"])
def test_no_word_is_no_choice(visitor: Visitor, word: str) -> None:
    response = visitor.choose(word)
    assert response.status_code == 400
    assert not response.cookies and not Choice.objects.exists()


def test_an_unknown_source_is_a_plain_form(visitor: Visitor) -> None:
    visitor.choose("none", source="x" * 50)
    assert the_choice().source == Source.PLAIN


# At an embed.


def test_at_an_embed_nobody_is_asked_about_the_rest(visitor: Visitor) -> None:
    visitor.choose("some", "clips", source="embed", headers=JSON)
    assert (the_choice().granted, the_choice().refused) == (["clips"], [])
    visitor.choose("all", "clips", source="embed", headers=JSON)
    assert visitor.note and visitor.note.granted == ("clips",)


def test_all_is_no_more_than_what_the_script_names(visitor: Visitor) -> None:
    """Sent once more after an embed was allowed, with nothing refused."""
    visitor.choose("all", "clips", source="banner", headers=JSON)
    assert (the_choice().granted, the_choice().refused) == (["clips"], [])


def test_what_the_script_left_undecided_stays_so(visitor: Visitor) -> None:
    """The same, with something refused before: its note tells what."""
    world.service("ads", "marketing")
    material, now = visitor.offer.material, cookie.base36(int(time.time()))
    visitor.note = f"1.{material}.{now}.clips.figures...0"
    visitor.choose("some", "clips", source="settings", headers=JSON)
    assert (the_choice().granted, the_choice().refused) == (["clips"], ["figures"])


def test_the_forms_accept_all_takes_no_notice_of_boxes(visitor: Visitor) -> None:
    visitor.choose("all", "clips")
    assert the_choice().granted == ["figures", "clips"]


# What was shown.


def test_a_page_from_before_a_service_came_allows_what_stood_there(
    visitor: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    visitor.choose("none")
    old = visitor.offer
    world.service("ads", "marketing")
    visitor.choose("all", revision=old.digest)
    choice = Choice.objects.latest("pk")
    assert choice.granted == ["figures", "clips"]
    assert choice.revision.digest == old.digest
    note = visitor.note
    assert note and note.material == old.material != visitor.offer.material
    html = visitor.get().content.decode()
    assert html.count('class="sc-new"') == 1


@pytest.mark.parametrize("digest", ["", "0" * 64, "' OR 1=1", "x" * 5000])
def test_consent_to_a_banner_that_nobody_knows_is_none(
    visitor: Visitor, digest: str
) -> None:
    for word in ("all", "some"):
        response = visitor.choose(word, "clips", revision=digest)
        assert response.status_code == 409
        assert "changed meanwhile" in response.content.decode()
        assert not response.cookies
        assert visitor.choose(word, revision=digest, headers=JSON).status_code == 409
    assert not Choice.objects.exists()


def test_refusing_needs_no_banner(visitor: Visitor) -> None:
    visitor.choose("none", revision="")
    assert the_choice().refused == ["figures", "clips"]


def test_another_sites_banner_proves_nothing_here(visitor: Visitor) -> None:
    other = visitor.offer
    foreign = BannerRevision.digest_of("http://other", "en", other.body)
    BannerRevision.objects.create(
        digest=foreign,
        material=other.material,
        site="http://other",
        language="en",
        body=other.body,
    )
    assert visitor.choose("all", revision=foreign).status_code == 409


def test_a_service_that_is_gone_is_not_allowed(visitor: Visitor) -> None:
    visitor.choose("all")
    old = visitor.offer.digest
    world.Service.objects.get(key="clips").unpublish()
    world.offer.forget()
    visitor.choose("some", "figures", "clips", revision=old)
    note = visitor.note
    assert note and (note.granted, note.refused) == (("figures",), ())


def test_a_renamed_service_is_a_new_one(visitor: Visitor) -> None:
    visitor.choose("all")
    world.Service.objects.filter(key="clips").update(key="films")
    world.offer.forget()
    assert ticked(visitor.get()) == {"figures"}


# Notes that count for nothing.


@pytest.mark.parametrize(
    "text",
    [
        "1.16410ba8.zzzzzz.figures~clips....1",
        "1.16410ba8.1.figures~clips....1",
        "1.16410ba8",
        "x" * 4000,
        "1.16410ba8." + "~".join(["figures"] * 500),
        '"><script>',
        "%00",
        "\\\\",
    ],
)
def test_what_no_choice_wrote_is_no_choice(visitor: Visitor, text: str) -> None:
    visitor.note = text
    response = visitor.get()
    assert not ticked(response)
    assert "You haven’t chosen yet" in response.content.decode()
    assert visitor.choose("none", headers=JSON).json()["logged"] is True


# Whose reference it is.


def test_choosing_again_goes_on_under_the_same_reference(visitor: Visitor) -> None:
    visitor.choose("all")
    visitor.choose("some", "clips")
    first, second = Choice.objects.order_by("pk")
    assert first.reference == second.reference
    assert visitor.note and visitor.note.reference == first.reference.hex


@pytest.mark.parametrize("secret", ["", SECRET, "x" * 32])
def test_somebody_elses_reference_gives_a_fresh_one(
    visitor: Visitor, secret: str
) -> None:
    visitor.choose("all")
    stolen = visitor.note.reference
    thief = Visitor(visitor.site)
    response = thief.choose("all", reference=stolen, secret=secret, headers=JSON)
    assert response.status_code == 200
    assert thief.note and thief.note.reference not in ("", stolen)
    assert thief.note.secret != secret


@pytest.mark.parametrize("reference", ["x", "../..", "0" * 33, "\x00" * 32])
def test_a_forged_reference_gives_a_fresh_one(visitor: Visitor, reference: str) -> None:
    visitor.choose("all", reference=reference, secret=SECRET)
    assert the_choice().reference.hex != reference


def test_a_withdrawal_ends_the_reference(visitor: Visitor) -> None:
    visitor.choose("all")
    reference = visitor.note.reference
    visitor.choose("none")
    last = Choice.objects.latest("pk")
    assert last.reference.hex == reference and last.granted == []
    assert not visitor.note.reference and not visitor.note.secret


# Withdrawal deletes.


def lay(visitor: Visitor, *names: str) -> None:
    visitor.jar |= {(name, "", "/"): "1" for name in names}


def names(visitor: Visitor) -> set[str]:
    return {name for name, *_ in visitor.jar}


def test_a_refused_services_cookies_are_deleted(visitor: Visitor) -> None:
    """`HttpOnly` ones too: it is the server that deletes them."""
    lay(visitor, "_fig", "_fig_A1", "_clip", "basket")
    visitor.choose("some", "clips")
    assert names(visitor) == {"site-choice", "_clip", "basket"}


def test_the_sites_own_cookies_stay(visitor: Visitor, settings: Any) -> None:
    settings.SESSION_COOKIE_NAME = "shop_session"
    own = ["shop_session", "sessionid", "csrftoken", "django_language", "messages"]
    world.service("evil", "marketing", stored=own)
    lay(visitor, *own)
    visitor.choose("none")
    # A necessary service declares `sessionid`, which is no longer Django's.
    assert names(visitor) == {"site-choice", *own}


def test_they_go_from_all_domains_and_paths(visitor: Visitor) -> None:
    visitor.jar |= {
        ("_fig", "", "/"): "1",
        ("_fig", "example.com", "/"): "2",
        ("_fig", "www.example.com", "/en/blog/"): "3",
    }
    visitor.choose("none", page="/en/blog/", headers={"host": "www.example.com"})
    assert names(visitor) == {"site-choice"}


def test_a_change_of_domain_leaves_one_note(visitor: Visitor) -> None:
    host = {"host": "www.example.com"}
    for domain in ["", "example.com", "www.example.com", "other.example", ""]:
        world.settings(visitor.site, cookie_domain=domain)
        visitor.choose("all", headers=host)
        [place] = [it for it in visitor.jar if it[0] == "site-choice"]
        assert place[1] == ("" if domain == "other.example" else domain)


# Who is turned away.


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_foreign_pages_choose_for_nobody(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    for ending in ["", "receipt/", "forget/"]:
        response = visitor.post(ending, choice="none", headers=headers)
        assert response.status_code == 403
        assert not response.cookies
    answer = visitor.choose("none", headers=headers | JSON)
    assert answer.json() == {"logged": False, "error": "foreign"}
    assert not Choice.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x" * 40_000, "application/x-www-form-urlencoded", 413),
        (b"no boundary", "multipart/form-data", 400),
        (b"&".join([b"a=1"] * 2000), "application/x-www-form-urlencoded", 400),
        (b"%ff%fe=%00&&&===", "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_broken_body_is_no_error_of_ours(
    visitor: Visitor, body: bytes, kind: str, status: int
) -> None:
    response = visitor.client.generic("POST", visitor.url, body, kind)
    assert response.status_code == status
    assert not Choice.objects.exists()


def test_no_csrf_token_is_asked_for(visitor: Visitor) -> None:
    from django.test import Client

    visitor.client = Client(enforce_csrf_checks=True)
    assert visitor.choose("none").status_code == 303


def test_a_log_in_changes_nothing_and_no_session_begins(
    visitor: Visitor, admin_user: Any
) -> None:
    visitor.client.force_login(admin_user)
    response = visitor.client.get(visitor.url)
    assert not response.cookies and "Cookie" not in response.get("Vary", "")


# The log is away, or flooded: the choice counts all the same.


def limit(settings: Any, number: int) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {"CHOICES_PER_HOUR": number}


def test_a_flood_is_not_logged_and_still_heard(visitor: Visitor, settings: Any) -> None:
    limit(settings, 2)
    lay(visitor, "_fig")
    answers = [visitor.choose("none", headers=JSON) for _ in range(3)]
    assert [it.status_code for it in answers] == [200, 200, 429]
    assert answers[2].json()["logged"] is False
    assert Choice.objects.count() == 2
    assert visitor.note and visitor.note.refused and not visitor.note.logged
    assert visitor.choose("all").status_code == 303
    assert visitor.note.granted and not visitor.note.reference


def test_zero_turns_the_limit_off(visitor: Visitor, settings: Any) -> None:
    limit(settings, 0)
    assert {visitor.choose("none").status_code for _ in range(5)} == {303}
    assert Choice.objects.count() == 5


@pytest.fixture
def no_log() -> Iterator[None]:
    """The log's table can't be written."""

    def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT") and Choice._meta.db_table in sql:
            raise OperationalError("The database is read-only.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        yield


@pytest.mark.database
@pytest.mark.usefixtures("no_log")
def test_a_withdrawal_waits_for_no_database(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    lay(visitor, "_fig")
    assert visitor.choose("none").status_code == 303
    assert visitor.note and visitor.note.refused and not visitor.note.logged
    assert names(visitor) == {"site-choice"}
    answer = visitor.choose("all", headers=JSON)
    assert (answer.status_code, answer.json()["logged"]) == (503, False)
    assert "could not be logged" in caplog.text


def test_no_ip_address_and_no_browser_is_kept(visitor: Visitor) -> None:
    agent = "Mozilla/5.0 (Very particular)"
    sent = {"choice": "none"}
    visitor.client.post(
        visitor.url, sent, REMOTE_ADDR="203.0.113.77", headers={"user-agent": agent}
    )
    row = str(Choice.objects.values().get())
    assert "203.0.113.77" not in row and "particular" not in row


# Global Privacy Control.


def test_the_browsers_objection_is_a_refusal(visitor: Visitor) -> None:
    visitor.choose(headers={"sec-gpc": "1"})
    assert the_choice().source == Source.GPC
    assert the_choice().granted == []


def test_the_visitors_own_word_beats_the_browsers(visitor: Visitor) -> None:
    visitor.choose("all", headers={"sec-gpc": "1"})
    assert the_choice().granted == ["figures", "clips"]


def test_an_objection_allows_nothing_new(visitor: Visitor) -> None:
    visitor.choose("all", source="gpc")
    assert the_choice().granted == []


def test_an_objection_is_shown_and_changes_nothing_yet(visitor: Visitor) -> None:
    response = visitor.get(**{"sec-gpc": "1"})
    assert "Global Privacy Control" in response.content.decode()
    assert not response.cookies


def test_a_site_that_does_not_hear_it_says_so(visitor: Visitor) -> None:
    world.settings(visitor.site, respect_gpc=False)
    assert visitor.choose(headers={"sec-gpc": "1"}).status_code == 400


class WithWellKnown:
    urlpatterns = [path(".well-known/gpc.json", views.gpc), *site_urls.urlpatterns]


@pytest.mark.parametrize("heard", [True, False])
def test_the_well_known_file_says_what_is_done(
    visitor: Visitor, settings: Any, heard: bool
) -> None:
    settings.ROOT_URLCONF = WithWellKnown
    world.settings(visitor.site, respect_gpc=heard)
    response = visitor.client.get("/.well-known/gpc.json")
    assert response.json() == {"gpc": heard}
    assert response["Content-Type"] == "application/json"
    assert visitor.client.post("/.well-known/gpc.json").status_code == 405


# What a visitor may read and delete.


def test_the_receipt_is_for_the_secrets_owner(visitor: Visitor) -> None:
    visitor.choose("all")
    note = visitor.note
    response = visitor.post("receipt/")
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response.json()["receipt_metadata"]["record_id"] == str(
        the_choice().reference
    )
    assert note.secret not in response.content.decode()
    stranger = Visitor(visitor.site)
    for secret in ["", SECRET, note.secret[::-1]]:
        answer = stranger.post("receipt/", reference=note.reference, secret=secret)
        assert answer.status_code == 410
    by_hand = stranger.post("receipt/", reference=note.reference, secret=note.secret)
    assert by_hand.status_code == 200


@pytest.mark.parametrize("ending", ["receipt/", "forget/"])
def test_no_secret_stands_in_an_address(visitor: Visitor, ending: str) -> None:
    visitor.choose("all")
    assert visitor.get(ending).status_code == 405
    assert Choice.objects.count() == 1


def test_deleting_the_proof_withdraws_too(visitor: Visitor) -> None:
    visitor.choose("all")
    other = Visitor(visitor.site)
    other.choose("all")
    lay(visitor, "_fig")
    response = visitor.post("forget/")
    assert (response.status_code, response["Location"]) == (303, visitor.url + "?saved")
    assert visitor.note and not visitor.note.granted and not visitor.note.reference
    assert names(visitor) == {"site-choice"}
    kept = Choice.objects.exclude(reference=None)
    assert [it.reference.hex for it in kept] == [other.note.reference]


def test_nobody_deletes_anothers_rows(visitor: Visitor) -> None:
    visitor.choose("all")
    thief = Visitor(visitor.site)
    thief.post("forget/", reference=visitor.note.reference, secret=SECRET)
    assert Choice.objects.exclude(reference=None).count() == 1


def test_a_receipt_of_nothing(visitor: Visitor) -> None:
    visitor.choose("all")
    Choice.objects.all().delete()
    response = visitor.post("receipt/")
    assert response.status_code == 410
    assert "We keep nothing" in response.content.decode()
