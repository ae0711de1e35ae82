"""Sign-in attempts are counted by the visitor's address, which nobody chooses for themselves."""

import pytest
from django.test import RequestFactory

from foundation.limiting.visitors import address_of, network_of


def asked(forwarded: str | None = None) -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1"))


def test_without_proxies_the_header_is_a_claim(settings):
    settings.PROXIES = 0
    assert asked("203.0.113.9") == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_behind_proxies_the_entry_they_added_counts(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    assert asked(forwarded) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::7", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
    ],
)
def test_a_subscriber_with_many_addresses_counts_as_one(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network
