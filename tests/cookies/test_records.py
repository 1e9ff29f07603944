"""What a visitor may read and delete of their own choices."""

from __future__ import annotations

import pytest

from tests.cookies.visitor import Visitor, lay, names, the_choice
from wagtail_consent.cookies.models import Choice

pytestmark = pytest.mark.django_db
SECRET = "cd" * 16


# What a visitor may read and delete.


def test_the_receipt_is_for_the_secrets_owner(visitor: Visitor) -> None:
    visitor.choose("all")
    note = visitor.note
    response = visitor.post("receipt/")
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response.json()["receipt_metadata"]["record_id"] == str(
        the_choice().reference
    )
    assert note.secret not in response.content.decode()
    stranger = Visitor(visitor.site)
    for secret in ["", SECRET, note.secret[::-1]]:
        answer = stranger.post("receipt/", reference=note.reference, secret=secret)
        assert answer.status_code == 410
    by_hand = stranger.post("receipt/", reference=note.reference, secret=note.secret)
    assert by_hand.status_code == 200


@pytest.mark.parametrize("ending", ["receipt/", "forget/"])
def test_no_secret_stands_in_an_address(visitor: Visitor, ending: str) -> None:
    visitor.choose("all")
    assert visitor.get(ending).status_code == 405
    assert Choice.objects.count() == 1


def test_deleting_the_proof_withdraws_too(visitor: Visitor) -> None:
    visitor.choose("all")
    other = Visitor(visitor.site)
    other.choose("all")
    lay(visitor, "_fig")
    response = visitor.post("forget/")
    assert (response.status_code, response["Location"]) == (303, visitor.url + "?saved")
    assert visitor.note and not visitor.note.granted and not visitor.note.reference
    assert names(visitor) == {"site-choice"}
    kept = Choice.objects.exclude(reference=None)
    assert [it.reference.hex for it in kept] == [other.note.reference]


def test_nobody_deletes_anothers_rows(visitor: Visitor) -> None:
    visitor.choose("all")
    thief = Visitor(visitor.site)
    thief.post("forget/", reference=visitor.note.reference, secret=SECRET)
    assert Choice.objects.exclude(reference=None).count() == 1


def test_a_receipt_of_nothing(visitor: Visitor) -> None:
    visitor.choose("all")
    Choice.objects.all().delete()
    response = visitor.post("receipt/")
    assert response.status_code == 410
    assert "We keep nothing" in response.content.decode()
