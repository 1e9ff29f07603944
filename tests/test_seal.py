"""A seal outside the database covers every event, once or twice, whatever happens."""

import hashlib
import json
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.db import connection, transaction

from tests import factories
from wagtail_consent import journal, keys, ledger, seal
from wagtail_consent.journal import BadSeal, CutShort, Line
from wagtail_consent.models import ConsentEvent, UnsealedEvent
from wagtail_consent.verify import Kind, findings

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINES = [Line(17, "ab" * 16, 1, "cd" * 32), Line(20, "ab" * 16, 2, "ef" * 32)]


def names():
    return [each.name for each in journal.seals()]


def content(name):
    with journal.storage().open(name) as file:
        return file.read()


def rewrite(name, data):
    storage = journal.storage()
    storage.delete(name)
    assert storage.save(name, ContentFile(data)) == name


def sealed():
    return {line.id for each in journal.seals() for line in each.lines()}


def test_what_waits_is_sealed_and_waits_no_longer():
    for _ in range(3):
        factories.event()
    assert seal.seal_pending() == 6
    assert not UnsealedEvent.objects.exists()
    assert sealed() == set(ConsentEvent.objects.values_list("pk", flat=True))
    assert list(findings()) == []


def test_nothing_to_seal_makes_no_file():
    assert seal.seal_pending() == 0
    assert names() == []


def test_a_seal_holds_no_personal_data():
    factories.event(factories.contact("ann@example.org"))
    seal.seal_pending()
    text = content(names()[0])
    assert b"ann" not in text and b"newsletter" not in text and b"guide" not in text


def test_large_queues_are_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(seal, "BATCH", 4)
    monkeypatch.setattr(seal, "CHUNK", 3)
    for _ in range(5):
        factories.event()
    assert seal.seal_pending() == 10
    assert [len(list(each.lines())) for each in journal.seals()] == [4, 4, 2]


def test_each_seal_names_the_one_before_by_its_sha256():
    for _ in range(3):
        journal.write(LINES)
    first, second, third = names()
    assert json.loads(content(first).splitlines()[0])["previous"] == []
    for earlier, later in ((first, second), (second, third)):
        header = json.loads(content(later).splitlines()[0])
        assert header["previous"] == [hashlib.sha256(content(earlier)).hexdigest()]


def test_two_that_were_written_at_once_are_both_named(monkeypatch):
    journal.write(LINES)
    behind = journal._newest()
    monkeypatch.setattr(journal, "_newest", lambda: behind)
    journal.write(LINES)
    journal.write(LINES)
    monkeypatch.undo()
    journal.write(LINES)
    *_, twin, other, last = names()
    digests = {hashlib.sha256(content(name)).hexdigest() for name in (twin, other)}
    assert set(json.loads(content(last).splitlines()[0])["previous"]) == digests


def test_a_late_commit_with_a_lower_number_is_sealed_with_the_next():
    """Numbers are given before the commit: an event may show up behind its time."""
    first, second = factories.event(), factories.event()
    late = UnsealedEvent.objects.filter(event__subject=first.subject)
    ids = list(late.values_list("pk", flat=True))
    late.delete()
    assert seal.seal_pending() == 2
    UnsealedEvent.objects.bulk_create(UnsealedEvent(event_id=pk) for pk in ids)
    assert seal.seal_pending() == 2
    assert min(sealed()) == min(ids) < second.pk
    assert list(findings()) == []


def test_gaps_in_the_numbers_are_no_finding():
    factories.event()
    with pytest.raises(ZeroDivisionError):
        with transaction.atomic():
            factories.event()
            raise ZeroDivisionError
    factories.event()
    seal.seal_pending()
    assert list(findings()) == []


def test_a_crash_after_the_file_loses_nothing(monkeypatch):
    factories.event()

    def crash(ids):
        raise SystemExit

    monkeypatch.setattr(seal, "_take_off", crash)
    with pytest.raises(SystemExit):
        seal.seal_pending()
    assert UnsealedEvent.objects.count() == 2
    monkeypatch.undo()
    assert seal.seal_pending() == 2
    assert len(names()) == 2
    assert list(findings()) == []


def test_a_crash_before_the_file_loses_nothing(monkeypatch):
    factories.event()
    monkeypatch.setattr(journal, "write", lambda lines: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seal.seal_pending()
    assert UnsealedEvent.objects.count() == 2


def test_a_file_that_was_cut_short_is_passed_over():
    """The process was killed while it wrote; the queue still had the events."""
    factories.event()
    seal.seal_pending()
    [whole] = names()
    torn = "000000/000000002-00000000.jsonl"
    rewrite(torn, content(whole).replace(b'"number":1', b'"number":2')[:-40])
    factories.event()
    seal.seal_pending()
    assert len(names()) == 3
    assert list(findings()) == []


def test_two_sealers_at_once_seal_twice_and_do_no_harm(monkeypatch):
    factories.event()
    waiting = seal._waiting()
    journal.write(waiting)  # The other one, which hasn't emptied the queue yet.
    seal.seal_pending()
    factories.event()
    seal.seal_pending()
    assert list(findings()) == []


@pytest.mark.django_db(transaction=True)
def test_sealers_in_threads_lose_nothing(monkeypatch):
    monkeypatch.setattr(seal, "BATCH", 5)
    for _ in range(15):
        factories.event()
    barrier, errors = threading.Barrier(4), []

    def run():
        barrier.wait(timeout=20)
        try:
            seal.seal_pending()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    seal.seal_pending()
    assert sealed() == set(ConsentEvent.objects.values_list("pk", flat=True))
    assert list(findings()) == []


def test_folders_stay_small(monkeypatch):
    monkeypatch.setattr(journal, "FILES_PER_FOLDER", 2)
    for _ in range(5):
        journal.write(LINES)
    folders = [name.partition("/")[0] for name in names()]
    assert folders == ["000000", "000001", "000001", "000002", "000002"]
    assert [each.number for each in journal.seals(after=3)] == [4, 5]


def test_foreign_files_are_passed_over():
    journal.write(LINES)
    rewrite("000000/README", b"hello")
    rewrite("notes/000000009-aaaa.jsonl", b"hello")
    assert len(names()) == 1


def broken(change):
    journal.write(LINES)
    [name] = names()
    rewrite(name, change(content(name)))
    [each] = journal.seals()
    return each


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"[17,", b"[18,"),
        lambda text: text.replace(b'"previous":[]', b'"previous":["00"]'),
        lambda text: text.replace(b'"number":1', b'"number":2'),
        lambda text: text.replace(text.splitlines(True)[1], b""),
        lambda text: text + text.splitlines(True)[1],
        lambda text: text.replace(b'"mac":"', b'"mac":"\xc3\xa9'),
        lambda text: text.replace(b"[17,", b"17,["),
        lambda text: text.replace(b"[17,", b"[17,1,"),
        lambda text: b'"mac"\n' + text,
        lambda text: b"\xff\n" + text,
    ],
)
def test_a_changed_seal_is_bad(change):
    with pytest.raises(BadSeal) as caught:
        list(broken(change).lines())
    assert not isinstance(caught.value, CutShort)
    assert str(caught.value)


def test_a_seal_without_its_end_was_cut_short():
    with pytest.raises(CutShort):
        list(broken(lambda text: text[:-5]).lines())


def test_an_empty_seal_was_cut_short():
    with pytest.raises(CutShort):
        list(broken(lambda text: b"").lines())


def test_a_seal_of_a_lost_key_is_a_clear_error(settings):
    journal.write(LINES)
    settings.WAGTAIL_CONSENT = {"KEYS": ["another"]}
    with pytest.raises(keys.KeyLost, match="Put it back"):
        list(next(journal.seals()).lines())


def test_a_rotated_key_still_verifies(settings):
    factories.event()
    seal.seal_pending()
    [key] = settings.WAGTAIL_CONSENT["KEYS"]
    settings.WAGTAIL_CONSENT = {"KEYS": ["a-newer-key-of-a-test", key]}
    factories.event()
    seal.seal_pending()
    assert list(findings()) == []


def test_a_lost_key_is_found_with_what_to_do(settings):
    factories.event()
    seal.seal_pending()
    settings.WAGTAIL_CONSENT = {"KEYS": ["another"]}
    found = list(findings())
    assert {each.kind for each in found if "seal" not in each.detail} == {Kind.KEY}
    assert all("Put it back" in each.detail for each in found[:3])


def test_seals_lie_below_the_private_root_without_a_storage(settings, tmp_path):
    settings.STORAGES = {
        name: value
        for name, value in settings.STORAGES.items()
        if name != "consent_seals"
    }
    settings.WAGTAIL_CONSENT = {
        **settings.WAGTAIL_CONSENT,
        "PRIVATE_ROOT": str(tmp_path / "private"),
    }
    factories.event()
    seal.seal_pending()
    assert len(list((tmp_path / "private" / "seals").rglob("*.jsonl"))) == 1


def test_without_any_place_for_seals_the_error_says_what_to_set(settings):
    settings.STORAGES = {
        name: value
        for name, value in settings.STORAGES.items()
        if name != "consent_seals"
    }
    with pytest.raises(ImproperlyConfigured, match="PRIVATE_ROOT"):
        journal.storage()


def test_the_ledger_needs_no_seal_to_go_on(settings):
    """Writing consent doesn't touch the storage: a full disk stops nobody's no."""
    settings.STORAGES = {
        **settings.STORAGES,
        "consent_seals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": "/dev/null/nowhere"},
        },
    }
    ledger.withdraw(factories.contact(), factories.purpose())
    with pytest.raises(OSError):
        seal.seal_pending()
    assert UnsealedEvent.objects.count() == 1
