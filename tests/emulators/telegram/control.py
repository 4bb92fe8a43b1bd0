"""Playing residents from another process: `/emulator/…` of an emulator that runs on its own."""

import json
from typing import TYPE_CHECKING, Any

from demo.whatsapp_emulator.http import Answer, Request

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram


class Control:
    """POST /emulator/say {name, text} · /emulator/tap {name, label} · /emulator/hear {name, text, within} ·
    /emulator/fault {method, code, retry_after, chat, times} · GET /emulator/chat?name= · GET /emulator/journal.
    """

    def __init__(self, telegram: "Telegram") -> None:
        self.telegram = telegram

    async def handle(self, path: str, request: Request) -> Answer:
        asked = json.loads(request.body) if request.body else dict(request.query)
        do = getattr(self, f"_do_{path}", None)
        if do is None:
            return Answer(status=404, body=b'{"error": "no such control"}')
        try:
            return Answer(body=json.dumps(await do(asked)).encode())
        except AssertionError as error:
            return Answer(status=408, body=json.dumps({"error": str(error)}).encode())

    async def _do_say(self, asked: dict[str, Any]) -> Any:
        said = await self.telegram.resident(asked["name"]).says(asked["text"])
        return {"message_id": said.message_id}

    async def _do_tap(self, asked: dict[str, Any]) -> Any:
        said = await self.telegram.resident(asked["name"]).taps(asked["label"])
        return {"message_id": said.message_id}

    async def _do_hear(self, asked: dict[str, Any]) -> Any:
        person = self.telegram.resident(asked["name"])
        bubble = await person.hears(asked.get("text", ""), within=float(asked.get("within", 5)))
        return {"text": bubble.text, "buttons": bubble.labels}

    async def _do_chat(self, asked: dict[str, Any]) -> Any:
        person = self.telegram.resident(asked["name"])
        return [{"kind": one.kind, "text": one.text, "buttons": one.labels} for one in person.bubbles]

    async def _do_journal(self, asked: dict[str, Any]) -> Any:
        return [
            {
                "method": call.method,
                "chat": call.chat,
                "text": call.text,
                "buttons": call.buttons,
                "at": call.at,
                "by": call.by,
                "status": call.status,
                "error": call.error,
            }
            for call in self.telegram.journal.calls()
        ]

    async def _do_fault(self, asked: dict[str, Any]) -> Any:
        faults, chat, times = self.telegram.faults, asked.get("chat"), asked.get("times", 1)
        if asked["code"] == 429:
            faults.too_many(asked["method"], asked["retry_after"], chat=chat, times=times)
        else:
            faults.server_error(asked["method"], asked["code"], chat=chat, times=times)
        return {"planned": len(faults.planned)}
