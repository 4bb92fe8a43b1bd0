"""Messages of the bot: text, pictures, documents, typing."""

from typing import TYPE_CHECKING, Any

from tests.emulators.telegram.bodies import Fields
from tests.emulators.telegram.lint import read_markup, read_text
from tests.emulators.telegram.methods.registry import method
from tests.emulators.telegram.refusals import bad_request
from tests.emulators.telegram.world import Chat, Stored, without_private

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method("sendMessage", counts=True)
async def send_message(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.open_chat(fields.values.get("chat_id"))
    text, entities = read_text(fields)
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    return _put(telegram, chat, fields, content)


@method("sendPhoto", counts=True)
async def send_photo(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.open_chat(fields.values.get("chat_id"))
    stored = _file(telegram, fields, "photo")
    sizes = [stored.about(width=90, height=90), stored.about(width=800, height=800)]
    return _put(telegram, chat, fields, {"photo": sizes, **_caption(fields)}, stored)


@method("sendDocument", counts=True)
async def send_document(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.open_chat(fields.values.get("chat_id"))
    stored = _file(telegram, fields, "document")
    document = stored.about(file_name=stored.name, mime_type=stored.mime)
    return _put(telegram, chat, fields, {"document": document, **_caption(fields)}, stored)


@method("sendVoice", counts=True)
async def send_voice(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.open_chat(fields.values.get("chat_id"))
    stored = _file(telegram, fields, "voice")
    if stored.data[:4] != b"OggS" or b"OpusHead" not in stored.data[:64]:
        raise bad_request("VOICE_MESSAGES need an .OGG file encoded with OPUS")
    voice = stored.about(duration=1, mime_type=stored.mime)
    return _put(telegram, chat, fields, {"voice": voice, **_caption(fields)}, stored)


@method("sendVenue", counts=True)
async def send_venue(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.open_chat(fields.values.get("chat_id"))
    spot = {name: float(fields.text(name)) for name in ("latitude", "longitude")}
    title, address = fields.text("title"), fields.text("address")
    if not title or not address:
        raise bad_request("parameter title and address are required")
    return _put(
        telegram,
        chat,
        fields,
        {"location": spot, "venue": {"location": spot, "title": title, "address": address}},
    )


@method("sendChatAction")
async def send_chat_action(telegram: "Telegram", fields: Fields) -> Any:
    chat = telegram.world.open_chat(fields.values.get("chat_id"))
    if fields.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing.append(fields.text("action"))
    telegram.world.bell.ring()
    return True


def _put(
    telegram: "Telegram", chat: Chat, fields: Fields, content: dict[str, Any], stored: Stored | None = None
) -> Any:
    markup = read_markup(fields)
    if markup:
        content["reply_markup" if "inline_keyboard" in markup else "_keyboard"] = markup
    answered = fields.tree("reply_parameters")
    if answered:
        content |= _reply(chat, answered)
    message = telegram.world.new_message(chat, telegram.world.bot, **content)
    chat.show("message", message, stored)
    telegram.world.bell.ring()
    return without_private(message)


def _reply(chat: Chat, answered: dict[str, Any]) -> dict[str, Any]:
    message = chat.messages.get(answered.get("message_id", 0))
    if message is None and not answered.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": without_private(message)} if message else {}


def _caption(fields: Fields) -> dict[str, Any]:
    caption, entities = read_text(fields, "caption")
    content: dict[str, Any] = {"caption": caption} if caption else {}
    if caption and entities:
        content["caption_entities"] = entities
    return content


def _file(telegram: "Telegram", fields: Fields, name: str) -> Stored:
    """The file of a call: a part of that name, a part named by attach://, or a known file_id."""
    given = fields.text(name)
    upload = fields.uploads.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        kind = {"photo": "photos", "document": "documents", "voice": "voice"}[name]
        return telegram.world.store(kind=kind, name=upload.name, mime=upload.mime, data=upload.data)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    stored = telegram.world.files.get(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored
