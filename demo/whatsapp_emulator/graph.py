"""The emulated Graph API server, for tests and the demo."""

import json
import re
import time
from collections.abc import Callable
from datetime import datetime

from demo.whatsapp_emulator import templates
from demo.whatsapp_emulator.deliveries import WebhookDeliveries
from demo.whatsapp_emulator.faults import Faults
from demo.whatsapp_emulator.http import Answer, Emulator, Handler, LineCut, Request
from demo.whatsapp_emulator.journal import ApiCall, Journal
from demo.whatsapp_emulator.media import read_upload
from demo.whatsapp_emulator.messages import Messages
from demo.whatsapp_emulator.rates import RateLimits
from demo.whatsapp_emulator.refusals import RefusedCall
from demo.whatsapp_emulator.resident import Resident
from demo.whatsapp_emulator.world import EmulatedPerson, Json, World

TOKEN = "EAAEmulator0000000000000000"  # noqa: S105  (valid only in this emulator)
APP_SECRET = "emulated-app-secret"  # noqa: S105
VERIFY_TOKEN = "emulated-verify-token"  # noqa: S105
NUMBER_ID = "400000000000001"
ACCOUNT_ID = "500000000000001"
DISPLAY_NUMBER = "62895000000001"
_VERSION = re.compile(r"v\d{1,2}\.\d")
_NO_SUCH_OBJECT = 33


class Graph(Emulator):
    """A Graph API server on 127.0.0.1 with its residents.

        async with Graph(clock=clock, webhook="http://127.0.0.1:8080/whatsapp/webhook") as graph:
            sri = graph.resident("Sri Wahyuni")
            await sri.says("cek status")
            await sri.hears("nomor registrasi")

    Args:
        clock: for message times and the 24-hour window.
        webhook: target of events; empty: none yet (`graph.deliveries.url`).
        auth_header: header of the token, and the word before it.
        retry_seconds: pause before a failed delivery is repeated; it doubles.
        patience_seconds: time-out of a delivery.
        aside: answers other paths than the Graph API's (the demo's phone).
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        webhook: str = "",
        port: int = 0,
        auth_header: str = "Authorization: Bearer",
        retry_seconds: float = 0.05,
        patience_seconds: float = 10.0,
        aside: Handler | None = None,
    ) -> None:
        name, _, scheme = auth_header.partition(":")
        self._auth = name.strip().lower(), f"{scheme.strip()} {TOKEN}".strip()
        self.world = World(
            clock=clock, number_id=NUMBER_ID, account_id=ACCOUNT_ID, display_number=DISPLAY_NUMBER
        )
        self.journal = Journal(self.world.bell)
        self.faults = Faults()
        self.deliveries = WebhookDeliveries(
            self.world,
            secret=APP_SECRET,
            url=webhook,
            retry_seconds=retry_seconds,
            patience_seconds=patience_seconds,
        )
        self.rates = RateLimits(clock=time.monotonic)
        self.messages = Messages(world=self.world, deliveries=self.deliveries, rates=self.rates)
        self.aside = aside
        super().__init__(self.deliveries.run, port=port)

    def resident(
        self,
        name: str = "Sri Wahyuni",
        *,
        phone: str | None = None,
        user_id: str | None = None,
        parent_user_id: str | None = None,
        username: str | None = None,
    ) -> Resident:
        """A resident with a phone.

        With only a `user_id`, webhooks hide the number; without either, both are invented. `user_id=""`:
        webhooks have none, as before 2026.
        """
        number = next(self.world.ids)
        if phone is None and not user_id:
            phone = f"62812{number:08}"
        if user_id is None:
            user_id = f"ID.{number:017}"
        person = EmulatedPerson(
            name=name,
            phone=phone,
            user_id=user_id or None,
            parent_user_id=parent_user_id,
            username=username,
        )
        self.world.people.append(person)
        return Resident(self, person)

    def approve(self, body: Json, *, status: str = "APPROVED") -> None:
        """Add a template to the account, with its review state."""
        templates.created(self.world, body, status=status)

    async def _handle(self, request: Request) -> Answer:
        version, _, path = request.path.lstrip("/").partition("/")
        if _VERSION.fullmatch(version) is None and version != "media":
            if self.aside is not None:
                return await self.aside(request)
            return RefusedCall(100, "Unknown path components.").as_answer("none")
        what = _what(path) if version != "media" else "download"
        body = _json(request)
        call = self.journal.open(what, verb=request.verb, body=body, at=time.monotonic())
        fault = self.faults.take(call)

        async def work() -> Answer:
            return self._do(call, version, path, request)

        try:
            happens = fault.happen if fault is not None else None
            answer = await (happens(work) if happens else work())
        except RefusedCall as refused:
            answer = refused.as_answer(f"Emulated{call.number:06}")
            call.error = str(refused)
        except LineCut:
            call.error = "line cut"
            raise
        finally:
            self.world.bell.ring()
        call.status = answer.status
        return answer

    def _do(self, call: ApiCall, version: str, path: str, request: Request) -> Answer:
        name, told = self._auth
        if request.headers.get(name) != told:
            raise RefusedCall(190, "The access token is not the one that was given out.")
        if version == "media":
            return self._download(call, path)
        if path == f"{self.world.account_id}/message_templates" and request.verb == "GET":
            return templates.listed(self.world, request.query)
        return Answer(body=json.dumps(self._route(call, path, request)).encode())

    def _route(self, call: ApiCall, path: str, request: Request) -> Json:
        owner, _, what = path.partition("/")
        match request.verb, owner, what:
            case "POST", self.world.number_id, "messages":
                return self._message(call)
            case "POST", self.world.number_id, "media":
                return self._upload(call, request)
            case "GET", self.world.number_id, "":
                return {"id": owner, "display_phone_number": self.world.display_number}
            case "POST", self.world.account_id, "message_templates":
                made = templates.created(self.world, call.body)
                call.id = made["id"]
                return {key: made[key] for key in ("id", "status", "category")}
            case "GET" | "DELETE", _, "" if owner in self.world.files:
                return self._file(call, owner, request.verb)
        raise RefusedCall(100, "No object with this id is here.", subcode=_NO_SUCH_OBJECT)

    def _message(self, call: ApiCall) -> Json:
        if call.body.get("status") == "read":
            call.what, call.id = "read", str(call.body.get("message_id", ""))
            return {"success": True}
        planned = self.faults.take(call, later=True)
        answer = self.messages.take(call.body, failing=planned.later if planned else None)
        call.id = answer["messages"][0]["id"]
        return answer

    def _upload(self, call: ApiCall, request: Request) -> Json:
        new_id = f"{next(self.world.ids):016}"
        stored = read_upload(content_type=request.content_type, body=request.body, new_id=new_id)
        self.world.files[stored.id] = stored
        call.id = stored.id
        return {"id": stored.id}

    def _file(self, call: ApiCall, name: str, verb: str) -> Json:
        call.id = name
        if verb == "DELETE":
            del self.world.files[name]
            return {"success": True}
        return self.world.files[name].about(f"{self.api_base}/media/{name}")

    def _download(self, call: ApiCall, name: str) -> Answer:
        stored = self.world.files.get(name)
        if stored is None:
            return Answer(status=404, body=b"not found", content_type="text/plain")
        call.id = name
        return Answer(body=stored.data, content_type=stored.mime)


def _what(path: str) -> str:
    """Kind of a call for the journal."""
    last = path.rpartition("/")[2]
    return {"messages": "messages", "media": "media", "message_templates": "templates"}.get(last, "object")


def _json(request: Request) -> Json:
    if "json" not in request.content_type or not request.body:
        return {}
    try:
        value = json.loads(request.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
