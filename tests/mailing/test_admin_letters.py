"""Mail texts in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from tests import factories
from tests.mailing import parts
from tests.mailing.parts import Probe
from wagtail_consent.mailing import kinds, letters
from wagtail_consent.mailing.models import Letter

pytestmark = pytest.mark.django_db

SNIPPETS = "wagtailsnippets_wagtail_consent_mailing_letter"
ADD = f"{SNIPPETS}:add"


@pytest.fixture(autouse=True)
def languages() -> None:
    factories.locale("en")
    factories.locale("de")


@pytest.fixture
def two_kinds(probe: Probe) -> None:
    other = kinds.Kind(
        name="tests.bye",
        label="Bye",
        placeholders=("company",),
        defaults=parts.DEFAULTS | {"subject": "Bye from {company}"},
        context=lambda message: None,
    )
    kinds.register(other)


def body(html: str) -> str:
    """As the rich-text editor posts it."""
    import json

    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    converter = ContentstateConverter(features=["bold", "italic", "link"])
    return json.dumps(json.loads(converter.from_database_format(html)))


def posted(**values: Any) -> dict[str, Any]:
    defaults = {
        "kind": parts.KIND,
        "purpose": "",
        "subject": "Hello from {company}",
        "body": body("<p>Please press the button.</p>"),
        "button": "Say hello",
        "closing": body(""),
    }
    return defaults | values


@pytest.mark.usefixtures("two_kinds")
def test_the_kind_is_chosen_first(admin_client: Client) -> None:
    page = admin_client.get(reverse(ADD), {"locale": "de"}).content.decode()
    assert f"?kind={parts.KIND}&amp;locale=de" in page
    assert "Bye" in page and "Hello" in page


@pytest.mark.usefixtures("two_kinds")
@pytest.mark.parametrize("kind", ["tests.hello", "tests.bye"])
def test_a_new_letter_starts_from_the_kinds_words(
    admin_client: Client, kind: str
) -> None:
    response = admin_client.get(reverse(ADD), {"kind": kind, "locale": "de"})
    letter = response.context["form"].instance
    assert letter.kind == kind
    assert letter.subject == kinds.get(kind).defaults["subject"]
    assert letter.body == parts.DEFAULTS["body"]
    assert letter.locale.language_code == "de"


def test_the_words_are_in_the_letters_language(
    admin_client: Client, probe: Probe
) -> None:
    from django.utils.translation import gettext_lazy

    words = parts.DEFAULTS | {"button": gettext_lazy("Yes")}
    object.__setattr__(probe.kind, "defaults", words)
    for each in list(kinds.all()):
        if each.name != parts.KIND:
            kinds._kinds.pop(each.name)
    response = admin_client.get(reverse(ADD), {"locale": "de"})
    assert response.context["form"].instance.button == "Ja"


def test_a_letter_is_saved_as_a_draft_and_published(admin_client: Client) -> None:
    data = posted()
    admin_client.post(reverse(ADD) + "?locale=en", data)
    letter = Letter.objects.get()
    assert not letter.live
    assert letters.published(parts.KIND, None, "en") is None
    edit = reverse(f"{SNIPPETS}:edit", args=[letter.pk])
    admin_client.post(edit, data | {"action-publish": "1"})
    found = letters.published(parts.KIND, None, "en")
    assert found and found.content["subject"] == "Hello from {company}"


@pytest.mark.parametrize("purposed", [True, False])
def test_a_second_letter_for_one_mail_is_refused_at_its_field(
    admin_client: Client, purposed: bool
) -> None:
    purpose = factories.purpose() if purposed else None
    parts.draft(purpose=purpose)
    data = posted(purpose=purpose.pk if purpose else "")
    response = admin_client.post(
        reverse(ADD) + "?locale=en", data | {"action-publish": "1"}
    )
    assert response.status_code == 200
    assert "There is such a mail text" in str(response.context["form"].errors["kind"])
    assert Letter.objects.count() == 1


def test_an_unknown_placeholder_is_named_at_its_field(admin_client: Client) -> None:
    data = posted(subject="Dear {name}") | {"action-publish": "1"}
    response = admin_client.post(reverse(ADD) + "?locale=en", data)
    assert "{name}" in str(response.context["form"].errors["subject"])
    assert response.context["form"]["subject"].value() == "Dear {name}"


@pytest.mark.parametrize("mode", ["html", "text"])
def test_the_live_preview_follows_what_is_typed(
    admin_client: Client, mode: str
) -> None:
    letter = parts.draft()
    url = reverse(f"{SNIPPETS}:preview_on_edit", args=[letter.pk])
    posted_ = admin_client.post(url, posted(subject="Typed just now"))
    assert posted_.json()["is_valid"]
    page = admin_client.get(url, {"mode": mode}).content.decode()
    assert "Typed just now" in page


def test_the_live_preview_works_before_the_first_save(admin_client: Client) -> None:
    url = reverse(f"{SNIPPETS}:preview_on_add")
    admin_client.post(url, posted(subject="Typed just now"))
    assert "Typed just now" in admin_client.get(url, {"mode": "html"}).content.decode()


def test_translating_makes_a_draft(admin_client: Client) -> None:
    letter = parts.letter()
    german = Locale.objects.get(language_code="de")
    url = reverse(
        "simple_translation:submit_snippet_translation",
        args=["wagtail_consent_mailing", "letter", letter.pk],
    )
    response = admin_client.post(url, {"locales": [german.pk]})
    assert response.status_code == 302
    copy = Letter.objects.get(locale=german)
    assert not copy.live
    assert copy.translation_key == letter.translation_key


def test_the_list_shows_kind_purpose_language_and_state(admin_client: Client) -> None:
    parts.letter(purpose=factories.purpose())
    page = admin_client.get(reverse(f"{SNIPPETS}:list")).content.decode()
    assert "Hello from {company}" in page
    assert "Newsletter" in page and "English" in page
