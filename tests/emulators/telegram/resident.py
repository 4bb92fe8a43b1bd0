"""A resident with a phone: speaks, taps, sends things, blocks the bot, and hears what comes back."""

from typing import TYPE_CHECKING, Any

from tests.emulators.telegram.media import Media
from tests.emulators.telegram.people import Reader
from tests.emulators.telegram.speaker import Said
from tests.emulators.telegram.world import Bubble, Chat, Json, Tap, without_private

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram

FIRST_PERSON = 5_100_000_000


class Resident(Media):
    """One person in a private chat with the bot."""

    def __init__(self, telegram: "Telegram", name: str, *, language: str, started: bool) -> None:
        first, _, last = name.partition(" ")
        self.id = FIRST_PERSON + next(telegram.ids)
        self.name = name
        names: Json = {"first_name": first} | ({"last_name": last} if last else {})
        chat = Chat(id=self.id, about={"id": self.id, "type": "private", **names}, known=started)
        telegram.world.chats[self.id] = chat
        person: Json = {"id": self.id, "is_bot": False, "language_code": language, **names}
        super().__init__(telegram, chat, person)

    async def says(
        self, text: str, *, to: Reader | None = None, times: int = 1, at_once: bool = False, **more: Any
    ) -> Said:
        """Send a text. `times` delivers that one update several times, `at_once` without waiting in between."""
        content: Json = {"text": text, **more}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.sends(content, to=to, times=times, at_once=at_once)

    async def starts(self, payload: str = "") -> Said:
        """Open the bot by its link: `/start payload`."""
        return await self.says(f"/start {payload}".rstrip())

    async def edits(self, said: Said, text: str) -> Said:
        """Change the text of a message sent before."""
        message = self.chat.messages[said.message_id] | {"text": text, "edit_date": self.telegram.world.now}
        self.chat.messages[said.message_id] = message
        sent = self.telegram.add_update("edited_message", without_private(message), chat=self.chat.id)
        return Said(telegram=self.telegram, message_id=said.message_id, updates=sent)

    async def taps(
        self,
        label: str,
        *,
        on: Bubble | None = None,
        within: float = 60.0,
        times: int = 1,
        at_once: bool = False,
        among: Reader | None = None,
    ) -> Said:
        """Tap the button whose label contains `label`, under `on` or else under the newest message that has it.

        `on` may be an old bubble, as a phone keeps it on its screen. A button of a reply keyboard is said.
        `times` delivers the one tap several times; tapping twice is two `taps`.
        """
        reader = among or self
        where = await self._screen_with(label, on, reader, within)
        button = next(button for button in where.buttons if label.lower() in button["text"].lower())
        assert "url" not in button, f"{label!r} opens {button.get('url')}: nothing to hear for a bot"
        if button.get("request_location"):
            return await self.sends_location()
        if "callback_data" not in button:
            return await self.says(button["text"], to=reader, times=times, at_once=at_once)
        self.reads_all()
        reader.reads_all()
        tap = Tap(id=f"49{next(self.telegram.ids):017}", chat=reader.chat.id)
        self.telegram.world.taps[tap.id] = tap
        query: Json = {
            "id": tap.id,
            "from": self.person,
            "message": without_private(reader.chat.messages.get(where.message_id, _gone(where))),
            "chat_instance": str(reader.chat.id),
            "data": button["callback_data"],
        }
        sent = self.telegram.add_update(
            "callback_query", query, chat=reader.chat.id, times=times, at_once=at_once
        )
        return Said(telegram=self.telegram, message_id=where.message_id, updates=sent, tap=tap)

    async def _screen_with(self, label: str, on: Bubble | None, reader: Reader, within: float) -> Bubble:
        def found() -> Bubble | None:
            shown = [on] if on else reversed(reader.bubbles)
            return next(
                (one for one in shown if any(label.lower() in own.lower() for own in one.labels)), None
            )

        return await self.telegram.world.bell.until(
            found,
            within=within,
            missing=lambda: f"no button {label!r} in {[one.labels for one in reader.bubbles]}",
        )

    async def blocks(self) -> Said:
        """Block the bot: it hears of it, and every later send meets 403."""
        return self.changes_membership("member", "kicked")

    async def unblocks(self) -> Said:
        """Let the bot write again."""
        return self.changes_membership("kicked", "member")


def _gone(bubble: Bubble) -> Json:
    """How the API shows a message that is not accessible any more: dated 0."""
    return {"message_id": bubble.message_id, "chat": bubble.message.get("chat", {}), "date": 0}
