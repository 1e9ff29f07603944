"""One network, one counter; nobody's address is kept."""

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache

from wagtail_consent import ratelimit
from wagtail_consent.ratelimit import allowed, network_of


def attempts(key="203.0.113.7", scope="sign-up", limit=2, count=3):
    return [allowed(scope, key, limit, 3600) for _attempt in range(count)]


def test_the_limit_is_the_last_one_allowed():
    assert attempts() == [True, True, False]


def test_networks_count_for_themselves():
    attempts("203.0.113.7")
    assert attempts("203.0.113.8", count=1) == [True]


def test_scopes_count_for_themselves():
    attempts(scope="sign-up")
    assert attempts(scope="again", count=1) == [True]


def test_zero_turns_it_off():
    assert all(attempts(limit=0))


def test_a_window_ends(monkeypatch):
    monkeypatch.setattr(ratelimit.time, "time", lambda: 1_000_000)
    assert not all(attempts())
    monkeypatch.setattr(ratelimit.time, "time", lambda: 1_003_600)
    assert attempts(count=1) == [True]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::1", "20010db800010002/64"),
        ("2001:db8:1:2:ffff::9", "20010db800010002/64"),
        ("fe80::1%eth0", "fe80000000000000/64"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_network_of(address, network):
    assert network_of(address) == network


def test_a_subscriber_cant_hop_through_his_network():
    assert attempts("2001:db8::1") == [True, True, False]
    assert attempts("2001:db8::2", count=1) == [False]


def test_who_cant_be_told_apart_is_let_in():
    assert all(attempts("", limit=1))


def test_no_address_is_kept():
    attempts()
    assert cache._cache
    assert "203.0.113.7" not in f"{cache._cache}"


def test_a_cache_that_is_down_loses_no_lead(monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(LocMemCache, "add", fail)
    assert all(attempts())
    assert "cache failed" in caplog.text


def test_a_counter_that_was_evicted_starts_again(monkeypatch):
    monkeypatch.setattr(LocMemCache, "add", lambda *args, **kwargs: False)
    assert attempts(count=1) == [True]
