"""Webhook bodies in the platform's shapes; every number, name and id in them is invented."""

import itertools
from typing import Any

ACCOUNT = "106540352242922"
OWN_NUMBER = "62321000111"
SRI = "628123456001"
SRI_ID = "ID.10000000000000000001"
SRI_PARENT = "ID.ENT.10000000000000000001"
JOKO = "628123456002"
JOKO_ID = "ID.20000000000000000002"

_numbers = itertools.count(1)

Json = dict[str, Any]


def body(*values: Json, field: str = "messages") -> Json:
    """One entry with one change for each value."""
    changes = [{"value": value, "field": field} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]}


def value(*messages: Json, contacts: list[Json] | None = None, **more: Any) -> Json:
    """What a change holds; without `contacts`, one for each sender's number."""
    if contacts is None:
        contacts = [contact(number) for number in dict.fromkeys(m["from"] for m in messages if "from" in m)]
    held: Json = {"messaging_product": "whatsapp", "metadata": metadata(), "contacts": contacts, **more}
    return {**held, "messages": [*messages]} if messages else held


def metadata(account: str = ACCOUNT) -> Json:
    return {"display_phone_number": OWN_NUMBER, "phone_number_id": account}


def contact(wa_id: str | None = SRI, *, user_id: str | None = None, parent: str | None = None) -> Json:
    names = {"wa_id": wa_id, "user_id": user_id, "parent_user_id": parent}
    return {"profile": {"name": "Sri"}, **{key: name for key, name in names.items() if name}}


def message(kind: str, content: Any = None, *, sender: str | None = SRI, **more: Any) -> Json:
    number = next(_numbers)
    said: Json = {"id": f"wamid.TEST{number:08}", "timestamp": str(1_795_400_000 + number), "type": kind}
    if sender:
        said["from"] = sender
    if content is not None:
        said[kind] = content
    return {**said, **more}


def text(words: str, **more: Any) -> Json:
    return message("text", {"body": words}, **more)


def tap(token: str, title: str = "Ya", kind: str = "button_reply", **more: Any) -> Json:
    context = {"from": OWN_NUMBER, "id": "wamid.OURS"}
    return message(
        "interactive", {"type": kind, kind: {"id": token, "title": title}}, context=context, **more
    )


def system(kind: str, content: Json, **more: Any) -> Json:
    return message("system", {"type": kind, **content}, **more)


def id_update(previous: str, current: str, **more: Any) -> Json:
    update = {"detail": "User id has been updated.", "timestamp": "1795400001"}
    return {**update, "user_id": {"previous": previous, "current": current}, **more}


def status(state: str, number: str = "wamid.OURS", **more: Any) -> Json:
    return {"id": number, "status": state, "timestamp": "1795400002", "recipient_id": SRI, **more}


EVERY_KIND: dict[str, Json] = {
    "text": text("cek status"),
    "reply button": tap("a1:2"),
    "list row": tap("a1:3", kind="list_reply"),
    "quick reply": message("button", {"payload": "a1:4", "text": "Ya"}),
    "location": message("location", {"latitude": -7.47, "longitude": 112.43}),
    "image": message("image", {"id": "1003", "mime_type": "image/jpeg", "sha256": "x", "caption": "ini"}),
    "document": message("document", {"id": "1004", "filename": "kk.pdf", "mime_type": "application/pdf"}),
    "sticker": message("sticker", {"id": "1005", "animated": False, "mime_type": "image/webp"}),
    "voice": message("audio", {"id": "1006", "voice": True, "mime_type": "audio/ogg; codecs=opus"}),
    "video": message("video", {"id": "1007", "mime_type": "video/mp4"}),
    "contacts": message("contacts", [{"name": {"formatted_name": "Joko"}, "phones": [{"phone": "+62 8"}]}]),
    "order": message("order", {"catalog_id": "1", "product_items": []}),
    "flow": message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{}", "name": "x"}}),
    "unsupported": message("unsupported", errors=[{"code": 131051, "title": "Message type unknown"}]),
    "interactive without a reply": message("interactive"),
    "welcome": message("request_welcome"),
    "edited": message("edit", {"original_message_id": "wamid.0", "message": {"type": "text"}}),
    "a type of tomorrow": message("hologram", {"id": "1"}),
    "text without a body": message("text", {}),
    "image without an id": message("image", {}),
}
