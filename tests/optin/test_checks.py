"""What the room's system checks find."""

from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from wagtail.documents import get_document_model

from tests.optin import world as worlds
from tests.optin.world import World
from wagtail_consent.optin import checks, storage
from wagtail_consent.optin.models import FormPlacement
from wagtail_consent.optin.storage import PrivateStorage, private_storage


def ids(found: Any) -> list[str]:
    return [message.id.rpartition(".")[2] for message in found]


def using(settings: Any, **values: Any) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | values


def test_a_base_template_must_exist(settings: Any) -> None:
    assert ids(checks.base_template()) == []
    using(settings, BASE_TEMPLATE="nowhere.html")
    assert ids(checks.base_template()) == ["E001"]


def test_nginx_needs_a_prefix(settings: Any) -> None:
    assert ids(checks.sendfile()) == []
    using(settings, SENDFILE_HEADER="X-Accel-Redirect")
    assert ids(checks.sendfile()) == ["E002"]
    using(settings, SENDFILE_PREFIX="/private/")
    assert ids(checks.sendfile()) == []


@pytest.fixture
def document_storage(monkeypatch: pytest.MonkeyPatch) -> Any:
    field = get_document_model()._meta.get_field("file")
    return lambda chosen: monkeypatch.setattr(field, "storage", chosen)


def test_documents_in_media_are_open(document_storage: Any, settings: Any) -> None:
    folder = settings.MEDIA_ROOT / "documents"
    document_storage(FileSystemStorage(location=folder))
    assert ids(checks.open_documents()) == ["W001"]


def test_documents_elsewhere_are_closed(document_storage: Any, tmp_path: Any) -> None:
    document_storage(FileSystemStorage(location=tmp_path / "elsewhere"))
    assert ids(checks.open_documents()) == []


def test_a_folder_with_a_similar_name_is_not_media(document_storage, settings) -> None:
    similar = settings.MEDIA_ROOT.with_name(settings.MEDIA_ROOT.name + "-private")
    document_storage(FileSystemStorage(location=similar))
    assert ids(checks.open_documents()) == []


def test_direct_serving_is_open(document_storage, settings, tmp_path) -> None:
    document_storage(FileSystemStorage(location=tmp_path / "elsewhere"))
    settings.WAGTAILDOCS_SERVE_METHOD = "direct"
    assert ids(checks.open_documents()) == ["W001"]


@pytest.mark.parametrize(("signed", "found"), [(True, []), (False, ["W001"])])
def test_a_bucket_without_signed_addresses_is_open(
    document_storage: Any, signed: bool, found: list[str]
) -> None:
    bucket = InMemoryStorage()
    bucket.querystring_auth = signed
    document_storage(bucket)
    assert ids(checks.open_documents()) == found


def test_promised_documents_that_are_open_are_named(
    world: World, document_storage: Any, settings: Any, tmp_path: Any
) -> None:
    document_storage(FileSystemStorage(location=settings.MEDIA_ROOT))
    assert ids(checks.promised_documents(databases=["default"])) == []
    FormPlacement.objects.create(page_id=7, block_id="b", source="x", form=world.form)
    [message] = checks.promised_documents(databases=["default"])
    assert message.id == "wagtail_consent_optin.W002"
    assert str(world.document.pk) in message.msg
    document_storage(FileSystemStorage(location=tmp_path / "elsewhere"))
    assert ids(checks.promised_documents(databases=["default"])) == []


def test_without_a_database_nothing_is_asked() -> None:
    assert ids(checks.promised_documents()) == []


# The private storage.


def test_the_configured_storage_is_used(settings: Any) -> None:
    location = settings.STORAGES["consent_private"]["OPTIONS"]["location"]
    assert str(private_storage().location) == location


def test_without_one_files_lie_below_the_private_root(settings, tmp_path) -> None:
    settings.STORAGES = {
        k: v for k, v in settings.STORAGES.items() if k != "consent_private"
    }
    using(settings, PRIVATE_ROOT=str(tmp_path / "vault"))
    chosen = private_storage()
    assert str(chosen.location).startswith(str(tmp_path / "vault"))
    assert isinstance(chosen, PrivateStorage)
    assert not storage.gives_away(chosen)
    with pytest.raises(NotImplementedError):
        chosen.url("x.pdf")


def test_a_field_takes_it() -> None:
    from django.db.models import FileField

    field = FileField(storage=private_storage)
    assert field.deconstruct()[3]["storage"] is private_storage


def test_a_private_file_is_handed_over(world: World, document_storage: Any) -> None:
    from django.core.files.base import ContentFile

    document_storage(private_storage())
    document = get_document_model().objects.create(
        title="Secret", file=ContentFile(worlds.PDF, name="secret.pdf")
    )
    world.document = document
    world.uses()
    world.confirmed()
    [mail] = worlds.deliver()
    file = world.client.get(worlds.link_in(mail, "download"))
    assert worlds.content(file) == worlds.PDF
