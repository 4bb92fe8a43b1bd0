"""A resident for tests: uses the dispatcher, the courier and a real SQLite file.

    sri = counter.resident("Sri")      somebody with a phone
    await sri.says("cek status")       … types; `taps("Kabari saya")` presses a button
    sri.hears("siap diambil")          the newest bubble contains these words

The conversation is recorded in `counter.transcript`, for the text files under review.
"""

import asyncio
import io
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import segno

from bot.channel import Absent, Channel, Heard, Parcel, Sent, Unreachable
from handlers.engine.caps import Caps
from handlers.engine.screen import Screen, ShownChoice
from tests.support.elsewhere import Here

if TYPE_CHECKING:
    from tests.support.counter import Counter

_READ_SECONDS = 60  # a photo is decoded in another process, which must start first


class Phone(Channel):
    """A channel without a network, which keeps screens by address."""

    account = "loket"

    def __init__(self, caps: Caps, place: Here | None = None) -> None:
        self.caps, self.place = caps, place or Here()
        self.screens: dict[str, list[Screen]] = {}
        self.media: dict[str, bytes] = {}
        self.blocked: set[str] = set()
        self.absent = False  # no tab is open
        self.rings = asyncio.Event()
        self._ids = itertools.count(1)

    async def send(self, parcel: Parcel) -> Sent:
        if self.absent:
            raise Absent
        if parcel.address in self.blocked:
            raise Unreachable("blocked")
        self.screens.setdefault(parcel.address, []).append(self.place.shown(parcel.screen))
        self.rings.set()
        return Sent(id=f"out-{next(self._ids)}")

    async def fetch(self, media: str) -> bytes:
        return self.media[media]

    async def listen(self, hear: Any) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError


class Resident:
    """A resident with a phone."""

    def __init__(self, counter: "Counter", name: str, phone: Phone, source: str | None) -> None:
        self.counter, self.name, self.phone, self._source = counter, name, phone, source
        self._read = self._heard = 0

    @property
    def screens(self) -> list[Screen]:
        return self.phone.screens.setdefault(self.name, [])

    @property
    def screen(self) -> Screen:
        """Newest bubble."""
        return self.screens[-1]

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.screen.choices]

    async def says(self, text: str, **details: Any) -> None:
        self.counter.transcript.append(f"{self.name}: {text}")
        await self.sends(kind="text", text=text, **details)

    async def taps(self, label: str, *, of: Screen | None = None) -> None:
        """Press a button of the newest bubble, or of an older one."""
        choice = self.button(label, of=of)
        self.counter.transcript.append(f"{self.name}: [{choice.label}]")
        await self.sends(kind="choice", choice=choice.token)

    def button(self, label: str, *, of: Screen | None = None) -> ShownChoice:
        screen = of or self.screen
        found = [choice for choice in screen.choices if label.casefold() in choice.label.casefold()]
        assert found, f"no button {label!r} among {[choice.label for choice in screen.choices]}"
        return found[0]

    async def shows(self, picture: bytes, *, words: str = "") -> None:
        """Send a photo with a caption."""
        self.counter.transcript.append(f"{self.name}: (foto)")
        media = f"media-{len(self.phone.media)}"
        self.phone.media[media] = picture
        self.phone.rings.clear()
        await self._hear(Heard(**self._from(), kind="photo", media=media, text=words))
        async with asyncio.timeout(_READ_SECONDS):
            await self.phone.rings.wait()
        await self._listen()

    async def sends(self, **details: Any) -> None:
        """Send a message of any kind."""
        await self._hear(Heard(**{**self._from(), **details}))
        await self._listen()

    async def phone_blocks(self) -> None:
        """Block the office, as reported by Telegram."""
        await self.counter.hear(Heard(**self._from(), kind="blocked"))

    def hears(self, *words: str) -> None:
        for word in words:
            assert word.casefold() in self.screen.text.casefold(), f"{word!r} is not in:\n{self.screen.text}"

    def hears_not(self, *words: str) -> None:
        for word in words:
            assert word.casefold() not in self.screen.text.casefold(), f"{word!r} is in:\n{self.screen.text}"

    def has_heard(self, *words: str) -> None:
        """Whether the bubbles since the last call hold the words, in whichever of them."""
        new = "\n".join(screen.text for screen in self.screens[self._heard :])
        self._heard = len(self.screens)
        for word in words:
            assert word.casefold() in new.casefold(), f"{word!r} is not in:\n{new}"

    def hears_nothing_new(self) -> None:
        assert len(self.screens) == self._read, self.screens[self._read :]

    async def asks(self, person: dict[str, str], proof: str | None = None) -> None:
        """Look a person up by number and NIK in one message."""
        await self.says(f"{person['no_registrasi']} {proof or person['nik']}")

    async def _hear(self, heard: Heard) -> None:
        await self.counter.hear(replace(heard, text=self.phone.place.said(heard.text)))

    async def _listen(self) -> None:
        await self.counter.settle()
        self.catch_up()
        fault = self.counter.texts.say("id", "engine-fault"), self.counter.texts.say("en", "engine-fault")
        assert not self.screens or self.screen.text not in fault, "a fault: see the log"

    def catch_up(self) -> list[Screen]:
        """Record new screens in the transcript, and count them as read."""
        new = self.screens[self._read :]
        for screen in new:
            self.counter.transcript.append(_written(screen))
        self._read = len(self.screens)
        return new

    def _from(self) -> dict[str, Any]:
        message = self.counter.next_message()
        return {
            "channel": self.phone.name,
            "account": self.phone.account,
            "message_id": message,
            "said_in": message,
            "address": self.name,
            "source": self._source,
        }


def receipt(number: str) -> bytes:
    """Photo of a receipt's QR code."""
    picture = io.BytesIO()
    segno.make(f"https://t.me/loket?start=s_{number}").save(picture, kind="png", scale=6)
    return picture.getvalue()


def _written(screen: Screen) -> str:
    text = "\n".join(f"       {line}".rstrip() for line in screen.text.splitlines())
    choices = _buttons(screen.choices)
    enclosed = [f"({one.name})" for one in screen.files]
    if screen.place is not None:
        enclosed.append(f"({screen.place.line})")
    return "\n       ".join([f"Loket: {text.strip()}{choices}", *enclosed])


def _buttons(choices: Sequence[ShownChoice]) -> str:
    lines = [f"\n         {one.number}. [{one.label}]{f' {one.hint}' if one.hint else ''}" for one in choices]
    return "".join(lines)
