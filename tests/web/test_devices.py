"""A browser is named from a list, never by its own words."""

import pytest

from bot.http.sources import device_of


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15; SM-A) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux"),
        ("curl/8.5.0", ""),
        ("<b>Bu Rini</b>", ""),
        ("x" * 600 + "Chrome/1", ""),
    ],
)  # fmt: skip
def test_the_device_is_named_by_browser_and_system(agent, device):
    assert device_of({"user-agent": agent}) == device


def test_a_request_without_an_agent_has_no_device():
    assert device_of({}) == ""
