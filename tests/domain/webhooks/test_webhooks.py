"""Where webhooks may go, and when a failed delivery is repeated."""

import string
from contextlib import suppress
from datetime import timedelta
from itertools import accumulate
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.networks import read_address, read_networks
from domain.webhooks.destinations import UnusableUrl, may_reach, read_url
from domain.webhooks.webhook import GIVE_UP_AFTER, hold, next_try

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fd00:ec2::254", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
    "::127.0.0.1", "2001:0:7f00:1::",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "103.10.66.1", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_unless_the_office_allows_them(address):
    found = read_address(address)
    assert not may_reach(found, (), secure=True)
    network = (read_networks(str(found))[0],)
    assert may_reach(found, network, secure=False)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_reached_with_https_only(address):
    assert may_reach(read_address(address), (), secure=True)
    assert not may_reach(read_address(address), read_networks("10.0.0.0/8"), secure=False)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "form"),
        ("hooks.example", "form"),
        ("ftp://hooks.example/", "form"),
        ("https://", "form"),
        ("https://user:secret@hooks.example/", "form"),
        ("https://hooks.example/#part", "form"),
        ("https://hooks.example:99999/", "form"),
        ("https://[::1/", "form"),
        ('https://a"b.example/', "form"),
        ("https://[fe80::1%25eth0]/", "form"),
        ("https://hooks.example/a b", "form"),
        ("https://hooks.example/\r\nX: y", "form"),
        ("https://höoks.example/", "form"),
        ("https://hooks..example/", "form"),
        ("https://.../", "form"),
        ("https://-/", "form"),
        (f"https://{'a' * 64}.example/", "form"),
        ("https://hooks.example:0/", "form"),
        # What a resolver takes for an IPv4 address, and read_address does not.
        ("https://2130706433/", "form"),
        ("https://0x7f000001/", "form"),
        ("https://0177.0.0.1/", "form"),
        ("https://127.1/", "form"),
        ("https://10.0.0.1./", "form"),
        ("https://hooks.example/" + "a" * 1000, "form"),
        ("http://hooks.example/", "https"),
        ("https://127.0.0.1/", "private"),
        ("https://[::1]:8443/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
    ],
)
def test_an_unusable_address_is_refused_with_its_reason(url, code):
    with pytest.raises(UnusableUrl) as refused:
        read_url(url, ())
    assert refused.value.code == code


def test_usable_addresses_are_taken_as_they_are():
    for url in ("https://hooks.example", "https://hooks.example:8443/in?key=a%20b"):
        assert read_url(url, ()) == url
    own = read_networks("10.20.0.0/16")
    assert read_url("http://10.20.0.5:8000/in", own) == "http://10.20.0.5:8000/in"
    assert read_url("http://mesin.lan/in", own) == "http://mesin.lan/in"  # checked when it is connected to
    with pytest.raises(UnusableUrl):
        read_url("http://10.21.0.5/in", own)


@given(
    st.text(st.sampled_from(string.printable + "é\x00"), max_size=40),
    st.sampled_from(["https://", "http://", "https://[", ""]),
)
def test_any_text_is_an_address_or_refused(text, before):
    with suppress(UnusableUrl):
        at = urlsplit(read_url(before + text, read_networks("10.0.0.0/8")))
        assert at.hostname
        assert at.username is None


def test_an_event_is_tried_about_ten_times_within_a_day():
    pauses = [next_try(attempts, spread=0.5) for attempts in range(1, 30)]
    tried = [after for after in accumulate(pauses) if after < GIVE_UP_AFTER]
    assert 6 <= len(tried) <= 12
    assert pauses[0] < timedelta(seconds=10)
    assert max(pauses) < timedelta(hours=10)


def test_a_wished_pause_counts_up_to_six_hours():
    assert next_try(1, spread=0, wished=timedelta(minutes=7)) == timedelta(minutes=7)
    assert next_try(1, spread=0, wished=timedelta(days=900)) == timedelta(hours=6)
    assert hold(1, spread=0, wished=timedelta(minutes=7)) == timedelta(minutes=7)
    assert hold(20, spread=1) == timedelta(minutes=5)
