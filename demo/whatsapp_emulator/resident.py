"""A resident with a phone: writes, taps, sends files, changes names, and reads answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from demo.whatsapp_emulator import events
from demo.whatsapp_emulator.deliveries import Waiting
from demo.whatsapp_emulator.media import Stored, kind_of
from demo.whatsapp_emulator.world import Bubble, Choice, EmulatedPerson, Json

if TYPE_CHECKING:
    from demo.whatsapp_emulator.graph import Graph

Wanted = str | re.Pattern[str] | Callable[[Bubble], bool]
SOMEWHERE = -7.47222, 112.43381  # in Mojokerto


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A resident's message: its id, and its deliveries (none while they are held)."""

    graph: "Graph" = field(repr=False)
    id: str
    deliveries: list[Waiting]

    async def confirmed(self, *, within: float = 60.0) -> None:
        """Wait until the bot answered 200 to each delivery."""
        await self.graph.world.bell.until(
            lambda: all(one.done for one in self.deliveries),
            within=within,
            missing=lambda: f"answered {[one.answers for one in self.deliveries]}",
        )


class Resident:
    """Reads a chat from top to bottom; each bubble is heard once."""

    def __init__(self, graph: "Graph", person: EmulatedPerson) -> None:
        self.graph = graph
        self.person = person
        self._heard = 0

    @property
    def bubbles(self) -> list[Bubble]:
        """All bubbles of the bot that arrived, oldest first."""
        return [one for one in self.person.bubbles if not one.mine]

    @property
    def last(self) -> Bubble:
        """Newest bubble of the bot."""
        return self.bubbles[-1]

    async def says(self, text: str, *, times: int = 1, at_once: bool = False) -> Said:
        """Send a text, delivered `times` times, `at_once` in parallel."""
        return self.sends("text", {"body": text}, shown=text, times=times, at_once=at_once)

    async def taps(
        self,
        label: str,
        *,
        on: Bubble | None = None,
        within: float = 60.0,
        times: int = 1,
        at_once: bool = False,
    ) -> Said:
        """Tap the choice whose label contains `label`, in `on` or else in the newest bubble with one."""

        def found() -> tuple[Bubble, Choice] | None:
            for bubble in [on] if on else reversed(self.bubbles):
                for choice in bubble.choices:
                    if label.lower() in choice.label.lower() and choice.kind != "url":
                        return bubble, choice
            return None

        bubble, choice = await self.graph.world.bell.until(
            found,
            within=within,
            missing=lambda: f"nothing to tap says {label!r} in {[one.labels for one in self.bubbles]}",
        )
        return self.taps_on(bubble, choice, times=times, at_once=at_once)

    def taps_on(self, bubble: Bubble, choice: Choice, *, times: int = 1, at_once: bool = False) -> Said:
        """Tap this choice; a location request is answered with an invented location."""
        world = self.graph.world
        context = {"from": world.display_number, "id": bubble.id}
        if choice.kind == "location":
            latitude, longitude = SOMEWHERE
            spot = {"latitude": latitude, "longitude": longitude}
            return self.sends("location", spot, shown="📍", context=context, times=times)
        if choice.kind == "button":
            content: Json = {"text": choice.label, "payload": choice.id}
            return self.sends("button", content, shown=choice.label, context=context, times=times)
        reply = {"id": choice.id, "title": choice.label}
        if choice.hint:
            reply["description"] = choice.hint
        content = {"type": choice.kind, choice.kind: reply}
        return self.sends(
            "interactive", content, shown=choice.label, context=context, times=times, at_once=at_once
        )

    async def sends_photo(self, data: bytes, *, caption: str = "", mime: str = "image/jpeg") -> Said:
        """Send a picture."""
        return self._sends_file(data, "foto.jpg", mime, caption=caption)

    async def sends_document(self, data: bytes, *, name: str, mime: str = "application/pdf") -> Said:
        """Send a file."""
        return self._sends_file(data, name, mime)

    async def sends_voice(self, data: bytes, *, mime: str = "audio/ogg") -> Said:
        """Send a voice note."""
        return self._sends_file(data, "voice.ogg", mime)

    async def sends_location(self, latitude: float, longitude: float) -> Said:
        """Send a location."""
        return self.sends("location", {"latitude": latitude, "longitude": longitude}, shown="📍")

    def sends(
        self,
        kind: str,
        content: Json,
        *,
        shown: str = "",
        times: int = 1,
        at_once: bool = False,
        **more: object,
    ) -> Said:
        """Send a message of any kind; it opens the 24-hour window, and earlier bubbles count as heard."""
        world, person = self.graph.world, self.person
        self._heard = len(self.bubbles)
        number = world.new_wamid()
        message = {
            **person.origin,
            "id": number,
            "timestamp": events.stamp(world.now),
            "type": kind,
            kind: content,
            **more,
        }
        person.spoke_at = world.now
        mine = Bubble(id=number, kind=kind, text=shown, at=world.now, mine=True)
        person.bubbles.append(mine)
        value = events.inbound(world, person, message)
        told = self.graph.deliveries.tell(value, times=times, at_once=at_once)
        mine.was_heard = lambda: any(one.done for one in told)
        world.bell.ring()
        return Said(graph=self.graph, id=number, deliveries=told)

    async def reads(self) -> None:
        """Read all bubbles that arrived."""
        for bubble in self.bubbles:
            self.graph.messages.reads(bubble, self.person)

    async def changes_number(self, phone: str, *, user_id: str) -> Said:
        """Change the phone number; the business-scoped id changes with it."""
        old, person = dict(self.person.origin), self.person
        before, was = person.phone, person.user_id
        person.phone, person.user_id = phone, user_id
        words = f"User {person.name} changed from {before} to {phone}"
        return self._renamed(old, "user_changed_number", words, wa_id=phone, previous_user_id=was)

    async def hears(self, wanted: Wanted = "", *, within: float = 60.0) -> Bubble:
        """Wait for the next matching bubble and return it; earlier ones count as heard.

        `wanted` is part of the text (case-insensitive), a pattern, or a function of the bubble.

        Raises:
            AssertionError: it did not arrive in time; the text shows what did.
        """
        fits = _fits(wanted)

        def found() -> Bubble | None:
            bubbles = self.bubbles
            for place in range(self._heard, len(bubbles)):
                if fits(bubbles[place]):
                    self._heard = place + 1
                    return bubbles[place]
            return None

        return await self.graph.world.bell.until(found, within=within, missing=lambda: self._missing(wanted))

    def _renamed(self, origin: Json, kind: str, words: str, **names: str | None) -> Said:
        world = self.graph.world
        number = world.new_wamid()
        told = {"user_id": self.person.user_id, **names}
        message = {
            **origin,
            "id": number,
            "timestamp": events.stamp(world.now),
            "type": "system",
            "system": {"body": words, "type": kind, **{key: value for key, value in told.items() if value}},
        }
        sent = self.graph.deliveries.tell(events.system(world, message))
        return Said(graph=self.graph, id=number, deliveries=sent)

    def _sends_file(self, data: bytes, name: str, mime: str, *, caption: str = "") -> Said:
        world = self.graph.world
        stored = Stored(id=f"{next(world.ids):016}", name=name, mime=mime, data=data)
        world.files[stored.id] = stored
        kind = kind_of(mime) or "document"
        content: Json = {"id": stored.id, "mime_type": mime, "sha256": stored.sha256}
        content |= {"caption": caption} if caption else {}
        content |= {"filename": name} if kind == "document" else {}
        said = self.sends(kind, content, shown=caption or f"📎 {name}")
        self.person.bubbles[-1].file = stored
        return said

    def _missing(self, wanted: object) -> str:
        unheard = self.bubbles[self._heard :]
        heard = "\n  ".join(f"{one.kind}: {one.text!r} {one.labels}" for one in unheard) or "nothing"
        return f"{wanted!r} was not heard, but:\n  {heard}\n{self.graph.journal.tail()}"


def _fits(wanted: Wanted) -> Callable[[Bubble], bool]:
    if isinstance(wanted, str):
        return lambda bubble: wanted.lower() in bubble.text.lower()
    if isinstance(wanted, re.Pattern):
        return lambda bubble: wanted.search(bubble.text) is not None
    return wanted
