"""The ready INSERT does what a model's own does."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save
from django.forms import model_to_dict
from django.utils import timezone

from tests.optin import world as worlds
from wagtail_consent.insert import insert
from wagtail_consent.mailing.models import Message
from wagtail_consent.optin.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world():
    return worlds.build()


def submission(world, **values):
    usual = {
        "controller": world.controller,
        "form": world.form,
        "email": "ann@example.org",
        "digest": "d" * 73,
        "data": {"name": "Ännä 🌱", "tags": ["a", None, 1.5]},
        "ticked": [{"purpose": "newsletter"}],
        "language": "en",
        "expires_at": timezone.now(),
    }
    return Submission(**usual | values)


def values_of(row):
    return model_to_dict(type(row).objects.get(pk=row.pk), exclude=["id", "uuid"])


def test_it_writes_what_save_writes(world):
    ready, saved = submission(world), submission(world)
    saved.expires_at = ready.expires_at
    insert(ready)
    saved.save(force_insert=True)
    assert values_of(ready) == values_of(saved)
    assert Submission.objects.get(uuid=ready.uuid).pk == ready.pk != saved.pk


def test_the_row_can_be_saved_afterwards(world):
    row = submission(world)
    insert(row)
    assert row.created_at
    row.language = "de"
    row.save()
    assert Submission.objects.get().language == "de"


def test_constraints_hold(world):
    once = uuid.uuid4()
    insert(submission(world, uuid=once))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(submission(world, uuid=once))


def test_a_sign_up_tells_no_listener_of_the_host_site(world):
    heard = []

    def listen(sender, **kwargs):
        heard.append(sender)

    post_save.connect(listen)
    try:
        world.sign_up()
    finally:
        post_save.disconnect(listen)
    assert Message.objects.exists()
    assert heard == []
