"""Telegram updates → `Heard`. aiogram's types parse them, aiogram's router selects by kind.

Raw updates are parsed one by one: an invalid one is parked (counted, logged without content), the others
continue; if its sender and private chat are known, they are told that it could not be read. Filters of
aiogram are not used: each synchronous one costs a thread switch.
"""

import re
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    Audio,
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Document,
    Message,
    Update,
    VideoNote,
    Voice,
)
from pydantic import ValidationError

from bot.channel import Heard, Kind, located

_AT_BOT = re.compile(r"^(/\w+)@\w+")
_KINDS: dict[str, Kind] = {
    ContentType.TEXT: "text",
    ContentType.PHOTO: "photo",
    ContentType.DOCUMENT: "file",
    ContentType.VOICE: "voice",
    ContentType.AUDIO: "voice",
    ContentType.VIDEO_NOTE: "voice",
    ContentType.STICKER: "sticker",
    ContentType.DICE: "sticker",
    ContentType.LOCATION: "location",
    ContentType.VENUE: "location",
    ContentType.CONTACT: "contact",
}
# Service messages in a private chat; not answered.
_NOT_SPOKEN = frozenset(
    {
        ContentType.PINNED_MESSAGE,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.WRITE_ACCESS_ALLOWED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.CONNECTED_WEBSITE,
        ContentType.PROXIMITY_ALERT_TRIGGERED,
    }
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Noted:
    """Content of an update: a message (`heard`), a tap to answer (`callback`), both or neither."""

    heard: Heard | None = None
    callback: str | None = None


NOTHING = Noted()


class Hears:
    """Parses updates of one bot; `parked` counts invalid ones."""

    def __init__(self, *, account: str) -> None:
        self._account = account
        self.parked = 0
        self._router = Router(name="loket")
        self._router.message.register(self._message)
        self._router.edited_message.register(self._edited)
        self._router.callback_query.register(self._tapped)
        self._router.my_chat_member.register(self._member)
        self.kinds = self._router.resolve_used_update_types()

    async def note(self, raw: Any) -> Noted:
        """Parse one raw update; an invalid one is parked, and its sender told if known."""
        try:
            update = Update.model_validate(raw)
            parts = dict(update)
            for kind in self.kinds:
                event = parts.get(kind)
                if event is not None:
                    noted = await self._router.propagate_event(kind, event, message_id=str(update.update_id))
                    return noted if isinstance(noted, Noted) else NOTHING
        except Exception as problem:  # noqa: BLE001  (one bad update must not stop the others)
            self.park(raw, problem)
            return Noted(self._unreadable(raw), _callback_of(raw))
        return NOTHING

    def park(self, raw: Any, problem: Exception) -> None:
        """Count an invalid update, and log its odd fields without their content."""
        self.parked += 1
        places = []
        if isinstance(problem, ValidationError):
            errors = problem.errors(include_input=False, include_url=False, include_context=False)
            places = [f"{'.'.join(map(str, error['loc']))}: {error['type']}" for error in errors[:5]]
        number = raw.get("update_id") if isinstance(raw, dict) else None
        known = number if isinstance(number, int) else None
        log.warning("telegram.parked", update=known, problem=type(problem).__name__, places=places)

    async def _message(self, message: Message, message_id: str) -> Noted:
        content = message.content_type
        if content in _NOT_SPOKEN:
            return NOTHING
        return Noted(self._heard(message, message_id, _KINDS.get(content, "other")))

    async def _edited(self, message: Message, message_id: str) -> Noted:
        """An edited text is no answer to the current question; a moving location is nothing new."""
        return Noted(self._heard(message, message_id, "edited")) if message.text else NOTHING

    async def _tapped(self, query: CallbackQuery, message_id: str) -> Noted:
        under = query.message
        if under is None:
            return Noted(callback=query.id)
        heard = Heard(
            channel="telegram",
            account=self._account,
            message_id=message_id,
            address=str(under.chat.id),
            kind="choice" if query.data else "other",
            choice=query.data,
            tapped=str(under.message_id),
            group=_is_group(under.chat),
        )
        return Noted(heard, query.id)

    async def _member(self, change: ChatMemberUpdated, message_id: str) -> Noted:
        if _is_group(change.chat) or change.new_chat_member.status != ChatMemberStatus.KICKED:
            return NOTHING
        address = str(change.chat.id)
        return Noted(
            Heard(
                channel="telegram",
                account=self._account,
                message_id=message_id,
                address=address,
                kind="blocked",
            )
        )

    def _unreadable(self, raw: Any) -> Heard | None:
        """Private message that this version cannot parse, if its sender and chat are known."""
        update, message = _inside(raw), _inside(raw, "message")
        number, place, chat = update.get("update_id"), message.get("message_id"), _inside(message, "chat")
        address, said = chat.get("id"), message.get("text")
        known = all(isinstance(one, int) for one in (number, place, address))
        if not known or chat.get("type") != ChatType.PRIVATE or not _inside(message, "from"):
            return None
        return Heard(
            channel="telegram",
            account=self._account,
            message_id=str(number),
            address=str(address),
            kind="other",
            text=said if isinstance(said, str) else "",
            said_in=str(place),
        )

    def _heard(self, message: Message, message_id: str, kind: Kind) -> Heard:
        paper = _paper(message, kind)
        mime = paper.mime_type if isinstance(paper, Document | Voice | Audio) else None
        file_name = paper.file_name if isinstance(paper, Document | Audio) else None
        return Heard(
            channel="telegram",
            account=self._account,
            message_id=message_id,
            address=str(message.chat.id),
            kind=kind,
            text=_text(message),
            said_in=str(message.message_id),
            media=_media(message, kind),
            mime=mime or "",
            file_name=file_name or "",
            group=_is_group(message.chat),
            forwarded=message.forward_origin is not None,
        )


def _text(message: Message) -> str:
    if message.location is not None:
        return located(message.location.latitude, message.location.longitude)
    return _AT_BOT.sub(r"\1", message.text or message.caption or "")


def _is_group(chat: Chat) -> bool:
    return chat.type != ChatType.PRIVATE


def _media(message: Message, kind: Kind) -> str | None:
    if kind == "photo" and message.photo:
        return max(message.photo, key=lambda size: size.width * size.height).file_id
    paper = _paper(message, kind)
    return None if paper is None else paper.file_id


def _paper(message: Message, kind: Kind) -> Document | Voice | Audio | VideoNote | None:
    """Document or recording of a message."""
    if kind == "file":
        return message.document
    return (message.voice or message.audio or message.video_note) if kind == "voice" else None


def _callback_of(raw: Any) -> str | None:
    """Id of a tap in an invalid update; it is answered, so that the button stops loading."""
    number = _inside(raw, "callback_query").get("id")
    return number if isinstance(number, str) else None


def _inside(raw: Any, name: str | None = None) -> dict[str, Any]:
    """An object of unparsed data, itself or by name; empty for other values."""
    found = raw.get(name) if name is not None and isinstance(raw, dict) else raw
    return found if isinstance(found, dict) else {}
