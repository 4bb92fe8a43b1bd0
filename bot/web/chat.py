"""The WebSocket of the chat page: `GET /chat`."""

import asyncio
import re
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeVar

import structlog
from starlette.responses import PlainTextResponse
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.channel import Busy, Hear, Heard, Parcel
from bot.http import cookies
from bot.http.cookies import Jar
from bot.http.sources import is_same_origin, source_of
from bot.setup.logs import LogLimit, what
from bot.web.channel import WebChannel
from bot.web.frames import BadFrame, Frame, Json, note, parse, say, shown
from bot.web.limits import callers
from bot.web.limits.callers import Callers
from bot.web.limits.chat_line import LINE, ChatLine, LineEnded
from handlers.engine.screen import File, Screen
from locales.texts import DEFAULT, Texts
from storage.session import StoreDown

T = TypeVar("T")
_TRIES = 3  # after faults of ours; while the database is down, a message is repeated without limit
_FAULTS_KEPT = 1000
# Parsing a photo's base64 would block the event loop for too long.
_READ_ASIDE_CHARACTERS = 64 * 1024
# Our page checks whether the connection is alive; scripts in browsers cannot send WebSocket pings.
_PING = '{"op":"ping"}'
# Our page's frames begin with the id, so that even an unparsed message can be requested again.
_ID = re.compile(r'\s*\{\s*"id"\s*:\s*"([^"\\]{1,200})"')
_TRY_AGAIN_LATER = 1013

log = structlog.get_logger(__name__)


class ChatOffice(Hear, Protocol):
    """The dispatcher, as used by the chat."""

    async def resume(self, *, channel: str, account: str, address: str) -> Screen | None:
        """The open question of the address, if any."""
        ...

    async def last_answer(self, *, channel: str, account: str, address: str) -> tuple[int, Screen] | None:
        """The last answer that the present sitting was shown, with its outbox row, if any."""
        ...

    async def missed(self, *, channel: str, account: str, address: str, after: str) -> Sequence[Parcel]:
        """What was sent lately after the row named `after`, or all of it; what may be shown now."""
        ...

    async def file(self, *, channel: str, account: str, address: str, row: int, place: int) -> File | None:
        """A file of an outbox row of this address, if it may be shown now."""
        ...

    async def language(self, *, channel: str, account: str, address: str) -> str | None:
        """Language of the address; None before its first message."""
        ...


def _log_refused(why: str, *, count: int) -> None:
    log.info("web.refused", why=why, count=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDoor:
    """Dependencies of the chat."""

    office: ChatOffice
    channel: WebChannel
    texts: Texts
    jar: Jar
    public_url: str
    callers: Callers
    refused: LogLimit = field(default_factory=lambda: LogLimit(_log_refused), init=False, repr=False)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)
    # A photo in progress occupies four copies: received, JSON, base64, bytes.
    reading: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, 1), repr=False)

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one tab from connect to disconnect."""
        tab = Tab(door=self, websocket=websocket)
        refusal = self._refusal(websocket, tab)
        if refusal is not None:
            await websocket.send_denial_response(refusal)
            return
        await websocket.accept(headers=tab.new_cookie)
        self.channel.join(tab)
        self.callers.join(tab)
        try:
            await tab.greet()
            await tab.serve()
        except (ConnectionError, WebSocketDisconnect):
            pass
        finally:
            self.channel.leave(tab)
            self.callers.leave(tab)

    def is_tried_enough(self, address: str, message_id: str) -> bool:
        """Count a fault in a message's turn; True: repeating the message is useless."""
        if len(self.faults) >= _FAULTS_KEPT:
            self.faults.clear()
        self.faults[address, message_id] += 1
        if self.faults[address, message_id] < _TRIES:
            return False
        del self.faults[address, message_id]
        return True

    def _refusal(self, websocket: WebSocket, tab: "Tab") -> PlainTextResponse | None:
        if not is_same_origin(websocket.scope, self.public_url):
            self.refused("other-origin")
            return PlainTextResponse(self.texts.say(tab.language, "web-other-origin"), status_code=403)
        if self.channel.tabs(tab.address) >= self.callers.quotas.tabs:
            return PlainTextResponse(self.texts.say(tab.language, "web-many-tabs"), status_code=429)
        full = self.callers.refusal(tab)
        if full is None:
            return None
        self.refused(full)
        status = 503 if full == "web-full" else 429
        headers = {"Retry-After": "30"}
        return PlainTextResponse(self.texts.say(tab.language, full), status_code=status, headers=headers)


@dataclass(eq=False, kw_only=True)
class Tab:
    """One open tab: reads its messages one after another; the channel writes to it."""

    door: ChatDoor
    websocket: WebSocket = field(repr=False)
    address: str = field(init=False, repr=False)
    language: str = field(init=False)
    new_cookie: list[tuple[bytes, bytes]] = field(init=False, repr=False)
    source: str = field(init=False, repr=False)
    spoke: bool = False
    known: bool = False

    def __post_init__(self) -> None:
        self.source = source_of(self.websocket.scope)
        self._opened = asyncio.get_running_loop().time()
        jar, sent = self.door.jar, self.websocket.cookies
        cookie = cookies.given(sent, jar.chat)
        self.new_cookie = []
        if cookie is None:
            cookie = cookies.fresh()
            self.new_cookie = [(b"set-cookie", jar.chat_header(cookie).encode())]
        self.address = cookies.name_of(cookie)
        wanted = sent.get(cookies.LANGUAGE_COOKIE)
        self.language = wanted if wanted in self.door.texts.languages else DEFAULT

    async def write(self, frame: Json) -> None:
        """Write one frame.

        Raises:
            ConnectionError: the tab is gone.
        """
        if self.websocket.application_state is not WebSocketState.CONNECTED:
            raise ConnectionError
        try:
            await self.websocket.send_json(frame)
        except (RuntimeError, WebSocketDisconnect) as gone:
            raise ConnectionError from gone

    async def greet(self) -> None:
        """Send missed frames and the open question, then what waited for the connection.

        A page that is loaded again has lost everything, so it gets the whole last answer.
        """
        door = self.door
        after = self.websocket.query_params.get("after")
        if after is not None:
            for parcel in await self._asked(door.office.missed, after=after) or ():
                await self._show(str(parcel.id), parcel.screen, parcel.id)
        screen, row = await self._open_question(), 0
        if after is None:
            row, screen = await self._last_answer(screen) or (row, screen)
        if screen is not None:
            await self._show(f"resume-{secrets.token_hex(6)}", screen, row, resumed=True)
        self.known = screen is not None or await self._spoken_language() is not None
        if self.known:
            self._permit_large()
        await self.write({"op": "ready", "open": screen is not None, "large": self.known})
        door.channel.on_arrival(self.address)

    async def _show(self, name: str, screen: Screen, row: int, **more: bool) -> None:
        first, *rest = shown(name, screen, row=row)
        for frame in ({**first, **more}, *rest):
            await self.write(frame)

    async def _asked(self, look: Callable[..., Awaitable[T]], **more: str) -> T | None:
        """What the office knows of this chat; None while the database is down."""
        name = self.door.channel.name
        try:
            return await look(channel=name, account=self.address, address=self.address, **more)
        except StoreDown:
            return None

    def end(self, key: str) -> None:
        """End this tab with a message; its page reconnects."""
        line = self._line
        if line is not None:
            line.end(key)

    async def serve(self) -> None:
        """Read messages until the tab is gone."""
        while True:
            try:
                async with asyncio.timeout_at(self._silent_until):
                    message = await self.websocket.receive()
            except TimeoutError:
                await self._end("web-line-quiet")
                return
            if message["type"] == "websocket.disconnect":
                return
            if isinstance(message.get("text"), LineEnded):
                await self._end(message["text"])
                return
            await self._take(message)

    @property
    def _silent_until(self) -> float | None:
        if self.spoke:
            return None
        return self._opened + (callers.KNOWN_SILENT_SECONDS if self.known else callers.SILENT_SECONDS)

    async def _take(self, message: Message) -> None:
        """Process one message; `message` gives up its reference, so that the content is freed once parsed."""
        raw: str | bytes = message.pop("text", None) or message.pop("bytes", None) or ""
        if raw == _PING:
            if self.door.callers.may_ping(self):
                await self.write({"op": "pong"})
            return
        self.spoke = True
        if not await self.door.callers.wait_to_speak(self, len(raw)):
            await self._later(raw, "web-fast")
            return
        if not self.door.callers.may_send(self, len(raw)):
            await self._later(raw, "web-photos-full")
            return
        read = await self._read(raw)
        del raw
        if isinstance(read, Frame):
            await self._hand_over(read)
            return
        key, name = read
        await self._refuse(key)
        if name is not None:
            await self.write({"op": "heard", "id": name})

    async def _read(self, raw: str | bytes) -> Frame | tuple[str, str | None]:
        """The parsed message, large ones one at a time; or the key of the error, and the id if any.

        The exception is not passed on, because it refers to all copies of the message.
        """
        try:
            if len(raw) <= _READ_ASIDE_CHARACTERS:
                return parse(raw)
            async with self.door.reading:
                return await asyncio.to_thread(parse, raw)
        except BadFrame as bad:
            return bad.key, bad.id

    async def _hand_over(self, frame: Frame) -> None:
        if frame.kind == "left":
            await self.door.channel.wipe(self)
        try:
            turned = await self.door.office(self._heard(frame))
        except StoreDown:
            await self._ask_again(frame)
        except Busy as busy:
            await self._ask_again(frame, f"web-{busy}")
        except Exception as fault:  # noqa: BLE001  (any fault: nothing may have been committed)
            log.error("web.turn_failed", **what(fault))  # noqa: TRY400  (its message may quote a resident)
            if self.door.is_tried_enough(self.address, frame.id):
                await self._tell("web-fault")
                await self.write({"op": "heard", "id": frame.id})
            else:
                await self._ask_again(frame)
        else:
            self.door.faults.pop((self.address, frame.id), None)
            self._permit_large()
            await self.write({"op": "heard", "id": frame.id, "duplicate": turned.duplicate})

    async def _ask_again(self, frame: Frame, key: str = "web-again") -> None:
        """Ask the page to repeat the message; it forgets one only after `heard`."""
        await self._tell(key, name=f"again-{frame.id}")
        await self.write({"op": "again", "id": frame.id})

    def _heard(self, frame: Frame) -> Heard:
        return Heard(
            channel=self.door.channel.name,
            account=self.address,
            message_id=frame.id,
            address=self.address,
            kind=frame.kind,
            text=frame.text,
            choice=frame.choice,
            tapped=frame.under,
            said_in=frame.id,
            data=frame.file.data if frame.file else None,
            mime=frame.file.mime if frame.file else "",
            file_name=frame.file.name if frame.file else "",
            source=self.source,
        )

    async def _open_question(self) -> Screen | None:
        try:
            return await self._asked(self.door.office.resume)
        except Exception:
            log.exception("web.resume_failed")
            return None

    async def _last_answer(self, question: Screen | None) -> tuple[int, Screen] | None:
        """The last answer with its row, unless another question was opened after it."""
        last = await self._asked(self.door.office.last_answer)
        if last is None or question is None:
            return last
        row, screen = last
        return (
            (row, replace(screen, choices=question.choices)) if screen.text.endswith(question.text) else None
        )

    async def _refuse(self, key: str) -> None:
        """Explain why a frame is no message, in the chat's language, and repeat the open question."""
        screen = await self._open_question()
        language = (screen and screen.language) or await self._spoken_language() or self.language
        sentence = self.door.texts.say(language, key)
        name = f"note-{secrets.token_hex(6)}"
        if screen is None:
            await self.write(note(name, sentence, language))
        else:
            await self.write(say(name, replace(screen, text=f"{sentence}\n\n{screen.text}")))

    async def _spoken_language(self) -> str | None:
        """Language of this browser's chat; None before its first message, or if unknown."""
        return await self._asked(self.door.office.language)

    async def _later(self, raw: str | bytes, key: str) -> None:
        """Ask the page to repeat an unparsed message."""
        begin = raw[:300] if isinstance(raw, str) else raw[:300].decode("utf-8", "replace")
        found = _ID.match(begin)
        await self._tell(key, name=f"again-{found[1]}" if found else None)
        if found:
            await self.write({"op": "again", "id": found[1]})

    async def _end(self, key: str) -> None:
        if key != "web-line-quiet":  # an idle tab reconnects without a message
            await self._tell(key)
        await self.websocket.close(code=_TRY_AGAIN_LATER)

    @property
    def _line(self) -> ChatLine | None:
        line = self.websocket.scope.get("extensions", {}).get(LINE)
        return line if isinstance(line, ChatLine) else None

    def _permit_large(self) -> None:
        if self._line is not None:
            self._line.permit_large()

    async def _tell(self, key: str, *, name: str | None = None) -> None:
        sentence = self.door.texts.say(self.language, key)
        await self.write(note(name or f"note-{secrets.token_hex(6)}", sentence, self.language))
