"""The newest key signs, older ones verify, a lost one is a clear error."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from wagtail_consent import keys

OLD, NEW = "the-old-key-of-a-test", "the-new-key-of-a-test"


@pytest.fixture
def ring(settings):
    def turn(*secrets):
        settings.WAGTAIL_CONSENT = {"KEYS": list(secrets)}

    return turn


def test_the_newest_key_signs(ring):
    ring(OLD)
    old = keys.digest("address", "ann@example.org")
    ring(NEW, OLD)
    new = keys.digest("address", "ann@example.org")
    assert new != old
    assert keys.digests("address", "ann@example.org") == [new, old]


def test_an_older_key_still_verifies(ring):
    ring(OLD)
    key_id, mac = keys.newest().id, keys.newest().mac("chain", b"event")
    ring(NEW, OLD)
    assert keys.by_id(key_id).mac("chain", b"event") == mac


def test_a_lost_key_is_named_with_what_to_do(ring):
    ring(OLD)
    key_id = keys.newest().id
    ring(NEW)
    with pytest.raises(keys.KeyLost, match=f"Key {key_id} is not in WAGTAIL_CONSENT"):
        keys.by_id(key_id)


def test_uses_are_apart(ring):
    ring(NEW)
    assert keys.newest().mac("chain", b"x") != keys.newest().mac("seal", b"x")


def test_a_key_id_tells_nothing_of_the_key(ring):
    ring(NEW)
    assert len(keys.newest().id) == 8
    assert keys.newest().id not in NEW


def test_the_products_own_key_is_demanded(settings):
    settings.WAGTAIL_CONSENT = {}
    settings.DEBUG = False
    with pytest.raises(ImproperlyConfigured, match="KEYS"):
        keys.newest()


def test_secret_key_stands_in_while_debugging_alone(settings):
    settings.WAGTAIL_CONSENT = {}
    settings.DEBUG = True
    assert keys.secrets() == [settings.SECRET_KEY]


def test_a_rotated_secret_key_changes_nothing(settings, ring):
    ring(NEW)
    before = keys.digest("address", "ann@example.org")
    settings.SECRET_KEY = "another"
    assert keys.digest("address", "ann@example.org") == before
