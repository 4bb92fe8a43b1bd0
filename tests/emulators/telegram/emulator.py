"""The emulated Bot API server, as tests hold it."""

import itertools
import json
import time
from collections.abc import Callable
from typing import Any, Literal

from demo.whatsapp_emulator.http import Answer, Emulator, LineCut, Request
from tests.emulators.telegram.bodies import Fields, read_fields
from tests.emulators.telegram.control import Control
from tests.emulators.telegram.faults import Faults
from tests.emulators.telegram.group import Group
from tests.emulators.telegram.journal import Call, Journal
from tests.emulators.telegram.methods import METHODS
from tests.emulators.telegram.methods.updates import LongPoll
from tests.emulators.telegram.rate import RateLimits
from tests.emulators.telegram.refusals import Refused
from tests.emulators.telegram.resident import Resident
from tests.emulators.telegram.updates import UpdateQueue, Waiting
from tests.emulators.telegram.webhook import Deliveries
from tests.emulators.telegram.world import World

TOKEN = "7000000001:AAEmulatorEmulatorEmulatorEmulator0"


class Telegram(Emulator):
    """A Bot API server on 127.0.0.1 with its residents.

        async with Telegram() as telegram:
            ...start a bot with telegram.token against telegram.api_base...
            sri = telegram.resident("Sri Wahyuni")
            await sri.says("cek status")
            await sri.hears("nomor registrasi")

    `clock` dates messages (wall time in seconds). `retry_seconds` is the pause before a webhook delivery's third try,
    `patience_seconds` how long a delivery waits for the bot's answer.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        retry_seconds: float = 0.05,
        patience_seconds: float = 60.0,
        first_update_id: int = 710_000_001,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": "Loket", "username": "loket_emulator_bot"}
        self.token = token
        self.world = World(bot=bot, clock=clock)
        self.queue = UpdateQueue(self.world.bell, first_id=first_update_id)
        self.journal = Journal(self.world.bell)
        self.faults = Faults()
        self.rates = RateLimits(clock=time.monotonic)
        self.poll = LongPoll()
        self.deliveries = Deliveries(
            queue=self.queue,
            execute=self._execute_inline,
            now=lambda: self.world.now,
            retry_seconds=retry_seconds,
            patience_seconds=patience_seconds,
        )
        self.residents: dict[str, Resident] = {}
        self.ids = itertools.count(1)
        super().__init__(self.deliveries.run, port=port)
        self._control = Control(self)

    def resident(self, name: str = "Sri Wahyuni", *, language: str = "id", started: bool = False) -> Resident:
        """The person of that name in a private chat. `started`: the bot may already write to them."""
        if name not in self.residents:
            self.residents[name] = Resident(self, name, language=language, started=started)
        return self.residents[name]

    def group(self, title: str = "RT 03 RW 01 Mentikan") -> Group:
        """A group chat with the bot in it; residents speak there with `says(..., to=group)`."""
        return Group(self, title)

    def add_update(
        self, kind: str, body: Any, *, chat: int, times: int = 1, at_once: bool = False
    ) -> list[Waiting]:
        """Send the bot an update, `times` times under one id (`at_once`: not waiting for each other)."""
        added = self.queue.add(kind, body, lane=str(chat), copies=times, at_once=at_once)
        return self._announce(added)

    def inject(self, update: dict[str, Any]) -> Waiting:
        """Send the bot this very object; an update_id is given to it when it has none."""
        if "update_id" not in update:
            update = {"update_id": self.queue.next_id, **update}
            self.queue.next_id += 1
        return self._announce(self.queue.add_raw(update, lane=f"injected {update['update_id']}"))[0]

    def delivers_again(self, sent: list[Waiting]) -> list[Waiting]:
        """Send updates once more although they were confirmed, as Telegram does after trouble of its own."""
        copies = [Waiting(update=one.update, lane=one.lane, copy=True) for one in sent]
        self.queue.queue_up(copies)
        return self._announce(copies)

    def idle_week(self, next_id: int = 311_000_001) -> None:
        """Nobody wrote for a week: the next update_id is random again (by default lower than before)."""
        self.queue.forget_all()
        self.queue.next_id = next_id

    def retries_now(self) -> None:
        """Try failed webhook deliveries again at once, instead of after their pause."""
        for one in self.queue.waiting:
            one.attempts, one.not_before = 0, 0.0
        self.deliveries.wake()

    async def all_confirmed(self, *, within: float = 60.0) -> None:
        """Wait until the bot has confirmed every update."""
        await self.world.bell.until(
            lambda: not self.queue.waiting,
            within=within,
            missing=lambda: f"{len(self.queue.waiting)} updates are not confirmed; {self.journal.tail()}",
        )

    async def polled(self, *, within: float = 60.0) -> None:
        """Wait until the bot polls or has set its webhook: from then on it hears."""
        await self.world.bell.until(
            lambda: self.deliveries.webhook.url or self.journal.calls("getUpdates"),
            within=within,
            missing=self.journal.tail,
        )

    def _announce(self, added: list[Waiting]) -> list[Waiting]:
        if added:
            self.poll.wake()
            self.deliveries.wake()
            self.world.bell.ring()
        return added

    async def _handle(self, request: Request) -> Answer:
        head, _, rest = request.path.lstrip("/").partition("/")
        if head == "emulator":
            return await self._control.handle(rest, request)
        if head == "file" and rest.startswith(f"bot{self.token}/"):
            return self._download(rest.partition("/")[2])
        if not head.startswith("bot"):
            return _as_answer(Refused(404, "Not Found"))
        if head != f"bot{self.token}":
            return _as_answer(Refused(401, "Unauthorized"))
        try:
            fields = read_fields(content_type=request.content_type, body=request.body, query=request.query)
        except Refused as refused:
            return _as_answer(refused)
        return await self._call(rest, fields, by="http")

    def _download(self, path: str) -> Answer:
        stored = self.world.file_at(path)
        if stored is None:
            return Answer(status=404, body=b"not found", content_type="text/plain")
        return Answer(body=stored.data, content_type="application/octet-stream")

    async def _execute_inline(self, name: str, fields: Fields) -> None:
        await self._call(name, fields, by="webhook answer")

    async def _call(self, name: str, fields: Fields, *, by: Literal["http", "webhook answer"]) -> Answer:
        known = METHODS.get(name.lower())
        call = self.journal.open(known.name if known else name, fields, by=by, at=time.monotonic())
        fault = self.faults.take(call)
        try:
            answer = await (fault.happen(lambda: self._do(call, fields)) if fault else self._do(call, fields))
        except Refused as refused:
            answer = _as_answer(refused)
            call.error = refused.description
        except LineCut:
            call.error = "line cut"
            raise
        finally:
            call.done = True
            self.world.bell.ring()
        call.status = answer.status
        return answer

    async def _do(self, call: Call, fields: Fields) -> Answer:
        known = METHODS.get(call.method.lower())
        if known is None:
            raise Refused(404, "Not Found: method not found")
        if known.counts and call.chat is not None:
            self.rates.check(call.chat)
        call.result = await known.do(self, fields)
        answer = {"ok": True, "result": call.result}
        if known.note:
            answer["description"] = known.note
        return Answer(body=json.dumps(answer).encode())


def _as_answer(refused: Refused) -> Answer:
    retry_after = refused.parameters.get("retry_after")
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return Answer(status=refused.code, body=json.dumps(refused.as_json()).encode(), headers=headers)
