"""What the emulated Telegram knows: the bot, the chats with their messages, and the files."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from demo.whatsapp_emulator.bell import Bell
from tests.emulators.telegram.refusals import bad_request, blocked_by_the_user, chat_not_found

Json = dict[str, Any]
LARGEST_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """What people in a chat saw happen: a new message of the bot, an edit, or a deletion."""

    kind: Literal["message", "edit", "deletion"]
    message_id: int
    text: str = ""
    buttons: tuple[Json, ...] = ()
    message: Json = field(default_factory=dict, repr=False)
    file: bytes | None = field(default=None, repr=False)
    file_name: str = ""

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass(slots=True, kw_only=True)
class Chat:
    """One chat. `known`: the bot may write here; `blocked`: the person blocked the bot."""

    id: int
    about: Json
    known: bool = True
    blocked: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    bubbles: list[Bubble] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)

    def show(
        self, kind: Literal["message", "edit", "deletion"], message: Json, file: "Stored | None" = None
    ) -> None:
        markup = message.get("reply_markup") or message.get("_keyboard") or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        buttons = [button if isinstance(button, dict) else {"text": button} for row in rows for button in row]
        bubble = Bubble(
            kind=kind,
            message_id=message["message_id"],
            text=str(message.get("text", message.get("caption", ""))),
            buttons=tuple(buttons),
            message=without_private(message),
            file=file.data if file else None,
            file_name=file.name if file else "",
        )
        self.bubbles.append(bubble)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file on the emulated servers."""

    file_id: str
    path: str
    name: str
    mime: str
    data: bytes = field(repr=False)

    def about(self, **more: Any) -> Json:
        return {
            "file_id": self.file_id,
            "file_unique_id": f"u{self.file_id}",
            "file_size": len(self.data),
            **more,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A callback query that waits for its answer; `answers` collects what the bot answered."""

    id: str
    chat: int
    answers: list[Json] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class World:
    bot: Json
    clock: Callable[[], float] = time.time
    bell: Bell = field(default_factory=Bell)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Stored] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    settings: dict[Any, Any] = field(default_factory=dict)
    _message_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _file_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def now(self) -> int:
        return int(self.clock())

    def chat(self, chat_id: Any) -> Chat:
        """The chat, as a call names it.

        Raises:
            Refused: "chat_id is empty" or "chat not found".
        """
        if chat_id in {None, ""}:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats[int(chat_id)]
        except (KeyError, ValueError):
            raise chat_not_found() from None
        if not chat.known:
            raise chat_not_found()
        return chat

    def open_chat(self, chat_id: Any) -> Chat:
        """The chat, when the bot may write to it.

        Raises:
            Refused: as `chat`, or 403 because the person blocked the bot.
        """
        chat = self.chat(chat_id)
        if chat.blocked:
            raise blocked_by_the_user()
        return chat

    def new_message(self, chat: Chat, sender: Json, **content: Any) -> Json:
        message: Json = {
            "message_id": next(self._message_ids),
            "from": sender,
            "chat": chat.about,
            "date": self.now,
            **content,
        }
        chat.messages[message["message_id"]] = message
        return message

    def store(self, *, kind: str, name: str, mime: str, data: bytes) -> Stored:
        number = next(self._file_ids)
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file_id = f"AgACAg{kind}{number:06}"
        path = f"{kind}/file_{number}.{suffix}"
        stored = Stored(file_id=file_id, path=path, name=name, mime=mime, data=data)
        self.files[file_id] = stored
        return stored

    def file_at(self, path: str) -> Stored | None:
        return next((stored for stored in self.files.values() if stored.path == path), None)


def without_private(message: Json) -> Json:
    """The message as the API shows it: what begins with an underscore is the emulator's own note."""
    return {name: value for name, value in message.items() if not name.startswith("_")}
