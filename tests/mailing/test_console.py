"""In development, a mail in the terminal can be read, and its links copied."""

from __future__ import annotations

from io import StringIO

from django.core.mail import EmailMultiAlternatives

from wagtail_consent.mailing.console import EmailBackend

LINK = f"http://localhost:8000/consent/confirm/{'a' * 140}/"


def printed() -> str:
    stream = StringIO()
    mail = EmailMultiAlternatives(
        "Please confirm", f"It was “you”:\n{LINK}\n", to=["ann@example.org"]
    )
    mail.attach_alternative("<p>It was you.</p>", "text/html")
    EmailBackend(stream=stream).send_messages([mail])
    return stream.getvalue()


def test_a_long_link_stays_in_one_line() -> None:
    assert LINK in printed().splitlines()


def test_it_says_whom_it_is_for_and_what_about() -> None:
    assert printed().startswith(
        "To: ann@example.org\nSubject: Please confirm\n\nIt was"
    )


def test_it_prints_the_text_alone() -> None:
    assert "<p>" not in printed()
