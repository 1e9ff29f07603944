"""The page that tells whether sending works."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.mailing.test_admin_outbox import Login, login  # noqa: F401
from tests.mailing.test_sender import DMARC, SPF, names  # noqa: F401
from tests.smtp import SMTPServer
from wagtail_consent.mailing import sender

pytestmark = [pytest.mark.django_db, pytest.mark.smtp]

INDEX = "consent_sending:index"
MAY = ("view_message", "change_message")


def trial(client: Client) -> str:
    response = client.post(reverse(INDEX), {"trial": "1"}, follow=True)
    return response.content.decode()


def test_it_shows_what_mails_are_sent_with(
    login: Login,  # noqa: F811
    smtp: SMTPServer,
) -> None:
    page = login(*MAY).get(reverse(INDEX)).content.decode()
    assert "Example Ltd &lt;post@example.com&gt;" in page
    assert f"127.0.0.1:{smtp.port}" in page
    assert "10 seconds" in page


def test_a_test_mail_goes_to_oneself(login: Login, smtp: SMTPServer) -> None:  # noqa: F811
    page = trial(login(*MAY, email="eve@example.com"))
    assert "The mail server took the mail for you." in page
    [mail] = smtp.messages
    assert mail["To"] == "eve@example.com"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    ("answer", "said"),
    [("550 5.7.1 No, eve@example.com", "550 5.7.1 No, …"), ("451 Later", "451 Later")],
)
def test_a_refusal_is_told_in_the_servers_words(
    login: Login,  # noqa: F811
    smtp: SMTPServer,
    answer: str,
    said: str,
) -> None:
    smtp.moods.rcpt = answer
    assert said in trial(login(*MAY))


def test_a_server_that_is_down_is_told(login: Login, smtp: SMTPServer) -> None:  # noqa: F811
    smtp.stop()
    assert "ConnectionRefusedError" in trial(login(*MAY))


def test_without_an_address_of_ones_own_nothing_is_sent(
    login: Login,  # noqa: F811
    smtp: SMTPServer,
) -> None:
    client = login(*MAY, email="")
    assert "has no e-mail address" in client.get(reverse(INDEX)).content.decode()
    assert "has no e-mail address" in trial(client)
    assert not smtp.messages


def test_readers_send_nothing_and_look_nothing_up(
    login: Login,  # noqa: F811
    smtp: SMTPServer,
) -> None:
    client = login("view_message")
    assert "Send me a test mail" not in client.get(reverse(INDEX)).content.decode()
    for button in ("trial", "look_up"):
        assert client.post(reverse(INDEX), {button: "1"}).status_code == 405
    assert not smtp.messages


def test_nobody_else_sees_the_page(login: Login) -> None:  # noqa: F811
    assert login().get(reverse(INDEX)).status_code == 302


def test_the_domain_is_looked_up_on_a_press_of_the_button_alone(
    login: Login,  # noqa: F811
    names: dict[str, list[str]],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    resolver = sender.resolver
    monkeypatch.setattr(sender, "resolver", lambda: asked.append(1) or resolver())
    names["example.com"] = [SPF]
    names["_dmarc.example.com"] = [DMARC]
    client = login(*MAY)
    client.get(reverse(INDEX))
    assert not asked
    page = client.post(reverse(INDEX), {"look_up": "1", "selector": "mail"})
    assert asked
    assert SPF in page.content.decode()
    states = [finding.state.value for finding in page.context["findings"]]
    assert states == ["good", "missing", "good"]


@pytest.mark.parametrize("selector", ["a b", "x;y", "-", "é", "a" * 64])
def test_a_wrong_selector_is_told_at_its_field_and_asks_nobody(
    login: Login,  # noqa: F811
    selector: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender, "resolver", None)
    response = login(*MAY).post(reverse(INDEX), {"look_up": "1", "selector": selector})
    assert response.context["form"].errors["selector"]
    assert response.context["form"]["selector"].value() == selector


def test_a_selector_that_is_none_is_told_what_one_has(login: Login) -> None:  # noqa: F811
    response = login(*MAY).post(reverse(INDEX), {"look_up": "1", "selector": "a b"})
    assert "Only letters, digits, dots, hyphens and underscores." in (
        response.content.decode()
    )
