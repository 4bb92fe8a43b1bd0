"""Changing what was sent, and answering taps."""

from typing import TYPE_CHECKING, Any

from tests.emulators.telegram.bodies import Fields
from tests.emulators.telegram.html import utf16_length
from tests.emulators.telegram.lint import LONGEST_TOAST, read_markup, read_text
from tests.emulators.telegram.methods.registry import method
from tests.emulators.telegram.refusals import bad_request
from tests.emulators.telegram.world import Chat, Json, without_private

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram

DELETABLE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@method("editMessageText", counts=True)
async def edit_message_text(telegram: "Telegram", fields: Fields) -> Any:
    chat, message = _own_message(telegram, fields)
    text, entities = read_text(fields)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(
        telegram, chat, message, {"text": text, "entities": entities, "reply_markup": read_markup(fields)}
    )


@method("editMessageCaption", counts=True)
async def edit_message_caption(telegram: "Telegram", fields: Fields) -> Any:
    chat, message = _own_message(telegram, fields)
    text, entities = read_text(fields, "caption")
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    changes = {"caption": text, "caption_entities": entities, "reply_markup": read_markup(fields)}
    return _change(telegram, chat, message, changes)


@method("editMessageReplyMarkup", counts=True)
async def edit_message_reply_markup(telegram: "Telegram", fields: Fields) -> Any:
    chat, message = _own_message(telegram, fields)
    return _change(telegram, chat, message, {"reply_markup": read_markup(fields)})


def _own_message(telegram: "Telegram", fields: Fields) -> tuple[Chat, Json]:
    chat = telegram.world.chat(fields.values.get("chat_id"))
    message = chat.messages.get(fields.whole("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"] != telegram.world.bot:
        raise bad_request("message can't be edited")
    return chat, message


def _change(telegram: "Telegram", chat: Chat, message: Json, changes: dict[str, Any]) -> Any:
    wanted = {name: value or None for name, value in changes.items()}
    if all(message.get(name) == value for name, value in wanted.items()):
        raise bad_request(NOT_MODIFIED)
    for name, value in wanted.items():
        if value is None:
            message.pop(name, None)
        else:
            message[name] = value
    message["edit_date"] = telegram.world.now
    chat.show("edit", message)
    telegram.world.bell.ring()
    return without_private(message)


@method("deleteMessage")
async def delete_message(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.chat(fields.values.get("chat_id"))
    message = chat.messages.get(fields.whole("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(telegram, chat, message)
    _delete(chat, message)
    telegram.world.bell.ring()
    return True


@method("deleteMessages")
async def delete_messages(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.chat(fields.values.get("chat_id"))
    wanted = [chat.messages[one] for one in fields.tree("message_ids") or [] if one in chat.messages]
    for message in wanted:
        _check_deletable(telegram, chat, message)
    for message in wanted:
        _delete(chat, message)
    telegram.world.bell.ring()
    return True


def _check_deletable(telegram: "Telegram", chat: Chat, message: Json) -> None:
    """In private chats both sides' messages of the last 48 hours; in groups (without rights) only the bot's own."""
    own = message["from"] == telegram.world.bot
    too_old = telegram.world.now - message["date"] > DELETABLE_SECONDS
    if too_old or (chat.about["type"] != "private" and not own):
        raise bad_request("message can't be deleted")


def _delete(chat: Chat, message: Json) -> None:
    del chat.messages[message["message_id"]]
    chat.deleted.append(message["message_id"])
    chat.show("deletion", {"message_id": message["message_id"]})


@method("answerCallbackQuery")
async def answer_callback_query(telegram: "Telegram", fields: Fields) -> Any:
    tap = telegram.world.taps.get(fields.text("callback_query_id"))
    if tap is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16_length(fields.text("text")) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answers.append(dict(fields.values))
    telegram.world.bell.ring()
    return True
