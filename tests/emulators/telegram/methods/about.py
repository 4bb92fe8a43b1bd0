"""Who the bot is, its settings, files and chats."""

from typing import TYPE_CHECKING, Any

from tests.emulators.telegram.bodies import Fields
from tests.emulators.telegram.methods.registry import Do, method
from tests.emulators.telegram.refusals import bad_request
from tests.emulators.telegram.world import LARGEST_DOWNLOAD

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram


@method("getMe")
async def get_me(telegram: "Telegram", fields: Fields) -> Any:
    return telegram.world.bot


@method("getChat")
async def get_chat(telegram: "Telegram", fields: Fields) -> Any:
    about = telegram.world.chat(fields.values.get("chat_id")).about
    return {**about, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = dict.fromkeys(
    ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"], False
)


@method("getFile")
async def get_file(telegram: "Telegram", fields: Fields) -> Any:
    stored = telegram.world.files.get(fields.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.about(file_path=stored.path)


@method("setMyCommands")
async def set_my_commands(telegram: "Telegram", fields: Fields) -> Any:
    commands = fields.tree("commands") or []
    for command in commands:
        if not 1 <= len(command["command"]) <= 32 or command["command"] != command["command"].lower():
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.world.settings["commands", fields.text("language_code")] = commands
    return True


@method("getMyCommands")
async def get_my_commands(telegram: "Telegram", fields: Fields) -> Any:
    return telegram.world.settings.get(("commands", fields.text("language_code")), [])


def _remember(name: str) -> Do:
    async def remember(telegram: "Telegram", fields: Fields) -> Any:
        telegram.world.settings[name] = dict(fields.values)
        return True

    return remember


for _name in (
    "close",
    "deleteMyCommands",
    "logOut",
    "setChatMenuButton",
    "setMyDescription",
    "setMyName",
    "setMyShortDescription",
):
    method(_name)(_remember(_name))
