"""Connections go to addresses that were checked, whatever a name server says (SSRF)."""

import ssl

import pytest

from bot.webhooks.receivers import Receivers
from domain.people.networks import read_networks
from tests.deploy.web_server import make_certificate
from tests.webhooks.conftest import OWN, Targets
from tests.webhooks.receiver import receiving, status

PUBLIC = "203.0.114.1"


async def outcome(desk: Targets, url: str, look_up=None, allowed=()) -> str:
    more = {} if look_up is None else {"look_up": look_up}
    desk.sender = desk.process(receivers=Receivers(allowed=allowed, **more))
    await desk.target(url)
    await desk.happens()
    await desk.sends()
    (shown,) = await desk.listed()
    return shown.outcome


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        [PUBLIC, "127.0.0.1"],
        ["127.0.0.1", PUBLIC],
        ["::ffff:127.0.0.1"],
        ["169.254.169.254"],
        [],
    ],
)
async def test_one_private_address_of_a_name_refuses_it_whole(desk: Targets, looked_up, addresses):
    async with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "hooks.example").replace("http:", "https:")
        assert await outcome(desk, url, looked_up(addresses)) == "address"
    assert receiver.connections == 0


async def test_a_name_that_turns_to_a_private_address_is_refused_there(desk: Targets, looked_up):
    """DNS rebinding: the first answer is allowed, the second, before the next connection, is not."""
    async with receiving(status(200, "Connection: close")) as receiver:
        url = receiver.url.replace("127.0.0.1", "hooks.example")
        look_up = looked_up(["127.0.0.1"], ["10.0.0.1"])
        assert await outcome(desk, url, look_up, allowed=OWN) == ""
        await desk.happens()
        await desk.sends()
        (shown,) = await desk.listed()
        assert shown.outcome == "address"
    assert (len(receiver.calls), receiver.connections) == (1, 1)
    assert receiver.calls[0].headers["host"].startswith("hooks.example:")


async def test_the_checked_address_is_the_one_connected_to(desk: Targets, looked_up):
    """A second look-up inside the client would get the private address."""
    async with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "hooks.example")
        look_up = looked_up(["127.0.0.1"], ["127.9.9.9"])
        assert await outcome(desk, url, look_up, allowed=read_networks("127.0.0.1")) == ""
    assert len(receiver.calls) == 1


async def test_http_to_a_public_address_is_refused_at_the_call(desk: Targets, looked_up):
    url = "http://hooks.example/in"
    assert await outcome(desk, url, looked_up([PUBLIC]), allowed=OWN) == "address"


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.0.0.1", "localhost"])
async def test_spellings_of_this_machine_are_refused(desk: Targets, host):
    assert await outcome(desk, f"https://{host}/in") in {"address", "no-connection"}


@pytest.mark.parametrize(("name", "code"), [("hooks.example", ""), ("other.example", "no-connection")])
async def test_the_certificate_must_be_of_the_name(
    desk: Targets, looked_up, tmp_path, monkeypatch, name, code
):
    """The name counts although the connection goes to a checked address."""
    make_certificate(tmp_path, "hooks.example")
    live = tmp_path / "etc/letsencrypt/live/hooks.example"
    monkeypatch.setenv("SSL_CERT_FILE", str(live / "fullchain.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(live / "fullchain.pem", live / "privkey.pem")
    async with receiving(tls=tls) as receiver:
        url = receiver.url.replace("127.0.0.1", name)
        assert await outcome(desk, url, looked_up(["127.0.0.1"]), allowed=OWN) == code
    assert len(receiver.calls) == (code == "")


async def test_an_impossible_name_is_a_failed_call(desk: Targets):
    assert await outcome(desk, f"https://{'a' * 70}.example/in") == "no-connection"
