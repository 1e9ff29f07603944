"""The exact wording that people were shown stays, byte for byte."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from tests import factories
from wagtail_consent import notices
from wagtail_consent.models import ConsentEvent, ImmutableRow, Notice, Purpose, Wording
from wagtail_consent.signals import wording_changed

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STATEMENT = "<p>{company} may write by {channel}.</p>"


@pytest.fixture
def wording():
    controller = factories.controller(name="Ann & Sons")
    purpose = factories.purpose(controller=controller)
    return factories.wording(purpose, statement=STATEMENT)


def publish(wording):
    wording.save_revision().publish()
    return Notice.objects.order_by("pk").last()


def test_publishing_makes_the_notice(wording):
    notice = publish(wording)
    assert notice.kind == "statement"
    assert notice.language == "en"
    assert notice.body == "<p>Ann &amp; Sons may write by e-mail.</p>"


def test_saving_makes_none(wording):
    """Autosave saves every half second."""
    wording.statement = f"{STATEMENT}<p>Draft</p>"
    wording.save()
    wording.save_revision()
    assert not Notice.objects.exists()


def test_the_same_text_is_the_same_notice(wording):
    assert publish(wording) == publish(wording)
    assert Notice.objects.count() == 1


def test_an_old_notice_stays_byte_for_byte(wording):
    before = publish(wording)
    wording.statement = STATEMENT.replace("write", "send mail")
    after = publish(wording)
    assert after != before
    assert Notice.objects.get(pk=before.pk).body == before.body
    assert before.is_intact


def test_the_digest_is_the_sha256_of_kind_language_and_body(wording):
    notice = publish(wording)
    text = f"statement\nen\n{notice.body}"
    assert notice.digest == hashlib.sha256(text.encode()).hexdigest()


def test_statements_are_sanitised():
    notice = notices.make("statement", "en", "<p onclick=x>Hi</p><script>x</script>")
    assert notice.body == "<p>Hi</p>"


def test_the_channel_is_named_in_the_wordings_language(wording, monkeypatch):
    german = factories.wording(wording.purpose, "de", statement=STATEMENT)
    spoken = lambda purpose: translation.get_language()  # noqa: E731
    monkeypatch.setattr(Purpose, "get_channel_display", spoken)
    assert notices.statement(german).body == "<p>Ann &amp; Sons may write by de.</p>"


def test_a_company_name_is_data(wording):
    wording.purpose.controller.name = "<b>{channel}</b> {0.__class__}"
    body = notices.statement(wording).body
    assert body.startswith("<p>&lt;b&gt;")
    assert "{0.__class__}" in body


def test_the_same_content_is_spelled_one_way():
    one = notices.make("form", "en", {"b": "ü", "a": [1]})
    assert one == notices.make("form", "en", {"a": [1], "b": "ü"})
    assert one.body == '{"a":[1],"b":"ü"}'
    assert one.content == {"a": [1], "b": "ü"}


def test_language_and_kind_set_notices_apart():
    texts = {notices.make("statement", code, "<p>Hi</p>").pk for code in ("en", "de")}
    assert len(texts) == 2


def test_get_remembers(django_assert_num_queries):
    notice = Notice.objects.create(
        digest=Notice.digest_of("form", "en", "{}"),
        kind="form",
        language="en",
        body="{}",
    )
    notices.forget()
    assert notices.get(notice.digest) == notice
    with django_assert_num_queries(0):
        assert notices.get(notice.digest) == notice


def test_get_refuses_what_was_never_published():
    with pytest.raises(Notice.DoesNotExist):
        notices.get("0" * 64)


@pytest.mark.django_db(transaction=True)
def test_get_forgets_what_was_rolled_back():
    notices.forget()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        digest = notices.make("form", "en", {"rolled": "back"}).digest
        notices.get(digest)
        raise ZeroDivisionError
    with pytest.raises(Notice.DoesNotExist):
        notices.get(digest)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one():
    def make(number):
        try:
            return notices.make("form", "en", {"at": "once"}).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(make, range(8)))) == 1
    assert Notice.objects.count() == 1


def test_the_model_is_immutable(wording):
    notice = publish(wording)
    notice.body = "<p>Something else</p>"
    with pytest.raises(ImmutableRow):
        notice.save()
    with pytest.raises(ImmutableRow):
        notice.delete()
    with pytest.raises(ImmutableRow):
        Notice.objects.update(body="")
    with pytest.raises(ImmutableRow):
        Notice.objects.all().delete()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE wagtail_consent_notice SET body = 'x'",
        "DELETE FROM wagtail_consent_notice",
    ],
)
def test_the_database_is_immutable(wording, sql):
    publish(wording)
    with pytest.raises(DatabaseError, match="never changed"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def changed():
    heard = []

    def hear(sender, purpose, **kwargs):
        heard.append(purpose)

    wording_changed.connect(hear)
    yield heard
    wording_changed.disconnect(hear)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def rename(controller):
    controller.name = "Bob Ltd"
    controller.save()


def newest():
    return Notice.objects.order_by("pk").last().body


def test_a_new_company_name_is_a_new_notice(wording, changed, committed):
    publish(wording)
    with committed():
        rename(wording.purpose.controller)
    assert newest() == "<p>Bob Ltd may write by e-mail.</p>"
    assert changed == [wording.purpose]


def test_a_new_channel_is_a_new_notice(wording, changed, committed):
    publish(wording)
    wording.purpose.channel = "phone"
    with committed():
        wording.purpose.save()
    assert newest() == "<p>Ann &amp; Sons may write by phone.</p>"
    assert changed == [wording.purpose]


def test_drafts_keep_waiting_when_the_company_is_renamed(wording, committed):
    Wording.objects.update(live=False)
    with committed():
        rename(wording.purpose.controller)
    assert not Notice.objects.exists()


def test_a_draft_of_a_live_wording_waits_too(wording, committed):
    publish(wording)
    wording.statement = STATEMENT.replace("write", "call")
    wording.save_revision()
    with committed():
        rename(wording.purpose.controller)
    assert newest() == "<p>Bob Ltd may write by e-mail.</p>"


@pytest.mark.parametrize("verb", ["unpublish", "delete"])
def test_a_wording_that_goes_is_told_too(wording, changed, committed, verb):
    publish(wording)
    with committed():
        getattr(wording, verb)()
    assert changed == [wording.purpose]


def test_publishing_tells_who_shows_the_wording(wording, changed, committed):
    with committed():
        publish(wording)
    assert changed == [wording.purpose]


def test_nobody_is_told_what_was_rolled_back(wording, changed, committed):
    with committed(), pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(wording)
        raise ZeroDivisionError
    assert changed == []


def test_a_locale_can_be_deleted_and_the_proof_stays(wording, admin_client):
    """Wagtail refuses to delete a locale that content uses; evidence is no content."""
    german = factories.wording(wording.purpose, "de", statement=STATEMENT)
    notice = publish(german)
    factories.event(factories.contact(language="de"), wording.purpose)
    viewset = Wording.snippet_viewset
    admin_client.post(reverse(viewset.get_url_name("delete"), args=[german.pk]))
    locale = Locale.objects.get(language_code="de")
    admin_client.post(reverse("wagtaillocales:delete", args=[locale.pk]))
    assert not Locale.objects.filter(language_code="de").exists()
    assert Notice.objects.get(pk=notice.pk).language == "de"
    assert ConsentEvent.objects.exists()
