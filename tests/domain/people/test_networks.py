"""Sources, their tiers, and lists of networks."""

import pytest

from domain.people.networks import read_networks, source_of_address, tiers_of


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("203.0.113.5:4711", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("[::ffff:203.0.113.5]:4711", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("somewhere", "somewhere"),
        ("", ""),
    ],
)
def test_an_address_belongs_to_one_source(address: str, source: str):
    assert source_of_address(address) == source


def test_an_ipv6_source_counts_in_three_networks_of_growing_room():
    assert tiers_of("2001:db8:1:2ff::/64") == (
        ("2001:db8:1:2ff::/64", 1),
        ("2001:db8:1:200::/56", 2),
        ("2001:db8:1::/48", 4),
    )


@pytest.mark.parametrize("source", ["203.0.113.5", "unknown", ""])
def test_any_other_source_counts_as_itself(source: str):
    assert tiers_of(source) == ((source, 1),)


def test_every_64_of_a_48_counts_in_the_same_widest_network():
    last = {tiers_of(source_of_address(f"2001:db8:1:{n:x}::1"))[-1] for n in range(0, 0xFFFF, 4099)}
    assert last == {("2001:db8:1::/48", 4)}


def test_networks_are_read_from_a_list():
    found = read_networks(" 127.0.0.0/8, 10.1.2.3 ,::1/128,::ffff:10.0.0.0/104,")
    assert [str(one) for one in found] == ["127.0.0.0/8", "10.1.2.3/32", "::1/128", "10.0.0.0/8"]


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.5/8",
        "10.0.0",
        "proxy.example",
        "0.0.0.0/0",
        "0.0.0.0/1",
        "::/0",
        "::ffff:0:0/96",
        "8000::/1",
        "10.0.0.0/33",
    ],
)
def test_a_list_with_a_mistake_is_refused(text: str):
    with pytest.raises(ValueError, match=r"^should "):
        read_networks(text)
