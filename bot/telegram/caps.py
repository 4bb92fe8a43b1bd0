"""Capabilities of Telegram."""

from handlers.engine.caps import Caps

TELEGRAM = Caps(
    channel="telegram",
    title="Telegram",
    buttons=10,  # one per row; Telegram accepts 100, which is too much for a small phone
    label=40,  # Telegram shortens labels wider than the bubble, without a documented limit
    text=4096,  # https://core.telegram.org/bots/api#sendmessage
    edit=True,
    deletes=True,
    resends_unknown=True,
)

TOKEN_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton (callback_data)
PICTURE_BYTES = 10_000_000  # https://core.telegram.org/bots/api#sendphoto
