"""Somebody who can send the bot a message."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.emulators.telegram.people import Reader
from tests.emulators.telegram.updates import Waiting
from tests.emulators.telegram.world import Chat, Json, Tap, without_private

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something a resident did; `updates` are its deliveries (none when the bot did not ask for this kind)."""

    telegram: "Telegram" = field(repr=False)
    message_id: int = 0
    updates: list[Waiting] = field(default_factory=list)
    tap: Tap | None = None

    async def confirmed(self, *, within: float = 60.0) -> None:
        """Wait until the bot confirmed it: the offset moved past it, or the webhook answered 2xx (each copy)."""
        await self.telegram.world.bell.until(
            lambda: all(one.confirmed for one in self.updates),
            within=within,
            missing=lambda: f"{self.updates} not confirmed; {self.telegram.journal.tail()}",
        )

    async def toast(self, *, within: float = 60.0) -> str:
        """Wait until the tap is answered; the text shown on top of the screen, often empty."""
        tap = self.tap
        assert tap is not None, "only a tap is answered with a toast"
        answers = await self.telegram.world.bell.until(
            lambda: tap.answers or None, within=within, missing=self.telegram.journal.tail
        )
        return str(answers[0].get("text", ""))


class Speaker(Reader):
    """A person in a private chat, who can send messages there and in groups."""

    def __init__(self, telegram: "Telegram", chat: Chat, person: Json) -> None:
        super().__init__(telegram, chat)
        self.person = person

    def sends(
        self, content: Json, *, to: Reader | None = None, times: int = 1, at_once: bool = False
    ) -> Said:
        """Send a message of any content; it counts everything shown before as heard.

        Who had blocked the bot unblocks it by writing, as the application makes them do.
        """
        reader = to or self
        self.reads_all()
        reader.reads_all()
        reader.chat.known = True
        if reader is self and self.chat.blocked:
            self.changes_membership("kicked", "member")
        message = self.telegram.world.new_message(reader.chat, self.person, **content)
        sent = self.telegram.add_update(
            "message", without_private(message), chat=reader.chat.id, times=times, at_once=at_once
        )
        return Said(telegram=self.telegram, message_id=message["message_id"], updates=sent)

    def changes_membership(self, old: str, new: str) -> Said:
        """Block (`kicked`) or unblock (`member`) the bot, and let it know."""

        def member(status: str) -> Json:
            more = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.telegram.world.bot, "status": status, **more}

        self.chat.blocked = new == "kicked"
        change = {
            "chat": self.chat.about,
            "from": self.person,
            "date": self.telegram.world.now,
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        sent = self.telegram.add_update("my_chat_member", change, chat=self.chat.id)
        return Said(telegram=self.telegram, updates=sent)
