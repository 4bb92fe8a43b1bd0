"""The web chat as a channel: connected tabs, and sending a screen to all tabs of a cookie."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from bot.channel import Absent, Channel, Parcel, Sent
from bot.web.frames import Json, shown
from handlers.engine.caps import Caps

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


class Line(Protocol):
    """One open tab."""

    address: str

    async def write(self, frame: Json) -> None:
        """Write one frame.

        Raises:
            ConnectionError: the tab is gone.
        """
        ...


class WebChannel(Channel):
    """Tabs connected to this process."""

    account = WEB.channel
    caps = WEB

    def __init__(self) -> None:
        self.on_arrival: Callable[[str], None] = lambda _address: None
        self._lines: dict[str, list[Line]] = {}

    def present(self) -> frozenset[str]:
        """Addresses with an open tab."""
        return frozenset(self._lines)

    def tabs(self, address: str) -> int:
        """Number of open tabs of an address."""
        return len(self._lines.get(address, ()))

    def join(self, line: Line) -> None:
        """Add a tab, which gets every screen of its address from now on."""
        self._lines.setdefault(line.address, []).append(line)

    def leave(self, line: Line) -> None:
        """Remove a tab."""
        lines = self._lines.get(line.address, [])
        if line in lines:
            lines.remove(line)
        if not lines:
            self._lines.pop(line.address, None)

    async def wipe(self, line: Line) -> None:
        """Clear the other tabs of an address, because the person left."""
        others = [one for one in self._lines.get(line.address, ()) if one is not line]
        await asyncio.gather(*(self._write(one, [{"op": "left"}]) for one in others))

    async def send(self, parcel: Parcel) -> Sent:
        """Write the screen to every tab of its address.

        Raises:
            Absent: none is connected to this process.
        """
        name = str(parcel.id)
        frames = shown(name, parcel.screen, row=parcel.id)
        if parcel.address not in self._lines or not await self._show(parcel.address, frames):
            raise Absent
        return Sent(id=name)

    async def _show(self, address: str, frames: list[Json]) -> bool:
        # In parallel: a sleeping tab must not delay the others beyond the lease.
        async with asyncio.TaskGroup() as group:
            writes = [group.create_task(self._write(line, frames)) for line in self._lines[address]]
        return any(write.result() for write in writes)

    async def _write(self, line: Line, frames: list[Json]) -> bool:
        try:
            async with asyncio.timeout(_WRITE_SECONDS):
                for frame in frames:
                    await line.write(frame)
        except (ConnectionError, TimeoutError):
            self.leave(line)
            return False
        return True
