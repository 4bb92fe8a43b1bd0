"""What WhatsApp can show, as the Cloud API's reference says (developers.facebook.com/docs/whatsapp/cloud-api)."""

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
    full_nik=False,  # its rules forbid asking for a whole identity number
    push="template",
    given_up="waited_too_long",
)

BUTTONS_TEXT = (
    1024  # a text above reply buttons, a link or a request; above a list it may be as long as without
)
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
