"""The privacy settings: a plain form that any visitor can use, and nobody else."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.cookies import world
from tests.cookies.visitor import JSON, Visitor, lay, names, the_choice, ticked
from wagtail_consent.cookies.choice import cookie
from wagtail_consent.cookies.models import BannerRevision, Choice, Source

pytestmark = pytest.mark.django_db
ID, SECRET = "ab" * 16, "cd" * 16


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
