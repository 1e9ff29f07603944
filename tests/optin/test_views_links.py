"""Every mailed link: inert until its button is pressed, private, without a cookie."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.optin import world as worlds
from tests.optin.world import World
from wagtail_consent import tokens
from wagtail_consent.optin.confirmation import disown, links
from wagtail_consent.optin.models import Download, Submission
from wagtail_consent.optin.signup import reference

PAGES = ["confirm", "done", "disown", "disowned", "again", "download", "withdraw"]
POSTED = ["confirm", "disown", "disowned", "again", "withdraw"]
SHOWN = ["done", "download"]
INERT = ["GET", "HEAD", "OPTIONS"]
OTHER = ["PUT", "PATCH", "DELETE", "TRACE", "CONFIRM"]
STATES = ["pending", "confirmed", "expired"]


def path_of(world: World, name: str, submission: Submission) -> str:
    if name == "download":
        found = Download.objects.first()
        return links.path(name, found.uuid if found else submission.uuid)
    if name == "disowned":
        stopped = disown.disown(world.sign_up("bob@example.org").uuid)
        return reverse(
            "wagtail_consent_optin:disowned", args=[disown.make_token(stopped)]
        )
    return links.path(name, submission.uuid)


def submission_in(world: World, state: str) -> Submission:
    if state == "confirmed":
        return world.confirmed()
    submission = world.sign_up()
    worlds.deliver()
    if state == "expired":
        Submission.objects.update(expires_at=timezone.now())
        Download.objects.update(expires_at=timezone.now())
    return Submission.objects.get(pk=submission.pk)


def read(response: Any) -> bytes:
    return worlds.content(response) if response.streaming else response.content


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", PAGES)
def test_promise_3_twenty_scanners_change_nothing(
    world: World, name: str, state: str
) -> None:
    """Twenty GET, HEAD and OPTIONS each, and the rows are the same as before."""
    path = path_of(world, name, submission_in(world, state))
    worlds.deliver()
    with worlds.nothing_changes():
        for method in INERT:
            for _ in range(20):
                response = world.client.generic(method, path)
                assert response.status_code in (200, 404, 410)
                read(response)
    assert worlds.deliver() == []


@pytest.mark.parametrize("method", INERT)
def test_promise_3_the_endpoint_itself_takes_posts_alone(
    world: World, method: str
) -> None:
    with worlds.nothing_changes():
        query = world.typed() | {"consent_newsletter": "on"}
        response = world.client.generic(
            method, "/consent/form/", QUERY_STRING=str(query)
        )
    assert response.status_code == (200 if method == "OPTIONS" else 405)


@pytest.mark.parametrize("method", OTHER)
@pytest.mark.parametrize("name", PAGES)
def test_other_methods_are_not_allowed(world: World, name: str, method: str) -> None:
    path = path_of(world, name, submission_in(world, "confirmed"))
    with worlds.nothing_changes():
        response = world.client.generic(method, path)
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert ("POST" in response["Allow"]) is (name in POSTED)


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_only_shown_takes_no_post(world: World, name: str) -> None:
    path = path_of(world, name, submission_in(world, "confirmed"))
    assert world.client.post(path).status_code == 405


@pytest.mark.parametrize("token", ["x", "AAAA.BBBB", "é", "a" * 2000])
@pytest.mark.parametrize("name", [*PAGES, "sent"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_link_is_not_found(
    world: World, name: str, token: str, method: str
) -> None:
    path = reverse(f"wagtail_consent_optin:{name}", args=[token])
    response = world.client.generic(method, path)
    expected = 405 if (name, method) == ("sent", "POST") else 404
    assert response.status_code == expected


@pytest.mark.parametrize("name", ["confirm", "done", "disown", "again", "withdraw"])
def test_a_link_whose_data_is_gone_says_so(world: World, name: str) -> None:
    submission = world.sign_up()
    Submission.objects.all().delete()
    response = world.client.get(links.path(name, submission.uuid))
    assert response.status_code == 410


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("state", STATES)
def test_promise_6_headers_keep_a_link_private(
    world: World, name: str, state: str
) -> None:
    path = path_of(world, name, submission_in(world, state))
    for method in [*INERT, *(["POST"] if name in POSTED else [])]:
        check_private(world.client.generic(method, path))


def check_private(response: Any) -> None:
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    if response.streaming:
        worlds.content(response)


def test_unknown_and_refused_answers_are_private_too(world: World) -> None:
    check_private(world.client.get(reverse("wagtail_consent_optin:done", args=["x"])))
    check_private(world.post(reference="x"))
    check_private(world.post("nonsense"))
    check_private(world.post())


# Promise 8: no cookie.


@pytest.mark.parametrize("name", PAGES)
def test_promise_8_links_take_and_set_no_cookie(world: World, name: str) -> None:
    path = path_of(world, name, submission_in(world, "confirmed"))
    world.client.cookies["sessionid"] = "stale"
    world.client.cookies["csrftoken"] = "x" * 32
    for method in [*INERT, *(["POST"] if name in POSTED else [])]:
        check_cookieless(world.client.generic(method, path))


def test_promise_8_the_endpoint_takes_and_sets_no_cookie(world: World) -> None:
    world.client.cookies["sessionid"] = "stale"
    for response in (world.post(), world.post("nonsense"), world.post(reference="x")):
        check_cookieless(response)
    check_cookieless(world.client.get(world.post()["Location"]))


def check_cookieless(response: Any) -> None:
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "cookie" not in response.get("Vary", "").lower()
    if response.streaming:
        worlds.content(response)


def test_promise_8_a_template_that_asks_for_the_user_sets_no_cookie(
    world: World, settings: Any, tmp_path: Any
) -> None:
    """The host's base template may hold a log-in, a form and messages."""
    (tmp_path / "host.html").write_text(
        "<form>{% csrf_token %}{{ request.user.pk }}{{ request.session.items }}"
        "{% for message in messages %}{{ message }}{% endfor %}</form>"
        "{% block content %}{% endblock %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {"BASE_TEMPLATE": "host.html"}
    world.client.cookies["sessionid"] = "stale"
    submission = world.sign_up()
    response = world.client.get(links.path("confirm", submission.uuid))
    assert b"csrfmiddlewaretoken" in response.content
    check_cookieless(response)


def test_staff_who_are_logged_in_are_nobody_here(world: World, admin_client) -> None:
    submission = world.sign_up()
    response = admin_client.post(links.path("confirm", submission.uuid))
    assert response.status_code == 303
    check_cookieless(response)


def test_no_csrf_token_is_needed_with_checks_on(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/consent/form/", world.typed()).status_code == 303
    submission = Submission.objects.get()
    assert client.post(links.path("confirm", submission.uuid)).status_code == 303


# What pages say.


def test_the_confirm_page_has_one_button_and_no_script_of_its_own(world: World) -> None:
    page = world.client.get(links.path("confirm", world.sign_up().uuid))
    html = page.content.decode()
    assert html.count("<form") == 1
    assert html.count('type="submit"') == 1
    assert "onload" not in html and "http-equiv" not in html
    assert world.controller.name.replace("&", "&amp;").replace("'", "&#x27;") in html


@pytest.mark.parametrize("name", ["confirm", "done", "disown", "again", "withdraw"])
def test_promise_21_no_page_shows_the_address(world: World, name: str) -> None:
    submission = submission_in(world, "confirmed")
    path = links.path(name, submission.uuid)
    assert b"ann@example.org" not in world.client.get(path).content
    assert "ann" not in path


def test_pages_speak_the_forms_language(world: World) -> None:
    world.uses(language="de")
    submission = world.sign_up()
    response = world.client.get(
        links.path("confirm", submission.uuid), headers={"Accept-Language": "en"}
    )
    assert response["Content-Language"] == "de"
    assert b'lang="de"' in response.content


def test_a_done_page_of_nothing_confirmed_is_unknown(world: World) -> None:
    submission = world.sign_up()
    path = links.path("done", submission.uuid)
    assert world.client.get(path).status_code == 404


def test_the_confirm_page_of_a_confirmed_one_leads_on(world: World) -> None:
    submission = world.confirmed()
    response = world.client.get(links.path("confirm", submission.uuid))
    assert response.status_code == 200
    assert links.path("done", submission.uuid) in response.content.decode()


def test_a_script_gets_the_answer_in_place(world: World) -> None:
    headers = {"X-Requested-With": "fetch"}
    answer = world.post(headers=headers)
    assert answer.status_code == 200
    assert b"Look into your mailbox" in answer.content
    assert world.post("nonsense", headers=headers).status_code == 422


def test_the_sent_page_needs_a_form_of_ours(world: World) -> None:
    word = reference.make(reference.Reference("ab" * 32, world.controller.pk))
    path = reverse("wagtail_consent_optin:sent", args=[word])
    assert world.client.get(path).status_code == 404


def test_a_big_post_to_a_link_is_refused(world: World) -> None:
    path = links.path("withdraw", world.confirmed().uuid)
    with worlds.nothing_changes():
        response = world.client.post(path, {"purpose": "x" * 400_000})
    assert response.status_code == 413


def test_tokens_of_a_page_hold_nothing_readable(world: World) -> None:
    submission = world.sign_up()
    token = tokens.make("optin.confirm", submission.uuid)
    assert tokens.read("optin.confirm", token) == submission.uuid
    assert len(token) < 80
