"""One person, however the address is spelled; two, where two mailboxes are meant."""

import pytest

from wagtail_consent import addresses
from wagtail_consent.addresses import InvalidAddress, identity, parse


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@Example.ORG", "ann@example.org"),
        (" ann@example.org ", "ann@example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@BÜCHER.example", "ann@XN--BCHER-KVA.example"),
        ("ДИАНА@пример.испытание", "диана@пример.испытание"),
        ("диана@пример.испытание", "диана@xn--e1afmkfd.xn--80akhbyknj4f"),
        ("jose\u0301@example.org", "jos\u00e9@example.org"),
        ("ΟΔΟΣ@example.org", "οδος@example.org"),
    ],
)
def test_spellings_of_one_address_have_one_identity(one, other):
    assert identity(one) == identity(other) == parse(one).identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ann@example.org", "ann@example.com"),
        ("ann+a@example.org", "ann+b@example.org"),
        ("ann@example.org", "a.nn@example.org"),
        ("straße@example.org", "strasse@example.org"),
        ("ſmith@example.org", "smith@example.org"),
        ("аnn@example.org", "ann@example.org"),
    ],
)
def test_two_mailboxes_are_never_one_identity(one, other):
    assert identity(one) != identity(other)


def test_delivery_keeps_the_address_as_typed():
    assert parse("Ann.Smith+News@Example.org").delivery == "Ann.Smith+News@example.org"


def test_tagged_variants_share_a_mailbox():
    plain, tagged = parse("ann@example.org"), parse("Ann+news@example.org")
    assert plain.mailbox == tagged.mailbox == "ann@example.org"
    assert plain.mailbox_digest == tagged.mailbox_digest
    assert plain.digest != tagged.digest


def test_a_local_part_that_begins_with_the_tag_sign_is_left_alone():
    assert parse("+news@example.org").mailbox == "+news@example.org"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@localhost",
        "ann@example..org",
        "ann smith@example.org",
        "ann@example.org\nBcc: all@example.org",
        "ann@example.org, bob@example.org",
        "Ann <ann@example.org>",
        f"{'a' * 64}@{'b' * 251}.org",
        "ann\x00@example.org",
        "ann@exa\u202emple.org",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(raw):
    with pytest.raises(InvalidAddress) as caught:
        parse(raw)
    assert str(caught.value).strip()


@pytest.mark.parametrize("raw", ["", "ann", "@example.org", "ann@", "é@-", "é@a..b"])
def test_a_look_up_of_nonsense_is_invalid_and_nothing_worse(raw):
    with pytest.raises(InvalidAddress):
        identity(raw)


def test_the_longest_address_fits_its_column():
    address = parse(f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.org")
    assert len(address.delivery) <= 254
    assert len(address.identity) <= 320


def test_digests_tell_nothing_and_differ_by_use():
    address = addresses.Address("Ann@example.org", "ann@example.org")
    assert "ann" not in address.digest
    assert address.digest != address.mailbox_digest
    assert address.digest in address.digests
