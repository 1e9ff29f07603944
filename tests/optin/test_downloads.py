"""What was promised goes to confirmed visitors alone, in whole or in part."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from tests.optin import world as worlds
from tests.optin.stage import home_page
from tests.optin.world import PDF, World, content
from wagtail_consent.optin.confirmation import links
from wagtail_consent.optin.delivery import ranges
from wagtail_consent.optin.models import Download

SIZE = len(PDF)


@pytest.fixture
def path(world: World) -> str:
    world.confirmed()
    return links.path("download", Download.objects.get().uuid)


def test_the_whole_file_with_its_headers(world: World, path: str) -> None:
    response = world.client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(SIZE)
    assert response["Content-Disposition"] == 'attachment; filename="guide.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Accept-Ranges"] == "bytes"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert content(response) == PDF


def test_the_page_and_the_mail_lead_to_the_same(world: World) -> None:
    submission = world.confirmed()
    page = world.client.get(links.path("done", submission.uuid)).content.decode()
    [mail] = worlds.deliver()
    assert worlds.link_in(mail, "download") in page


def test_a_name_in_another_script_travels_well(world: World) -> None:
    """RFC 6266, RFC 8187."""
    document = get_document_model().objects.create(
        title="Wände", file=ContentFile(PDF, name="Wände 墙.pdf")
    )
    world.document = document
    world.uses()
    world.confirmed()
    response = world.client.get(links.path("download", Download.objects.get().uuid))
    assert "filename*=utf-8''W%C3%A4nde" in response["Content-Disposition"]
    content(response)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-50", SIZE - 50, SIZE - 1),
        ("bytes=-999999", 0, SIZE - 1),
        ("bytes=10-999999", 10, SIZE - 1),
        ("Bytes=5-5", 5, 5),
    ],
)
def test_a_part(world: World, path: str, asked: str, first: int, last: int) -> None:
    response = world.client.get(path, headers={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert content(response) == PDF[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=999999-", "bytes=-0"])
def test_a_part_that_is_not_there(world: World, path: str, asked: str) -> None:
    response = world.client.get(path, headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-9", "lines=0-1", "bytes=9-1", "bytes=-", "bytes=٣-٤", "x"]
)
def test_what_is_no_single_range_gives_the_whole(world: World, path: str, asked: str):
    response = world.client.get(path, headers={"Range": asked})
    assert response.status_code == 200
    assert content(response) == PDF


def test_a_part_of_another_version_gives_the_whole(world: World, path: str) -> None:
    """RFC 9110 section 13.1.5."""
    whole = world.client.get(path)
    content(whole)
    headers = {"Range": "bytes=0-9", "If-Range": '"another"'}
    other = world.client.get(path, headers=headers)
    assert (other.status_code, content(other)) == (200, PDF)
    if "ETag" in whole:
        same = world.client.get(path, headers=headers | {"If-Range": whole["ETag"]})
        assert (same.status_code, content(same)) == (206, PDF[:10])


def test_an_empty_file_has_no_part() -> None:
    with pytest.raises(ranges.Unsatisfiable):
        ranges.wanted("bytes=0-", 0)


def test_head_tells_without_giving(world: World, path: str) -> None:
    response = world.client.head(path)
    assert response["Content-Length"] == str(SIZE)
    assert response.status_code == 200
    content(response)


def test_after_its_days_the_link_says_so(world: World, path: str) -> None:
    Download.objects.update(expires_at=timezone.now())
    response = world.client.get(path)
    assert response.status_code == 410
    assert b"form" in response.content


def test_a_deleted_document_is_a_kind_message(world: World, path: str) -> None:
    world.document.delete()
    response = world.client.get(path)
    assert response.status_code == 410
    assert b"%PDF" not in response.content


def test_a_lost_file_is_a_kind_message(world: World, path: str) -> None:
    world.document.file.storage.delete(world.document.file.name)
    assert world.client.get(path).status_code == 410


def test_the_done_page_outlives_the_download(world: World, path: str) -> None:
    Download.objects.update(expires_at=timezone.now() - timedelta(days=1))
    submission = Download.objects.get().confirmation.submission
    page = world.client.get(links.path("done", submission.uuid))
    assert page.status_code == 200
    assert path not in page.content.decode()


def test_nginx_hands_it_over(world: World, path: str, settings) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {
        "SENDFILE_HEADER": "X-Accel-Redirect",
        "SENDFILE_PREFIX": "/private/",
    }
    response = world.client.get(path)
    assert response["X-Accel-Redirect"] == f"/private/{world.document.file.name}"
    assert response.content == b""
    assert response["Content-Disposition"].startswith("attachment")


def test_apache_hands_it_over(world: World, path: str, settings) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {
        "SENDFILE_HEADER": "X-Sendfile"
    }
    assert world.client.get(path)["X-Sendfile"] == world.document.file.path


def test_a_storage_that_signs_its_addresses_is_redirected_to(
    world: World, path: str, settings
) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {"DOWNLOAD_REDIRECT": True}
    response = world.client.get(path)
    assert response.status_code == 302
    assert response["Location"] == world.document.file.url
    assert "no-store" in response["Cache-Control"]


# Nobody gets it past us.


def promised(world: World) -> str:
    from wagtail_consent.optin.models import FormPlacement

    FormPlacement.objects.create(page_id=7, block_id="b1", source="ab", form=world.form)
    return world.document.url


def test_wagtails_serve_view_refuses_what_a_form_promises(world: World) -> None:
    url = promised(world)
    response = world.client.get(url)
    assert response.status_code == 403
    assert b"%PDF" not in response.content
    assert "no-store" in response["Cache-Control"]


def test_wagtails_serve_view_gives_other_documents(world: World) -> None:
    promised(world)
    other = get_document_model().objects.create(
        title="Imprint", file=ContentFile(b"x", name="imprint.pdf")
    )
    response = world.client.get(other.url)
    assert response.status_code == 200
    content(response)


def test_staff_who_work_with_documents_see_it(world: World, admin_client) -> None:
    response = admin_client.get(promised(world))
    assert response.status_code == 200
    content(response)


def test_a_log_in_alone_is_not_enough(world: World, django_user_model) -> None:
    user = django_user_model.objects.create_user("bob", password="x")
    world.client.force_login(user)
    assert world.client.get(promised(world)).status_code == 403


def test_a_promised_page_is_linked(world: World) -> None:
    _site, home = home_page()
    world.uses(promise={"kind": "page", "id": home.pk, "title": "Home"})
    submission = world.confirmed()
    page = world.client.get(links.path("done", submission.uuid)).content.decode()
    assert home.full_url in page
    [mail] = worlds.deliver()
    assert home.full_url in mail.body
