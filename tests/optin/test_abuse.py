"""Bad input and bad luck: whatever is posted, nothing of it reaches a mail."""

import json
from typing import Any

import pytest
from django.test import RequestFactory

from tests.optin import world as worlds
from tests.optin.world import SUBMIT, World
from wagtail_consent.mailing.models import Message
from wagtail_consent.optin.models import Submission
from wagtail_consent.optin.signup import gate
from wagtail_consent.permission import may_contact

EVIL = [
    "Ann\r\nBcc: victim@example.org",
    "Ann\nSubject: You won",
    "Ann\x00",
    "Ann\x1b[31m",
    "Ann\u2028line",
    "A\x85nn",
]
LOUD = [
    "<script>alert(1)</script>",
    "<b>Ann</b> <img src=x onerror=alert(1)>",
    "Win now at https://spam.example/?q=1",
    "{company} {title} {0.__class__} {{ 7*7 }} {% now 'Y' %}",
    '=HYPERLINK("https://spam.example")',
    "Ann 👩🏽‍🚀 \u202egnp.exe",
    "אנה كريم 安",
]


# Addresses.


@pytest.mark.parametrize(
    "email",
    [
        "анна@пример.рф",
        "user@bücher.example",
        "user@xn--bcher-kva.example",
        "o'neil+guide@example.org",
        "a" * 64 + "@example.org",
    ],
)
def test_unusual_addresses_are_people_too(world: World, email: str) -> None:
    world.confirmed(email)
    assert may_contact(email, "newsletter")


def test_both_spellings_of_a_domain_are_one_person(world: World) -> None:
    world.confirmed("user@bücher.example")
    assert may_contact("USER@xn--bcher-kva.example", "newsletter")


@pytest.mark.parametrize(
    "email",
    [
        "",
        " ",
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@@example.org",
        "ann@exa mple.org",
        "ann@example.org\r\nBcc: victim@example.org",
        "ann@example.org,victim@example.org",
        "ann@example.org;victim@example.org",
        "Ann <ann@example.org>",
        "ann@[127.0.0.1]",
        "a" * 308 + "@example.org",
        "ann@" + "a" * 63 + ".org" * 70,
        "ann\x00@example.org",
        "ann\u202e@example.org",
        "<script>@example.org",
    ],
)
def test_what_is_no_address_is_said_at_its_field(world: World, email: str) -> None:
    with worlds.nothing_changes():
        response = world.post(email, name="Ann", consent_newsletter="on")
    assert response.status_code == 422
    page = response.content.decode()
    assert "aria-invalid" in page
    assert 'value="Ann"' in page


def test_what_was_typed_is_kept_ticks_too(world: World) -> None:
    """Promise 23."""
    response = world.post("nonsense", words="a <b> & c", consent_newsletter="on")
    page = response.content.decode()
    assert "nonsense" in page
    assert "a &lt;b&gt; &amp; c" in page
    assert "checked" in page
    assert world.word() in page


# Every field.


@pytest.mark.parametrize("text", EVIL)
def test_a_single_line_stays_one(world: World, text: str) -> None:
    with worlds.nothing_changes():
        assert world.post(name=text).status_code == 422


@pytest.mark.parametrize("text", LOUD)
@pytest.mark.parametrize("name", ["name", "words"])
def test_nothing_that_is_typed_reaches_a_mail(
    world: World, name: str, text: str
) -> None:
    submission = world.confirmed(**{name: text})
    assert submission.data[name] == text
    worlds.deliver()
    from django.core import mail

    assert len(mail.outbox) == 2
    for message in mail.outbox:
        raw = message.message().as_string()
        for word in (text, text[:12], "spam.example", "<script>"):
            assert word not in raw
            assert word not in message.body


def test_no_address_stands_in_a_mail_but_in_its_to_field(world: World) -> None:
    """Promise 21."""
    world.confirmed("ann.example@example.org", name="Ann")
    worlds.deliver()
    from django.core import mail

    for message in mail.outbox:
        parts = [message.body, message.subject, str(message.alternatives)]
        headers = {k: v for k, v in message.message().items() if k != "To"}
        assert "ann.example@" not in " ".join(parts) + json.dumps(
            {k: str(v) for k, v in headers.items()}
        )


def test_answers_are_shown_as_text(world: World) -> None:
    response = world.post("nonsense", name="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in response.content


def test_fields_that_the_form_has_not_are_not_kept(world: World) -> None:
    submission = world.sign_up(role="admin", page_id="9")
    assert set(submission.data) == {"name", "words"}
    assert submission.page_id is None


def test_too_long_an_answer_is_refused(world: World) -> None:
    assert world.post(name="x" * 256).status_code == 422
    assert world.post(words="x" * 6000).status_code == 422


# The body.


def test_five_megabytes_are_refused_unread(world: World) -> None:
    body = b"email=" + b"x" * 5_000_000
    with worlds.nothing_changes():
        response = world.client.post(
            SUBMIT, body, content_type="application/x-www-form-urlencoded"
        )
    assert response.status_code == 413


def test_a_big_body_is_not_read(rf: RequestFactory) -> None:
    from wagtail_consent.optin.views.submit import SubmitView

    class Unread:
        def read(self, *args: Any) -> bytes:
            raise AssertionError("The body was read.")

    request = rf.post(SUBMIT, {"email": "x"})
    request.META["CONTENT_LENGTH"] = str(5_000_000)
    request._stream = Unread()
    assert SubmitView.as_view()(request).status_code == 413


def test_a_big_file_is_refused(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.bin", b"x" * 600_000)
    response = world.client.post(SUBMIT, world.typed() | {"name": file})
    assert response.status_code == 413


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "", "application/xml"]
)
def test_other_types_are_refused(world: World, content_type: str) -> None:
    with worlds.nothing_changes():
        response = world.client.generic("POST", SUBMIT, b"{}", content_type)
    assert response.status_code == 415


def test_multipart_is_taken_like_urlencoded(world: World) -> None:
    response = world.client.post(SUBMIT, world.typed())
    assert response.status_code == 303


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--y\r\nrubbish"),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&&&==="),
        ("application/x-www-form-urlencoded; charset=utf-7", b"+ADw-"),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 2000)),
    ],
)
def test_a_broken_body_is_no_error_of_ours(
    world: World, content_type: str, body: bytes
) -> None:
    with worlds.nothing_changes():
        response = world.client.generic("POST", SUBMIT, body, content_type)
    assert response.status_code == 400


@pytest.mark.parametrize("length", ["", "x", "-5"])
def test_a_strange_length_is_no_error_of_ours(rf: RequestFactory, length: str) -> None:
    request = rf.post(SUBMIT, {})
    request.META["CONTENT_LENGTH"] = length
    assert not gate.is_too_large(request)


# Where it comes from.


@pytest.mark.parametrize(
    ("headers", "is_foreign"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://www.testserver"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver"}, False),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "https://testserver.evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://partner.example"}, False),
        ({"Origin": "https://a.friends.example"}, False),
        ({"Origin": "http://partner.example"}, True),
    ],
)
def test_foreign_pages_cannot_sign_people_up(
    world: World, settings: Any, headers: dict[str, str], is_foreign: bool
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = [
        "https://partner.example",
        "https://*.friends.example",
    ]
    response = world.post(headers=headers)
    assert response.status_code == (403 if is_foreign else 303)
    assert Submission.objects.exists() is not is_foreign


def limit(settings: Any, number: int, **more: Any) -> None:
    values = {"SIGN_UPS_PER_HOUR": number, **more}
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | values


def from_network(world: World, address: str, **headers: str) -> int:
    response = world.client.post(
        SUBMIT, world.typed(), REMOTE_ADDR=address, headers=headers
    )
    return response.status_code


def test_one_network_may_sign_up_so_often(world: World, settings: Any) -> None:
    limit(settings, 2)
    codes = [from_network(world, "203.0.113.9") for _ in range(3)]
    assert codes == [303, 303, 429]
    assert from_network(world, "203.0.113.10") == 303
    assert Submission.objects.count() == 3


def test_the_refusal_says_when_to_come_back(world: World, settings: Any) -> None:
    limit(settings, 1)
    world.post()
    response = world.post()
    assert response["Retry-After"] == "3600"
    assert b"later" in response.content


def test_a_subscribers_ipv6_network_is_one(world: World, settings: Any) -> None:
    limit(settings, 1)
    assert from_network(world, "2001:db8:1:2::a") == 303
    assert from_network(world, "2001:db8:1:2:ffff::b") == 429
    assert from_network(world, "2001:db8:1:3::a") == 303


def test_zero_turns_the_limit_off(world: World, settings: Any) -> None:
    limit(settings, 0)
    assert {from_network(world, "203.0.113.9") for _ in range(9)} == {303}


def test_a_forwarding_header_is_nobodys_word(world: World, settings: Any) -> None:
    limit(settings, 1)
    fake = {"X-Forwarded-For": "198.51.100.1"}
    assert from_network(world, "8.8.8.8") == 303
    assert from_network(world, "8.8.8.8", **fake) == 429


def test_a_trusted_proxys_header_is_read_from_its_end(world: World, settings: Any):
    limit(settings, 1, CLIENT_ADDRESS_HEADER="X-Forwarded-For")
    by = "10.0.0.1"
    forged = {"X-Forwarded-For": "1.1.1.1, 198.51.100.1"}
    other = {"X-Forwarded-For": "2.2.2.2, 198.51.100.1"}
    assert from_network(world, by, **forged) == 303
    assert from_network(world, by, **other) == 429
    assert from_network(world, by, **{"X-Forwarded-For": "198.51.100.2"}) == 303


def test_behind_a_proxy_nobody_told_of_visitors_are_not_one(
    world: World, settings: Any
) -> None:
    limit(settings, 1)
    via = {"X-Forwarded-For": "198.51.100.1"}
    assert {from_network(world, "127.0.0.1", **via) for _ in range(3)} == {303}


def test_no_ip_address_is_kept(world: World) -> None:
    """Data minimisation: nothing asks for it."""
    world.client.post(SUBMIT, world.typed(), REMOTE_ADDR="203.0.113.77")
    worlds.deliver()
    assert "203.0.113.77" not in str(worlds.photograph())


def test_a_flooded_mailbox_gets_three_mails_from_many_networks(world: World) -> None:
    for number in range(20):
        from_network(world, f"198.51.100.{number}")
    worlds.deliver()
    assert Message.objects.filter(status="sent").count() == 3


def test_the_host_header_chooses_no_link(world: World) -> None:
    """Threat: a mail whose button leads to the attacker's server."""
    world.client.post(SUBMIT, world.typed(), headers={"Host": "evil.example"})
    [asking] = worlds.deliver()
    assert "evil.example" not in asking.message().as_string()
    assert world.site.root_url in asking.body
