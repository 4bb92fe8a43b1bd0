"""The office's side of the emulated Graph API: a bare client, and a webhook that notes what it is told."""

import json
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpx

from demo.whatsapp_emulator import NUMBER_ID
from demo.whatsapp_emulator.http import Answer, HttpServer, Request

ACCOUNT_ID = "500000000000001"


@dataclass(slots=True)
class Cloud:
    """Posts as the product does; `refusal` gives the code that a message meets."""

    client: httpx.AsyncClient

    async def send(self, to: str = "", /, **body: Any) -> httpx.Response:
        whom = {"to": to} if to.startswith("+") else {"recipient": to} if to else {}
        whole = {"messaging_product": "whatsapp", "recipient_type": "individual", **whom, **body}
        return await self.client.post(
            f"/{NUMBER_ID}/messages", json={k: v for k, v in whole.items() if v is not None}
        )

    async def says(self, to: str, text: str = "halo", **more: Any) -> httpx.Response:
        return await self.send(to, type="text", text={"body": text}, **more)

    async def refusal(self, to: str, /, **body: Any) -> int | None:
        answer = (await self.send(to, **body)).json()
        return answer["error"]["code"] if "error" in answer else None


@dataclass(slots=True)
class Office:
    """Answers each delivery with the next of `answers` (200 when none is left)."""

    answers: list[int] = field(default_factory=list)
    heard: list[Request] = field(default_factory=list)
    server: HttpServer = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/whatsapp/webhook"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(one.body) for one in self.heard]

    @property
    def values(self) -> list[dict[str, Any]]:
        return [
            change["value"] for body in self.bodies for entry in body["entry"] for change in entry["changes"]
        ]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return [(one["id"], one["status"]) for value in self.values for one in value.get("statuses", [])]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [one for value in self.values for one in value.get("messages", [])]

    async def __aenter__(self) -> Self:
        self.server = HttpServer(self._hear)
        await self.server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.server.stop()

    async def _hear(self, request: Request) -> Answer:
        self.heard.append(request)
        if request.verb == "GET":
            return Answer(body=request.query.get("hub.challenge", "").encode(), content_type="text/plain")
        return Answer(status=self.answers.pop(0) if self.answers else 200)
