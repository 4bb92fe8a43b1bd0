"""Telegram updates → `Heard`.

Updates are parsed one by one: an invalid one is parked (counted, logged without content), the others
continue; if its sender and private chat are known, they are told that it could not be read.
"""

import json
import re
from typing import Any

import msgspec
import structlog
from pydantic import ValidationError

from bot.channel import Heard, Kind, located
from bot.telegram import updates
from bot.telegram.updates import Change, Chat, Message, Paper, Tap, Update
from domain.codec import light_dataclass

_AT_BOT = re.compile(r"^(/\w+)@\w+")
_PRIVATE = "private"

log = structlog.get_logger(__name__)


@light_dataclass(frozen=True, slots=True)
class Noted:
    """Content of an update: a message (`heard`), a tap to answer (`callback`), both or neither."""

    heard: Heard | None = None
    callback: str | None = None


NOTHING = Noted()


class UpdateParser:
    """Parses updates of one bot; `parked` counts invalid ones."""

    def __init__(self, *, account: str) -> None:
        self._account = account
        self.parked = 0

    async def read(self, body: bytes) -> Noted:
        """Parse one update from a request's body."""
        try:
            return self._noted(updates.of_body(body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError) as problem:
            self.park(None, problem)
            return NOTHING
        return await self.note(raw)

    async def note(self, raw: Any) -> Noted:
        """Parse one raw update; an invalid one is parked, and its sender told if known."""
        try:
            return self._noted(await updates.of_raw(raw))
        except Exception as problem:  # noqa: BLE001  (one bad update must not stop the others)
            self.park(raw, problem)
            return Noted(self._unreadable(raw), _callback_of(raw))

    def _noted(self, update: Update) -> Noted:
        number = str(update.update_id)
        if update.callback_query is not None:
            return self._tapped(update.callback_query, number)
        if update.edited_message is not None:
            return self._edited(update.edited_message, number)
        if update.message is not None:
            return self._message(update.message, number)
        return NOTHING if update.my_chat_member is None else self._member(update.my_chat_member, number)

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

    def _message(self, message: Message, message_id: str) -> Noted:
        kind = _kind(message)
        return NOTHING if kind is None else Noted(self._heard(message, message_id, kind))

    def _edited(self, message: Message, message_id: str) -> Noted:
        """An edited text is no answer to the current question; a moving location is nothing new."""
        return Noted(self._heard(message, message_id, "edited")) if message.text else NOTHING

    def _tapped(self, query: Tap, message_id: str) -> Noted:
        under = query.message
        if under is None:
            return Noted(callback=query.id)
        heard = self._of(
            message_id,
            under.chat.id,
            kind="choice" if query.data else "other",
            choice=query.data,
            tapped=str(under.message_id),
            group=_is_group(under.chat),
        )
        return Noted(heard, query.id)

    def _member(self, change: Change, message_id: str) -> Noted:
        if _is_group(change.chat) or change.new_chat_member.status != "kicked":
            return NOTHING
        return Noted(self._of(message_id, change.chat.id, kind="blocked"))

    def _unreadable(self, raw: Any) -> Heard | None:
        """Private message that this version cannot parse, if its sender and chat are known."""
        update, message = _inside(raw), _inside(raw, "message")
        number, place, chat = update.get("update_id"), message.get("message_id"), _inside(message, "chat")
        address, said = chat.get("id"), message.get("text")
        known = all(isinstance(one, int) for one in (number, place, address))
        if not known or chat.get("type") != _PRIVATE or not _inside(message, "from"):
            return None
        text = said if isinstance(said, str) else ""
        return self._of(str(number), address, kind="other", text=text, said_in=str(place))

    def _heard(self, message: Message, message_id: str, kind: Kind) -> Heard:
        paper = _paper(message, kind)
        return self._of(
            message_id,
            message.chat.id,
            kind=kind,
            text=_text(message),
            said_in=str(message.message_id),
            media=_media(message, kind, paper),
            mime=(paper and paper.mime_type) or "",
            file_name=(paper and paper.file_name) or "",
            group=_is_group(message.chat),
        )

    def _of(self, message_id: str, chat: object, **more: Any) -> Heard:
        return Heard(
            channel="telegram", account=self._account, message_id=message_id, address=str(chat), **more
        )


def _kind(message: Message) -> Kind | None:
    """Kind of a message by its first content; None for Telegram's own service messages."""
    if message.text:
        return "text"
    # Animations also have a document, live photos a photo.
    contents: tuple[tuple[object, Kind], ...] = (
        (message.audio, "voice"),
        (message.animation, "other"),
        (message.document, "file"),
        (message.live_photo, "other"),
        (message.photo, "photo"),
        (message.sticker, "sticker"),
        (message.video_note, "voice"),
        (message.voice, "voice"),
        (message.contact, "contact"),
        (message.venue or message.location, "location"),
        (message.dice, "sticker"),
    )
    found = next((kind for content, kind in contents if content), None)
    return found or (None if _is_service(message) else "other")


def _is_service(message: Message) -> bool:
    return bool(
        message.pinned_message
        or message.message_auto_delete_timer_changed
        or message.write_access_allowed
        or message.chat_background_set
        or message.connected_website
        or message.proximity_alert_triggered
    )


def _text(message: Message) -> str:
    if message.location is not None:
        return located(message.location.latitude, message.location.longitude)
    text = message.text or message.caption or ""
    return _AT_BOT.sub(r"\1", text) if text.startswith("/") else text


def _is_group(chat: Chat) -> bool:
    return chat.type != _PRIVATE


def _media(message: Message, kind: Kind, paper: Paper | None) -> str | None:
    if kind == "photo" and message.photo:
        return max(message.photo, key=lambda size: size.width * size.height).file_id
    return None if paper is None else paper.file_id


def _paper(message: Message, kind: Kind) -> Paper | None:
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
