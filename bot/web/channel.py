"""The web chat as a channel: connected tabs, and sending a screen to all tabs of a cookie."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol

from bot.channel import Absent, Channel, Parcel, Sent
from bot.web.file_store import FileStore
from bot.web.frames import Json, say
from handlers.engine.caps import Caps
from handlers.engine.screen import File, Screen

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
# A tab that lost its connection gets what it missed; it reconnects within minutes.
_RECENT_SECONDS = 300
_RECENT_FRAMES = 12
_MEBIBYTE = 1024 * 1024


class Line(Protocol):
    """One open tab."""

    address: str

    async def write(self, frame: Json) -> None:
        """Write one frame.

        Raises:
            ConnectionError: the tab is gone.
        """
        ...


class _RecentFrame(NamedTuple):
    """A frame that was written, its time, and whether it contains no names."""

    at: float
    frame: Json
    is_for_anybody: bool


class WebChannel(Channel):
    """Tabs connected to this process."""

    account = WEB.channel
    caps = WEB

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.on_arrival: Callable[[str], None] = lambda _address: None
        self.downloads = FileStore(bytes_at_most=32 * _MEBIBYTE, seconds=15 * 60, monotonic=monotonic)
        self._monotonic = monotonic
        self._lines: dict[str, list[Line]] = {}
        self._recent: dict[str, deque[_RecentFrame]] = {}
        self._swept = monotonic()

    def present(self) -> frozenset[str]:
        """Addresses with an open tab."""
        return frozenset(self._lines)

    def tabs(self, address: str) -> int:
        """Number of open tabs of an address."""
        return len(self._lines.get(address, ()))

    def join(self, line: Line) -> None:
        """Add a tab, which gets every screen of its address from now on."""
        self._forget_old()
        self._lines.setdefault(line.address, []).append(line)

    def leave(self, line: Line) -> None:
        """Remove a tab."""
        lines = self._lines.get(line.address, [])
        if line in lines:
            lines.remove(line)
        if not lines:
            self._lines.pop(line.address, None)

    def missed(self, address: str, after: str, *, within: float = _RECENT_SECONDS) -> list[Json]:
        """Frames after the one named `after`, or all recent ones if it is not among them.

        `within`: age of the current sitting in seconds. Of older frames, only those without names are
        returned.
        """
        now = self._monotonic()
        oldest = now - _RECENT_SECONDS
        frames = [
            one.frame
            for one in self._recent.get(address, ())
            if one.at >= oldest and (one.is_for_anybody or now - one.at <= within)
        ]
        for place, frame in enumerate(frames):
            if frame["id"] == after:
                return frames[place + 1 :]
        return frames

    def forget(self, address: str) -> None:
        """Forget frames and files of this address, because the next person may be another one."""
        self._recent.pop(address, None)
        self.downloads.forget(address)

    async def wipe(self, line: Line) -> None:
        """Clear the other tabs of an address, because the person left."""
        others = [one for one in self._lines.get(line.address, ()) if one is not line]
        await asyncio.gather(*(self._write(one, [{"op": "left"}]) for one in others))

    async def send(self, parcel: Parcel) -> Sent:
        """Write the screen to every tab of its address.

        Raises:
            Absent: none is connected to this process.
        """
        address, screen = parcel.address, parcel.screen
        if address not in self._lines:
            raise Absent
        name = str(parcel.id)
        frames = self.frames(address, name, screen)
        if screen.deletes is not None:
            frames.append({"op": "forget", "id": screen.deletes})
        if not await self._show(address, frames):
            raise Absent
        kept = self._recent.setdefault(address, deque(maxlen=_RECENT_FRAMES))
        kept.extend(_RecentFrame(self._monotonic(), frame, screen.veiled) for frame in frames)
        return Sent(id=name)

    def frames(self, address: str, name: str, screen: Screen) -> list[Json]:
        """Frames of a screen; its files can be fetched by this address for some minutes."""
        files = [self._file(address, name, place, file) for place, file in enumerate(screen.files)]
        return [say(name, screen), *files]

    def _file(self, address: str, said: str, place: int, file: File) -> Json:
        url = f"/berkas/{self.downloads.put(address, file)}"
        return {
            "op": "file",
            "id": f"{said}-{place}",
            "of": said,
            "name": file.name,
            "mime": file.mime,
            "url": url,
        }

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

    def _forget_old(self) -> None:
        oldest = self._monotonic() - _RECENT_SECONDS
        if self._swept > oldest:
            return
        self._swept = self._monotonic()
        for address in [a for a, kept in self._recent.items() if kept[-1].at < oldest]:
            del self._recent[address]
