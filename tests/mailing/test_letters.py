"""Editors' mail texts: published ones are kept for ever, drafts are never sent."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from wagtail.models import Locale

from tests import factories
from tests.mailing import parts
from wagtail_consent.mailing import kinds, letters
from wagtail_consent.mailing.models import Letter
from wagtail_consent.models import Notice

pytestmark = pytest.mark.django_db

KIND = parts.KIND
ASKING = "optin.confirm"


def mails() -> int:
    return Notice.objects.filter(kind="mail").count()


def test_a_notice_is_made_on_publish_and_not_before() -> None:
    letter = parts.draft()
    letter.save_revision()
    letter.save()
    assert mails() == 0
    assert letters.published(KIND, None, "en") is None
    letter.save_revision().publish()
    notice = letters.published(KIND, None, "en")
    assert notice and notice.is_intact
    assert notice.content == {
        "kind": KIND,
        "subject": "Hello from {company}",
        "body": parts.DEFAULTS["body"],
        "button": "Say hello",
        "closing": parts.DEFAULTS["closing"],
    }


def test_a_changed_letter_makes_a_new_notice_and_keeps_the_old() -> None:
    letter = parts.letter()
    first = letters.published(KIND, None, "en")
    letter.subject = "Good day from {company}"
    letter.save_revision()
    assert letters.published(KIND, None, "en") == first, "A draft changes nothing."
    letter.save_revision().publish()
    second = letters.published(KIND, None, "en")
    assert second and first and second != first
    assert Notice.objects.get(pk=first.pk).content["subject"] == "Hello from {company}"


def test_publishing_the_same_text_again_makes_no_second_notice() -> None:
    letter = parts.letter()
    letter.save_revision().publish()
    assert mails() == 1


def test_a_letter_for_the_purpose_wins() -> None:
    purpose, other = factories.purpose(), factories.purpose("events")
    parts.letter()
    parts.letter(purpose=purpose, subject="Your newsletter")
    found = letters.published(KIND, purpose, "en")
    assert found and found.content["subject"] == "Your newsletter"
    for of in (other, None):
        found = letters.published(KIND, of, "en")
        assert found and found.content["subject"] == "Hello from {company}"


def test_languages_are_apart() -> None:
    parts.letter()
    assert letters.published(KIND, None, "de") is None
    parts.letter("de", subject="Hallo von {company}")
    found = letters.published(KIND, None, "de")
    assert found and found.language == "de"


def test_an_unpublished_letter_is_no_longer_sent() -> None:
    parts.letter().unpublish()
    assert letters.published(KIND, None, "en") is None


def test_a_letter_that_went_live_past_the_editors_is_not_sent() -> None:
    """Fixtures and plain saves: nobody approved them."""
    parts.draft(live=True)
    assert letters.published(KIND, None, "en") is None


def test_what_is_missing_is_named() -> None:
    newsletter, events = factories.purpose(), factories.purpose("events")
    parts.letter(purpose=newsletter)
    gaps = letters.missing([KIND], [newsletter, events], "en")
    assert gaps == [letters.Gap(KIND, events)]
    assert letters.missing([KIND], [], "en") == [letters.Gap(KIND, None)]
    parts.letter()
    assert not letters.missing([KIND], [newsletter, events], "en")


def test_html_is_sanitised_when_it_is_published() -> None:
    parts.letter(body='<p onclick="x()">Hi<script>x()</script><img src="//x"></p>')
    found = letters.published(KIND, None, "en")
    assert found and found.content["body"] == "<p>Hi</p>"


@pytest.mark.parametrize("of", ["newsletter", None])
def test_one_letter_for_one_mail_in_one_language(of: str | None) -> None:
    purpose = factories.purpose(of) if of else None
    parts.draft(purpose=purpose)
    twin = Letter(
        kind=KIND, purpose=purpose, locale=factories.locale(), **parts.DEFAULTS
    )
    with pytest.raises(ValidationError) as caught:
        twin.full_clean()
    assert "kind" in caught.value.message_dict
    twin.locale = factories.locale("de")
    twin.full_clean()


@pytest.mark.parametrize("field", ["subject", "body", "button", "closing"])
def test_placeholders_that_nobody_fills_are_named(field: str) -> None:
    letter = Letter(kind=KIND, locale=factories.locale(), **parts.DEFAULTS)
    setattr(letter, field, "Dear {name}, {company}")
    with pytest.raises(ValidationError) as caught:
        letter.full_clean()
    [message] = caught.value.message_dict[field]
    assert "{name}" in message and "{company}, {days}, {title}" in message


@pytest.mark.parametrize("field", ["subject", "body", "button", "closing"])
@pytest.mark.parametrize(
    "link", ['<a href="/shop/">shop</a>', "http://x.test", "WWW.x.test"]
)
def test_promise_7_a_mail_that_asks_leads_nowhere_else(field: str, link: str) -> None:
    texts = {**parts.DEFAULTS, field: f"Our {link}"}
    asking = Letter(kind=ASKING, locale=factories.locale(), **texts)
    with pytest.raises(ValidationError) as caught:
        asking.full_clean()
    assert list(caught.value.message_dict) == [field]
    Letter(kind=KIND, locale=factories.locale(), **texts).full_clean()


def test_promise_7_only_the_confirmation_asks() -> None:
    assert [kind.name for kind in kinds.all() if kind.asks] == [ASKING]


def test_a_translation_starts_as_a_draft() -> None:
    """English words must not go out as German ones by being copied."""
    letter = parts.letter()
    copy = letter.copy_for_translation(factories.locale("de"))
    copy.save()
    assert not copy.live
    assert copy.translation_key == letter.translation_key
    assert letters.published(KIND, None, "de") is None
    copy.save_revision().publish()
    assert letters.published(KIND, None, "de")


def test_translating_takes_the_text_that_is_there() -> None:
    german = parts.letter("de", subject="Hallo von {company}")
    english = parts.letter()
    copy = english.copy_for_translation(factories.locale("de"))
    copy.save()
    assert copy.pk == german.pk
    assert Letter.objects.count() == 2
    assert english.get_translation(Locale.objects.get(language_code="de")) == german
    found = letters.published(KIND, None, "de")
    assert found and found.content["subject"] == "Hallo von {company}"


@pytest.mark.parametrize("mode", ["html", "text"])
def test_the_preview_shows_the_mail_as_it_will_be(mode: str) -> None:
    purpose = factories.purpose(controller=factories.controller(name="Gärtnerei Ltd"))
    letter = parts.draft("de", purpose=purpose, subject="Hallo von {company}")
    request = RequestFactory().get("/")
    response = letter.make_preview_request(request, mode)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Hallo von Gärtnerei Ltd" in page
    assert "within 7 days" in page
    assert "That wasn&#x27;t me" in page
    assert ('role="presentation"' in page) is (mode == "html")


def test_the_preview_fills_a_letter_in_the_letters_language() -> None:
    letter = parts.draft("de", body="<p>Für: {title}</p>")
    response = letter.make_preview_request(RequestFactory().get("/"), "html")
    assert "Für: Ein Ratgeber für Holzhäuser" in response.content.decode()


def test_an_empty_letter_has_a_preview() -> None:
    letter = Letter(kind=KIND, locale=factories.locale())
    request = RequestFactory().get("/")
    for mode in ("html", "text"):
        assert letter.make_preview_request(request, mode).status_code == 200
