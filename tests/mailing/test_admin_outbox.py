"""The outbox in the admin: read by those who may, retried by those who may."""

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.mailing import parts
from wagtail_consent.mailing.models import Message, MessageStatus

pytestmark = pytest.mark.django_db

INDEX = "consent_outbox:index"
ANN = "ann@example.org"

Login = Callable[..., Client]


@pytest.fixture
def login(client: Client) -> Login:
    """A user who may enter the admin and do what is named."""

    def log_in(*codenames: str, email: str = "eve@example.com") -> Client:
        group = Group.objects.create(name="Tests")
        wanted = Permission.objects.filter(codename__in=["access_admin", *codenames])
        group.permissions.set(wanted)
        user = User.objects.create_user("eve", email, "secret")
        user.groups.add(group)
        client.force_login(user)
        return client

    return log_in


def failed(status: str = MessageStatus.REFUSED, **values: Any) -> Message:
    message = parts.queue(ANN)
    changes = {"status": status, "attempts": 3, "error": "550 5.1.1 no such user"}
    Message.objects.filter(pk=message.pk).update(**changes | values)
    message.refresh_from_db()
    return message


def retry_url(message: Message) -> str:
    return reverse("consent_outbox:retry", args=[message.pk])


def test_the_list_masks_the_recipient(login: Login) -> None:
    failed()
    page = login("view_message").get(reverse(INDEX)).content.decode()
    assert "a…@e…" in page
    assert "Hello" in page and "refused by the mail server" in page
    assert "550 5.1.1 no such user" in page
    assert ANN not in page


def test_a_message_is_shown_without_its_address(login: Login) -> None:
    message = failed()
    url = reverse("consent_outbox:inspect", args=[message.pk])
    page = login("view_message").get(url).content.decode()
    assert message.message_id[1:-1] in page
    assert "a…@e…" in page and ANN not in page


@pytest.mark.parametrize("status", MessageStatus.values)
def test_the_list_is_filtered_by_status(login: Login, status: str) -> None:
    for each in MessageStatus.values:
        failed(each)
    response = login("view_message").get(reverse(INDEX), {"status": status})
    assert [row.status for row in response.context["object_list"]] == [status]


def test_the_list_asks_a_flat_number_of_queries(
    login: Login, django_assert_max_num_queries: Any
) -> None:
    client = login("view_message", "change_message")
    for _ in range(3):
        failed()
    client.get(reverse(INDEX))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse(INDEX))
    for _ in range(20):
        failed()
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(INDEX))


def test_nobody_reads_it_without_permission(login: Login) -> None:
    message = failed()
    client = login()
    inspect = reverse("consent_outbox:inspect", args=[message.pk])
    for url in (reverse(INDEX), inspect, retry_url(message)):
        assert client.get(url).status_code == 302


def test_a_failed_mail_is_retried_by_a_post_alone(login: Login) -> None:
    message = failed()
    client = login("view_message", "change_message")
    assert "Yes, try again" in client.get(retry_url(message)).content.decode()
    message.refresh_from_db()
    assert message.status == MessageStatus.REFUSED
    assert client.post(retry_url(message)).url == reverse(INDEX)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.DUE, 0)


def test_readers_retry_nothing(login: Login) -> None:
    message = failed()
    client = login("view_message")
    assert "Try again" not in client.get(reverse(INDEX)).content.decode()
    client.post(retry_url(message))
    message.refresh_from_db()
    assert message.status == MessageStatus.REFUSED


@pytest.mark.parametrize("status", ["due", "sent", "cancelled"])
def test_what_has_not_failed_is_not_retried(login: Login, status: str) -> None:
    message = failed(status)
    client = login("view_message", "change_message")
    assert client.post(retry_url(message), follow=True).status_code == 404


def test_a_mail_whose_address_was_removed_is_not_retried(login: Login) -> None:
    message = failed(recipient="")
    client = login("view_message", "change_message")
    assert client.post(retry_url(message), follow=True).status_code == 404


def test_all_failed_mails_are_retried_at_once(login: Login) -> None:
    failed(), failed(MessageStatus.ABANDONED), failed(MessageStatus.SENT)
    client = login("view_message", "change_message")
    assert "Try failed mails again" in client.get(reverse(INDEX)).content.decode()
    response = client.post(reverse("consent_outbox:retry_all"), follow=True)
    assert "2 mails are tried again." in response.content.decode()
    assert Message.objects.filter(status=MessageStatus.DUE).count() == 2


def test_the_audit_log_names_the_deed_and_no_address(login: Login) -> None:
    message = failed()
    login("view_message", "change_message").post(retry_url(message))
    entry = ModelLogEntry.objects.get(action="wagtail_consent_mailing.retry")
    assert entry.label == str(message.uuid)
    assert "ann" not in str(ModelLogEntry.objects.values().get(pk=entry.pk))


def test_a_mail_is_told_in_words_and_local_time(login: Login) -> None:
    message = failed(sent_at=datetime(2026, 6, 30, 22, 30, tzinfo=timezone.utc))
    url = reverse("consent_outbox:inspect", args=[message.pk])
    page = login("view_message").get(url).content.decode()
    assert "July 1, 2026, 12:30 a.m." in page
    for words in ("Next attempt", "Mail text (SHA-256)", message.notice.digest):
        assert words in page


@pytest.mark.parametrize("verb", ["new/", "edit/1/", "delete/1/", "copy/1/"])
def test_no_view_adds_changes_or_deletes(admin_client: Client, verb: str) -> None:
    failed()
    response = admin_client.get(reverse(INDEX) + verb, follow=True)
    assert response.status_code == 404


def test_groups_are_given_reading_and_retrying(admin_client: Client) -> None:
    page = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    view = Permission.objects.get(codename="view_message").pk
    delete = Permission.objects.get(codename="delete_message").pk
    values = [f'value="{pk}"' in page for pk in (view, delete)]
    assert values == [True, False]
