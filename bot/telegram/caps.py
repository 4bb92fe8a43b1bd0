"""What Telegram can show."""

from handlers.engine.caps import Caps

TELEGRAM = Caps(
    channel="telegram",
    title="Telegram",
    buttons=10,  # one under the other; Telegram takes 100, a small phone does not
    label=40,  # Telegram shortens what is wider than the bubble, without a limit in its documents
    text=4096,  # https://core.telegram.org/bots/api#sendmessage
    edit=True,
    deletes=True,
    resends_unknown=True,
)

TOKEN_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton (callback_data)
PICTURE_BYTES = 10_000_000  # https://core.telegram.org/bots/api#sendphoto
