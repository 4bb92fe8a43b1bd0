"""Source of a request: addresses, proxies, origins, cookies."""

import pytest

from bot.http import cookies
from bot.http.cookies import Jar
from bot.http.sources import Proxies, came_directly, is_loopback, is_same_origin, source_of


def scope(peer: str | None, **headers: str) -> dict:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (peer, 1) if peer else None, "headers": raw}


@pytest.mark.parametrize(
    ("peer", "forwarded", "source"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::ffff:203.0.113.5", None, "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("127.0.0.1", "198.51.100.1, ", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"),
        ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        # What a stranger made up must not be a new source each time.
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, made up 17", "127.0.0.1"),
        ("testclient", None, "testclient"),
        # A Unix socket has no address: whoever comes through it is one source, and is believed nothing.
        ("", "198.51.100.1", "unknown"),
        (None, "198.51.100.1", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_only_a_proxy_on_this_machine_is_trusted_and_only_its_entry(peer, forwarded, source):
    headers = {} if forwarded is None else {"x_forwarded_for": forwarded}
    assert source_of(scope(peer, **headers)) == source


@pytest.mark.parametrize(
    ("peer", "source"),
    [
        ("10.1.2.3", "198.51.100.1"),
        ("::ffff:10.1.2.3", "198.51.100.1"),
        ("2001:db8:ffff::1", "198.51.100.1"),
        ("127.0.0.1", "127.0.0.1"),
        ("10.2.0.1", "10.2.0.1"),
    ],
)
def test_the_named_proxies_are_believed_and_no_others(peer: str, source: str):
    proxies = Proxies.of("10.1.0.0/16, 2001:db8:ffff::/48")
    assert proxies.source_of(scope(peer, x_forwarded_for="203.0.113.9, 198.51.100.1")) == source


def test_nginx_without_any_header_is_known_by_its_old_http():
    assert came_directly({**scope("127.0.0.1", host="127.0.0.1:8080"), "http_version": "1.1"})
    assert not came_directly({**scope("127.0.0.1", host="127.0.0.1:8080"), "http_version": "1.0"})


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip", "via", "cf_connecting_ip"])
def test_a_forwarding_header_means_somebody_stands_between(header: str):
    assert came_directly(scope("127.0.0.1", host="127.0.0.1:8080"))
    assert not came_directly(scope("127.0.0.1", host="127.0.0.1:8080", **{header: "1.2.3.4"}))


def test_only_this_machine_is_loopback():
    assert is_loopback(scope("::1"))
    assert not is_loopback(scope("10.0.0.1"))
    assert not is_loopback(scope("somewhere"))
    assert not is_loopback(scope(None))


@pytest.mark.parametrize(
    ("headers", "public", "same"),
    [
        ({"host": "a.example"}, "", True),
        ({"host": "a.example", "origin": "https://a.example"}, "", True),
        ({"host": "a.example", "origin": "https://b.example"}, "", False),
        ({"host": "127.0.0.1:8080", "origin": "https://loket.example"}, "https://loket.example", True),
        ({"host": "a.example", "origin": "null"}, "", False),
        ({"host": "a.example", "origin": ""}, "", False),
        ({"host": "a.example", "origin": "http://["}, "", False),
        ({"origin": "null"}, "", False),
        ({"host": "a.example", "sec_fetch_site": "cross-site"}, "", False),
        ({"host": "a.example", "sec_fetch_site": "same-origin"}, "", True),
    ],
)
def test_only_our_own_page_is_of_our_origin(headers: dict, public: str, same: bool):
    assert is_same_origin(scope("127.0.0.1", **headers), public) is same


def test_cookies_are_secure_exactly_when_the_public_address_is():
    assert "Secure" in Jar.of("https://loket.example").chat_header("x")
    assert "Secure" not in Jar.of("http://127.0.0.1:8080").chat_header("x")
    assert (
        Jar.of("").header("a", "b", max_age_seconds=None, strict=True)
        == "a=b; Path=/; HttpOnly; SameSite=Strict"
    )


def test_the_name_of_a_browser_does_not_give_its_cookie_away():
    one, other = cookies.fresh(), cookies.fresh()
    assert one != other
    assert len(one) == 43
    assert cookies.name_of(one) != cookies.name_of(other)
    assert one not in cookies.name_of(one)
