"""Capabilities of WhatsApp, by its reference (developers.facebook.com/docs/whatsapp/cloud-api)."""

from handlers.engine.caps import Caps

WHATSAPP = Caps(
    channel="whatsapp",
    title="WhatsApp",
    buttons=3,
    rows=10,
    label=20,
    row_label=24,
    hint=72,
    text=4096,
    full_nik=False,  # WhatsApp forbids asking for a whole identity number
    push="template",
    given_up="waited_too_long",
)

BUTTONS_TEXT = 1024  # of a text with reply buttons, a link or a request; a list may have the full length
BUTTON_ID, ROW_ID, URL = 256, 200, 2000
PICTURES = frozenset({"image/jpeg", "image/png"})
PICTURE_BYTES = 5_000_000
DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/plain",
    }
)
# A voice message is Ogg with Opus; the type alone is refused (…/whatsapp/messages/audio-messages).
VOICE, VOICE_UPLOAD = "audio/ogg", "audio/ogg; codecs=opus"
