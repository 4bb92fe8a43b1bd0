"""A phone in the browser: one resident's chat with the office, with costs and states.

For the demo on one's own machine. Nothing is loaded from other sites; the office's texts are shown as plain
text.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path

import bot
from demo.whatsapp_emulator.graph import Graph
from demo.whatsapp_emulator.http import Answer, Request
from demo.whatsapp_emulator.resident import Resident
from demo.whatsapp_emulator.world import Bubble, Json

# Rounded, invented prices: Meta's rate card changes every quarter.
EXAMPLE_RUPIAH: Mapping[str, int] = {"service": 350, "utility": 350, "marketing": 600}
POLL_SECONDS = 20.0
_HERE = Path(__file__).with_name("phone")
_OFFICE = Path(bot.__file__).parent / "web" / "static"
_FILES = {
    "/": (_HERE / "phone.html", "text/html; charset=utf-8"),
    "/phone.css": (_HERE / "phone.css", "text/css; charset=utf-8"),
    "/phone.js": (_HERE / "phone.js", "text/javascript; charset=utf-8"),
    "/chat.js": (_HERE / "chat.js", "text/javascript; charset=utf-8"),
    "/base.css": (_OFFICE / "base.css", "text/css; charset=utf-8"),
    "/loket.svg": (_OFFICE / "loket.svg", "image/svg+xml"),
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_NAMES = ("Sri Wahyuni", "Budi Santoso", "Dewi Lestari", "Joko Susilo", "Rina Astuti")


class PhonePage:
    """Answers the browser; `resident` holds the phone now."""

    def __init__(self, graph: Graph, zone: tzinfo) -> None:
        self.graph, self._zone = graph, zone
        self.resident = self._next_resident()

    async def __call__(self, request: Request) -> Answer:
        """Serve a file of the page, the chat, or an action of the resident."""
        answer = await self._answer(request)
        return Answer(
            status=answer.status,
            body=answer.body,
            content_type=answer.content_type,
            headers={**_HEADERS, **answer.headers},
        )

    async def _answer(self, request: Request) -> Answer:
        if request.verb == "GET" and request.path in _FILES:
            file, mime = _FILES[request.path]
            return Answer(body=file.read_bytes(), content_type=mime)
        if request.verb == "GET" and request.path == "/phone/chat":
            return await self._chat(request.query.get("after", ""))
        if request.verb == "GET" and request.path.startswith("/phone/file/"):
            return self._file(request.path.rpartition("/")[2])
        # Other sites' pages cannot set this header without a preflight request, which fails.
        if request.verb == "POST" and request.headers.get("x-phone") == "1":
            return await self._deed(request)
        return Answer(status=404, body=b"not found", content_type="text/plain")

    async def _chat(self, after: str) -> Answer:
        """The chat, once it differs from `after` or after some seconds."""
        try:
            shown = await self.graph.world.bell.until(
                lambda: self._other_than(after), within=POLL_SECONDS, missing=lambda: "nothing happened"
            )
        except AssertionError:
            shown = self._shown()
        return Answer(body=json.dumps(shown).encode())

    def _other_than(self, after: str) -> Json | None:
        shown = self._shown()
        return shown if shown["version"] != after else None

    def _shown(self) -> Json:
        person = self.resident.person
        bubbles = [_bubble(one, self._zone) for one in person.bubbles]
        # Changed states are another version, too.
        version = f"{person.user_id}-" + "".join(str(one["state"])[0] for one in bubbles)
        return {
            "version": version,
            "name": person.name,
            "phone": f"+{person.phone}",
            "bubbles": bubbles,
            "bill": self._bill(person.bubbles),
        }

    def _bill(self, bubbles: list[Bubble]) -> list[Json]:
        billed = [one.category for one in bubbles if one.billed]
        return [
            {"category": name, "count": billed.count(name), "rupiah": billed.count(name) * price}
            for name, price in EXAMPLE_RUPIAH.items()
            if name in billed
        ]

    async def _deed(self, request: Request) -> Answer:
        try:
            asked = json.loads(request.body or b"{}")
            await self._do(request.path.rpartition("/")[2], asked)
        except (ValueError, KeyError, TypeError, IndexError, binascii.Error):
            return Answer(status=400, body=b"{}")
        self.graph.world.bell.ring()
        return Answer(body=b"{}")

    async def _do(self, deed: str, asked: Json) -> None:
        match deed:
            case "say":
                await self.resident.says(str(asked["text"])[:4096])
            case "tap":
                bubble = {one.id: one for one in self.resident.bubbles}[asked["bubble"]]
                self.resident.taps_on(bubble, bubble.choices[int(asked["place"])])
            case "photo":
                data = base64.b64decode(str(asked["data"]), validate=True)
                await self.resident.sends_photo(data, mime=str(asked["mime"]))
            case "read":
                await self.resident.reads()
            case "new":
                self.resident = self._next_resident()
            case _:
                raise KeyError(deed)

    def _file(self, bubble_id: str) -> Answer:
        held = (one.file for one in self.resident.person.bubbles if one.id == bubble_id and one.file)
        file = next(held, None)
        if file is None:
            return Answer(status=404, body=b"not found", content_type="text/plain")
        shown = file.kind == "image"
        name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in file.name)
        how = "inline" if shown else "attachment"
        return Answer(
            body=file.data,
            content_type=file.mime if shown else "application/octet-stream",
            headers={"Content-Disposition": f'{how}; filename="{name or "berkas"}"'},
        )

    def _next_resident(self) -> Resident:
        return self.graph.resident(_NAMES[len(self.graph.world.people) % len(_NAMES)])


def _bubble(one: Bubble, zone: tzinfo) -> Json:
    """A bubble for the page, with its time in this zone."""
    state = one.state
    if one.mine:
        state = "delivered" if one.was_heard() else "sent"
    return {
        "id": one.id,
        "mine": one.mine,
        "kind": one.kind,
        "text": one.text,
        "at": one.at.astimezone(zone).strftime("%H.%M"),
        "choices": [
            {
                "kind": choice.kind,
                "label": choice.label,
                "hint": choice.hint,
                "url": choice.id if choice.kind == "url" else "",
            }
            for choice in one.choices
        ],
        "opens": one.opens,
        "category": one.category,
        "rupiah": EXAMPLE_RUPIAH.get(one.category, 0) if one.billed else 0,
        "state": state,
        "file": {"name": one.file.name, "image": one.file.kind == "image"} if one.file else None,
    }
