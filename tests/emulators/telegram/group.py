"""A group chat."""

from typing import TYPE_CHECKING

from tests.emulators.telegram.people import Reader
from tests.emulators.telegram.world import Chat

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram


class Group(Reader):
    """A group chat with the bot in it, which hears everything said there."""

    def __init__(self, telegram: "Telegram", title: str) -> None:
        chat_id = -4_100_000 - next(telegram.ids)
        about = {"id": chat_id, "type": "group", "title": title}
        super().__init__(telegram, telegram.world.chats.setdefault(chat_id, Chat(id=chat_id, about=about)))
