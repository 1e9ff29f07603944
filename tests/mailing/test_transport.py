"""What leaves, byte for byte, and what a mail server's answers mean."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail

from tests.smtp import BACKEND, HOST, Moods, SMTPServer, free_port
from wagtail_consent import compat
from wagtail_consent.mailing import transport

pytestmark = pytest.mark.smtp

HEADERS = {
    "subject",
    "from",
    "to",
    "date",
    "message-id",
    "auto-submitted",
    "mime-version",
    "content-type",
}


def mail(recipient: str = "ann@example.org", **values: Any) -> transport.Mail:
    defaults = {
        "subject": "Please confirm",
        "text": "Press the button.\n",
        "html": "<p>Press the <b>button</b>.</p>",
        "message_id": "<0b6a@example.com>",
    }
    return transport.Mail(recipient, **defaults | values)


def send(what: transport.Mail) -> None:
    with transport.connection() as connection:
        connection.send(what)


def test_a_mail_is_html_and_text_with_the_headers_it_needs(smtp: SMTPServer) -> None:
    send(mail())
    [received] = smtp.messages
    assert received.get_content_type() == "multipart/alternative"
    types = [part.get_content_type() for part in received.iter_parts()]
    assert types == ["text/plain", "text/html"]
    assert received["From"] == "Example Ltd <post@example.com>"
    assert received["To"] == "ann@example.org"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Message-ID"] == "<0b6a@example.com>"
    assert received["Date"].datetime
    assert {name.lower() for name in received.keys()} <= HEADERS | {
        "content-transfer-encoding",
        "x-peer",
        "x-mailfrom",
        "x-rcptto",
    }


def test_nothing_but_the_to_names_the_person(smtp: SMTPServer) -> None:
    send(mail("ann.smith@example.org"))
    raw = bytes(smtp.moods.envelopes[0].content)
    to, rest = [], []
    for line in raw.splitlines():
        (to if line.startswith(b"To:") else rest).append(line)
    assert to == [b"To: ann.smith@example.org"]
    assert b"smith" not in b"\n".join(rest)


def test_the_sender_is_the_rooms_own_if_one_is_set(
    smtp: SMTPServer, settings: Any
) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {
        "FROM_EMAIL": "Ann's Gardens <news@garden.example>"
    }
    send(mail())
    assert smtp.messages[0]["From"] == "Ann's Gardens <news@garden.example>"
    assert smtp.moods.envelopes[0].mail_from == "news@garden.example"
    assert transport.sender_domain() == "garden.example"


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("Bücher <post@bücher.example>", "xn--bcher-kva.example"),
        ("webmaster@localhost", "localhost"),
        ("nobody", ""),
    ],
)
def test_the_senders_domain_is_ascii(settings: Any, sender: str, domain: str) -> None:
    settings.DEFAULT_FROM_EMAIL = sender
    assert transport.sender_domain() == domain


@pytest.mark.parametrize("field", ["recipient", "subject", "message_id"])
@pytest.mark.parametrize("poison", ["\r\n", "\n", "\r", "\0"])
def test_no_header_can_be_injected(smtp: SMTPServer, field: str, poison: str) -> None:
    value = f"ann@example.org{poison}Bcc: victim@example.net"
    with pytest.raises(transport.Permanent):
        send(mail(**{"recipient": "ann@example.org", field: value}))
    assert not smtp.moods.envelopes


def test_two_recipients_in_one_are_refused(smtp: SMTPServer) -> None:
    with pytest.raises(transport.Permanent):
        send(mail("ann@example.org, victim@example.net"))
    assert not smtp.moods.envelopes


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@faß.example", "ann@xn--fa-hia.example"),
        ("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"),
    ],
)
def test_an_international_domain_is_sent_in_ascii(
    smtp: SMTPServer, typed: str, sent: str
) -> None:
    send(mail(typed))
    assert smtp.moods.envelopes[0].rcpt_tos == [sent]
    assert smtp.messages[0]["To"] == sent


@contextmanager
def server(settings: Any, **options: Any) -> Iterator[Moods]:
    """A mail server with options of its own."""
    part = SMTPServer()
    controller = Controller(part.moods, hostname=HOST, port=part.port, **options)
    controller.start()
    part.configure(settings)
    try:
        yield part.moods
    finally:
        controller.stop()


@pytest.mark.parametrize("recipient", ["анна@example.org", "анна@пример.example"])
def test_cyrillic_goes_as_it_is_where_the_server_offers_it(
    settings: Any, recipient: str
) -> None:
    with server(settings, enable_SMTPUTF8=True) as moods:
        send(mail(recipient))
    [envelope] = moods.envelopes
    assert envelope.rcpt_tos == [recipient]
    assert envelope.smtp_utf8
    received = message_from_bytes(bytes(envelope.content), policy=policy.SMTPUTF8)
    assert received["To"] == recipient
    assert received["Auto-Submitted"] == "auto-generated"
    assert received.get_content_type() == "multipart/alternative"


def test_cyrillic_is_refused_for_good_where_the_server_does_not(
    settings: Any,
) -> None:
    with (
        server(settings, enable_SMTPUTF8=False) as moods,
        pytest.raises(transport.Permanent, match="SMTPUTF8"),
    ):
        send(mail("анна@example.org"))
    assert not moods.envelopes


@pytest.mark.parametrize(
    ("mood", "answer", "error"),
    [
        ("rcpt", "550 5.1.1 No such user", transport.Permanent),
        ("rcpt", "553 5.1.3 Bad address", transport.Permanent),
        ("rcpt", "450 4.2.0 Greylisted", transport.Temporary),
        ("rcpt", "452 4.2.2 Mailbox full", transport.Temporary),
        ("rcpt", "552 5.2.2 Mailbox full", transport.Temporary),
        ("data", "554 5.7.1 Looks like spam", transport.Permanent),
        ("data", "451 4.3.0 Try again", transport.Temporary),
        ("data", "421 4.3.2 Closing", transport.Temporary),
    ],
)
def test_answers_are_for_now_or_for_good(
    smtp: SMTPServer, mood: str, answer: str, error: type[transport.NotSent]
) -> None:
    setattr(smtp.moods, mood, answer)
    with pytest.raises(error) as caught:
        send(mail())
    assert type(caught.value) is error
    assert str(caught.value) == answer


class RefusesSender(Moods):
    async def handle_MAIL(self, *arguments: Any) -> str:
        return "550 5.7.1 <post@example.com> may not send"


def test_a_refused_sender_is_the_sites_to_repair(settings: Any) -> None:
    moods = RefusesSender()
    controller = Controller(moods, hostname=HOST, port=free_port())
    controller.start()
    part = SMTPServer()
    part.port = controller.port
    part.configure(settings)
    try:
        with pytest.raises(transport.Temporary, match="may not send") as caught:
            send(mail())
    finally:
        controller.stop()
    assert "post@example.com" not in str(caught.value)


@pytest.mark.parametrize(
    "words",
    [
        "550 5.1.1 <ann@example.org>: no",
        "550 5.1.1 User Ann unknown",
        "550 no mailbox ANN@EXAMPLE.ORG here",
        "550 ann+x@sub.example.org rejected; see example.org",
    ],
)
def test_what_is_kept_of_an_answer_names_no_address(
    smtp: SMTPServer, words: str
) -> None:
    smtp.moods.rcpt = words
    with pytest.raises(transport.Permanent) as caught:
        send(mail())
    said = str(caught.value).lower()
    assert said.startswith("550")
    assert "ann" not in said and "example.org" not in said
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_a_server_that_is_down_is_unreachable(smtp: SMTPServer) -> None:
    smtp.stop()
    with pytest.raises(transport.Unreachable, match="ConnectionRefusedError"):
        send(mail())


@contextmanager
def hanging(settings: Any, greeting: bytes = b"", drip: bytes = b"") -> Iterator[None]:
    """Accepts, greets, and then only drips."""
    listener = socket.create_server((HOST, 0))
    over = threading.Event()

    def serve() -> None:
        try:
            peer = listener.accept()[0]
        except OSError:
            return
        with peer:
            peer.sendall(greeting)
            while not over.wait(0.1):
                try:
                    peer.sendall(drip)
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    part = SMTPServer()
    part.port = listener.getsockname()[1]
    part.configure(settings)
    try:
        yield
    finally:
        over.set()
        listener.close()
        thread.join(5)


def test_a_server_that_accepts_and_hangs_is_left(settings: Any) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {"SMTP_TIMEOUT": 1}
    begin = time.monotonic()
    with hanging(settings), pytest.raises(transport.Unreachable):
        send(mail())
    assert time.monotonic() - begin < 5


def test_a_time_out_of_the_sites_is_kept_if_it_is_shorter(settings: Any) -> None:
    part = SMTPServer()
    part.configure(settings)
    if compat.DJANGO_6_1:
        options = {"host": HOST, "port": part.port, "timeout": 3}
        settings.MAILERS = {"default": {"BACKEND": BACKEND, "OPTIONS": options}}
    else:
        settings.EMAIL_TIMEOUT = 3
    assert transport.backend().timeout == 3
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {"SMTP_TIMEOUT": 2}
    assert transport.backend().timeout == 2


class Drips(Moods):
    """Answers DATA one byte at a time, each within the time-out."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import asyncio

        for _ in range(100):
            server._writer.write(b"2")
            await server._writer.drain()
            await asyncio.sleep(0.1)
        return "250 OK"


def test_a_server_that_drips_is_hung_up_on_before_the_lease_ends(
    settings: Any,
) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {
        "SMTP_TIMEOUT": 2,
        "LEASE_SECONDS": 2,
    }
    part = SMTPServer()
    controller = Controller(Drips(), hostname=HOST, port=part.port)
    controller.start()
    part.configure(settings)
    begin = time.monotonic()
    try:
        with pytest.raises(transport.Temporary):
            send(mail())
    finally:
        controller.stop()
    assert time.monotonic() - begin < 4


class HangsUp(Moods):
    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        server._writer.write(f"{answer}\r\n".encode())
        await server._writer.drain()
        server.transport.abort()
        return answer


def test_what_was_accepted_is_accepted_however_the_server_says_goodbye(
    settings: Any,
) -> None:
    moods = HangsUp()
    part = SMTPServer()
    controller = Controller(moods, hostname=HOST, port=part.port)
    controller.start()
    part.configure(settings)
    try:
        send(mail())
    finally:
        controller.stop()
    assert len(moods.envelopes) == 1


def test_another_backend_gets_the_same_mail() -> None:
    send(mail())
    [received] = django_mail.outbox
    assert received.to == ["ann@example.org"]
    assert received.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_sites_own_server_is_read(settings: Any) -> None:
    """From MAILERS since Django 6.1, from EMAIL_… before."""
    if compat.DJANGO_6_1:
        options = {"host": HOST, "port": 26, "use_tls": True}
        settings.MAILERS = {"default": {"BACKEND": BACKEND, "OPTIONS": options}}
    else:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = BACKEND, HOST
        settings.EMAIL_PORT, settings.EMAIL_USE_TLS = 26, True
    made = transport.backend()
    assert (made.host, made.port, made.use_tls) == (HOST, 26, True)
