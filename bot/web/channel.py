"""The web chat as a channel: connected tabs, and sending a screen to all tabs of a cookie."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.channel import Absent, Channel, Parcel, Sent
from bot.web.frames import Json, shown
from handlers.engine.caps import Caps

if TYPE_CHECKING:
    from bot.web.chat import Tab

WEB = Caps(
    channel="web",
    title="Web",
    buttons=10,
    label=80,
    hint=72,
    text=4096,
    edit=True,
    deletes=True,
    files=True,
    full_nik=True,
    shared_device=True,
    answers_each=True,
    given_up="absent",
)
_WRITE_SECONDS = 5


class WebChannel(Channel):
    """Tabs connected to this process."""

    account = WEB.channel
    caps = WEB

    def __init__(self) -> None:
        self.on_arrival: Callable[[str], None] = lambda _address: None
        self._tabs: dict[str, list[Tab]] = {}

    def present(self) -> frozenset[str]:
        """Addresses with an open tab."""
        return frozenset(self._tabs)

    def tabs(self, address: str) -> int:
        """Number of open tabs of an address."""
        return len(self._tabs.get(address, ()))

    def join(self, tab: "Tab") -> None:
        """Add a tab, which gets every screen of its address from now on."""
        self._tabs.setdefault(tab.address, []).append(tab)

    def leave(self, tab: "Tab") -> None:
        """Remove a tab."""
        tabs = self._tabs.get(tab.address, [])
        if tab in tabs:
            tabs.remove(tab)
        if not tabs:
            self._tabs.pop(tab.address, None)

    async def wipe(self, tab: "Tab") -> None:
        """Clear the other tabs of an address, because the person left."""
        others = [one for one in self._tabs.get(tab.address, ()) if one is not tab]
        await asyncio.gather(*(self._write(one, [{"op": "left"}]) for one in others))

    async def send(self, parcel: Parcel) -> Sent:
        """Write the screen to every tab of its address.

        Raises:
            Absent: none is connected to this process.
        """
        name = str(parcel.id)
        frames = shown(name, parcel.screen, row=parcel.id)
        if parcel.address not in self._tabs or not await self._show(parcel.address, frames):
            raise Absent
        return Sent(id=name)

    async def _show(self, address: str, frames: list[Json]) -> bool:
        # In parallel: a sleeping tab must not delay the others beyond the lease.
        async with asyncio.TaskGroup() as group:
            writes = [group.create_task(self._write(tab, frames)) for tab in self._tabs[address]]
        return any(write.result() for write in writes)

    async def _write(self, tab: "Tab", frames: list[Json]) -> bool:
        try:
            async with asyncio.timeout(_WRITE_SECONDS):
                for frame in frames:
                    await tab.write(frame)
        except (ConnectionError, TimeoutError):
            self.leave(tab)
            return False
        return True
