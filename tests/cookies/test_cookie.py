"""The visitor's note: forged, cut, too long or out of time, it counts for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wagtail_consent.cookies.choice import cookie
from wagtail_consent.cookies.choice.cookie import Cookie, parse

NOW = 1_800_000_000
DAYS = 182
ID, SECRET = "ab" * 16, "cd" * 16
NOTE = Cookie("0badcafe", NOW, ("figures", "clips"), ("ads",), ID, SECRET, True)
TEXT = cookie.format(NOTE)


def read(text: str, now: float = NOW) -> Cookie | None:
    return parse(text, now, DAYS)


def test_what_is_written_is_read() -> None:
    assert TEXT == f"1.0badcafe.tro8w0.figures~clips.ads.{ID}.{SECRET}.1"
    assert read(TEXT) == NOTE


def test_a_refusal_keeps_no_unique_id() -> None:
    refusal = cookie.signed(replace(NOTE, granted=()), ID, SECRET, True)
    text = cookie.format(refusal)
    assert text == "1.0badcafe.tro8w0..ads...1"
    assert read(text) == refusal


def test_a_refusals_id_is_dropped_where_somebody_wrote_one() -> None:
    found = read(f"1.0badcafe.tro8w0..ads.{ID}.{SECRET}.1")
    assert found and not found.reference and not found.secret


@pytest.mark.parametrize("end", range(len(TEXT)))
def test_cut_anywhere_it_counts_for_nothing(end: int) -> None:
    assert read(TEXT[:end]) is None


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "yes",
        TEXT + "\n",
        "\n" + TEXT,
        TEXT + ".",
        TEXT.replace("1.", "2.", 1),
        TEXT.replace("0badcafe", "0BADCAFE"),
        TEXT.replace("0badcafe", "0badcaf"),
        TEXT.replace("tro8w0", "+tro8w"),
        TEXT.replace("tro8w0", "TRO8W0"),
        TEXT.replace("tro8w0", "t_ro8w"),
        TEXT.replace("tro8w0", "tr٣8w0"),
        TEXT.replace("figures~clips", "figures~~clips"),
        TEXT.replace("figures~clips", "~figures"),
        TEXT.replace("figures~clips", "figures clips"),
        TEXT.replace("figures", "<script>"),
        TEXT.replace("figures", "fíg"),
        TEXT.replace("figures", "f" * 41),
        TEXT.replace("ads", "figures"),
        TEXT.replace(ID, ID[1:]),
        TEXT.replace(ID, ID.upper()),
        TEXT.replace(ID, ""),
        TEXT.replace(SECRET, ""),
        TEXT[:-1] + "2",
        "1." * 1000,
    ],
)
def test_forged_it_counts_for_nothing(forged: str) -> None:
    assert read(forged) is None


def test_three_kilobytes_are_the_most() -> None:
    keys = tuple(f"service-{number:032}" for number in range(100))
    assert read(cookie.format(replace(NOTE, granted=keys[:60]))) is not None
    assert read(cookie.format(replace(NOTE, granted=keys))) is None


@pytest.mark.parametrize(
    ("age", "counts"),
    [
        (0, True),
        (DAYS * 86400 - 1, True),
        (DAYS * 86400, False),
        (3653 * 86400, False),
        (-3600, True),
        (-86400, True),
        (-86401, False),
        (-3653 * 86400, False),
    ],
)
def test_it_counts_for_as_long_as_a_choice_lasts(age: int, counts: bool) -> None:
    assert bool(read(TEXT, NOW + age)) is counts


def test_a_key_named_twice_is_one() -> None:
    found = read(TEXT.replace("clips", "figures"))
    assert found and found.granted == ("figures",)


@pytest.mark.parametrize("number", [0, 1, 35, 36, 1_800_000_000])
def test_seconds_are_written_in_base_36(number: int) -> None:
    assert int(cookie.base36(number), 36) == number
