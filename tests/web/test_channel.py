"""The web channel without a server: who is present, what is kept, what fails."""

import asyncio

import pytest

from bot.channel import Absent, Channel, Parcel, Unreachable
from bot.web import channel as module
from bot.web.channel import WebChannel
from handlers.engine.screen import Screen
from tests.web.office import NOON


class Tab:
    def __init__(self, address: str = "sri") -> None:
        self.address = address
        self.got: list[dict] = []
        self.is_gone = False
        self.sleeps = False

    async def write(self, frame: dict) -> None:
        if self.is_gone:
            raise ConnectionError
        if self.sleeps:
            await asyncio.Event().wait()
        self.got.append(frame)


@pytest.fixture
def channel() -> WebChannel:
    return WebChannel()


def parcel(number: int = 1, text: str = "halo") -> Parcel:
    screen = Screen(text=text)
    return Parcel(
        id=number,
        chat=1,
        channel="web",
        account="sri",
        address="sri",
        priority=0,
        screen=screen,
        due_at=NOON,
        heard_at=NOON,
    )


def test_it_is_a_channel(channel: WebChannel):
    known: Channel = channel
    assert (known.name, known.caps.page, known.caps.label, known.caps.hint) == ("web", 10, 80, 72)
    assert known.caps.shared_device
    assert known.caps.edit


async def test_nobody_connected_means_absent(channel: WebChannel):
    with pytest.raises(Absent):
        await channel.send(parcel())


async def test_present_are_those_with_an_open_tab(channel: WebChannel):
    one, two = Tab(), Tab()
    channel.join(one)
    channel.join(two)
    assert channel.present() == {"sri"}
    channel.leave(one)
    channel.leave(one)
    assert channel.present() == {"sri"}
    channel.leave(two)
    assert channel.present() == frozenset()


async def test_one_tab_is_enough_and_dead_ones_are_let_go(channel: WebChannel):
    alive, dead = Tab(), Tab()
    dead.is_gone = True
    channel.join(dead)
    channel.join(alive)
    assert (await channel.send(parcel(7))).id == "7"
    assert channel.tabs("sri") == 1
    alive.is_gone = True
    with pytest.raises(Absent):
        await channel.send(parcel(8))
    assert channel.present() == frozenset()


async def test_a_tab_that_sleeps_does_not_hold_up_the_others(
    channel: WebChannel, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "_WRITE_SECONDS", 0.05)
    awake, asleep = Tab(), Tab()
    asleep.sleeps = True
    channel.join(asleep)
    channel.join(awake)
    await channel.send(parcel())
    assert [frame["text"] for frame in awake.got] == ["halo"]
    assert channel.tabs("sri") == 1


async def test_a_file_comes_with_its_message_and_is_never_fetched(channel: WebChannel):
    with pytest.raises(Unreachable, match="no_reference"):
        await channel.fetch("anything")
    await channel.close()


async def test_listening_ends_only_when_it_is_ended(channel: WebChannel):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await channel.listen(None)
