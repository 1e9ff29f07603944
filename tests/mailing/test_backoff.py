from datetime import timedelta

import pytest

from wagtail_consent.mailing import backoff


def middle() -> float:
    return 0.5


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (8, 128), (9, 240), (500, 240)]
)
def test_the_wait_doubles_up_to_four_hours(attempts: int, minutes: int) -> None:
    assert backoff.next_attempt(attempts, middle) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("luck", "seconds"), [(0.0, 45), (0.5, 60), (1.0, 75)])
def test_the_wait_is_spread_by_a_quarter(luck: float, seconds: int) -> None:
    assert backoff.next_attempt(1, lambda: luck) == timedelta(seconds=seconds)


def test_what_failed_together_comes_back_apart() -> None:
    assert len({backoff.next_attempt(9) for _ in range(50)}) > 40


@pytest.mark.parametrize(
    ("attempts", "days", "over"),
    [(40, 6, True), (40, 4.9, False), (7, 30, False), (8, 30, True)],
)
def test_a_mail_is_given_up_after_five_days_and_eight_attempts(
    attempts: int, days: float, over: bool
) -> None:
    assert backoff.gives_up(attempts, timedelta(days=days)) is over


def test_a_day_without_a_server_is_far_from_giving_up() -> None:
    waited, attempts = timedelta(), 0
    while waited < timedelta(days=1):
        attempts += 1
        waited += backoff.next_attempt(attempts, middle)
    assert not backoff.gives_up(attempts, waited)
    assert attempts < 20
