"""The WebSocket behind the chat page: `GET /chat`."""

import asyncio
import re
import secrets
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

import structlog
from starlette.responses import PlainTextResponse
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.channel import Busy, Hear, Heard
from bot.setup.logs import what
from bot.web import cookies
from bot.web.channel import WebChannel
from bot.web.cookies import Jar
from bot.web.frames import BadFrame, Frame, Json, note, parse, say
from bot.web.limits import callers
from bot.web.limits.callers import Callers
from bot.web.limits.chat_line import LINE, ChatLine, LineEnded
from bot.web.who import is_same_origin, source_of
from handlers.engine.screen import Screen
from locales.texts import DEFAULT, Texts
from storage.session import StoreDown

_TRIES = 3  # of a message whose turn fails with a fault of ours; while the database is down it is sent again for ever
_FAULTS_KEPT = 1000
# Reading a photo's base64 takes longer than a turn may hold up everybody else.
_READ_ASIDE_CHARACTERS = 64 * 1024
# Our page asks whether a line that slept is still alive: a browser's script cannot send a WebSocket ping.
_PING = '{"op":"ping"}'
# What our page writes begins with the id: a message that is not read is still named, so that it is sent again.
_ID = re.compile(r'\s*\{\s*"id"\s*:\s*"([^"\\]{1,200})"')
_TRY_AGAIN_LATER = 1013

log = structlog.get_logger(__name__)


class ChatOffice(Hear, Protocol):
    """What the chat needs of the dispatcher."""

    async def resume(self, *, channel: str, account: str, address: str) -> Screen | None:
        """Give the open question of that address as a screen, if there is one."""
        ...

    async def sits_since(self, *, channel: str, account: str, address: str) -> float | None:
        """Give how many seconds ago whoever sits there sat down; None: nobody is known to."""
        ...

    async def language(self, *, channel: str, account: str, address: str) -> str | None:
        """Give the language that the office speaks to that address, None before its first word."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDoor:
    """Everything that the chat needs to work."""

    office: ChatOffice
    channel: WebChannel
    texts: Texts
    jar: Jar
    public_url: str
    callers: Callers
    faults: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)
    # While a photo is read it is here four times: as it came, as JSON, as letters and as bytes.
    reading: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, 1), repr=False)

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one tab from its opening to its end."""
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
        """Count a fault in a message's turn; True when it is no use to send this message again."""
        if len(self.faults) >= _FAULTS_KEPT:
            self.faults.clear()
        self.faults[address, message_id] += 1
        if self.faults[address, message_id] < _TRIES:
            return False
        del self.faults[address, message_id]
        return True

    def _refusal(self, websocket: WebSocket, tab: "Tab") -> PlainTextResponse | None:
        if not is_same_origin(websocket.scope, self.public_url):
            log.info("web.refused", why="other-origin")
            return PlainTextResponse(self.texts.say(tab.language, "web-other-origin"), status_code=403)
        if self.channel.tabs(tab.address) >= self.callers.quotas.tabs:
            return PlainTextResponse(self.texts.say(tab.language, "web-many-tabs"), status_code=429)
        full = self.callers.refusal(tab)
        if full is None:
            return None
        log.info("web.refused", why=full)
        status = 503 if full == "web-full" else 429
        headers = {"Retry-After": "30"}
        return PlainTextResponse(self.texts.say(tab.language, full), status_code=status, headers=headers)


@dataclass(eq=False, kw_only=True)
class Tab:
    """One open tab: reads its messages one after the other and is written to by the channel."""

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
        """Show what was missed and the open question; then let come what waited for this arrival."""
        door = self.door
        after = self.websocket.query_params.get("after")
        if after is not None:
            within = await self._sits_since()
            for frame in door.channel.missed(self.address, after, within=within):
                await self.write(frame)
        screen = await self._open_question()
        if screen is not None:
            await self.write({**say(f"resume-{secrets.token_hex(6)}", screen), "resumed": True})
        self.known = screen is not None or await self._spoken_language() is not None
        if self.known:
            self._permit_large()
        await self.write({"op": "ready", "open": screen is not None, "large": self.known})
        door.channel.on_arrival(self.address)

    def end(self, key: str) -> None:
        """End this tab with a sentence; its page comes back by itself."""
        line = self._line
        if line is not None:
            line.end(key)

    async def serve(self) -> None:
        """Take message after message, until the tab goes."""
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
        """Take one message out of what carries it, so that it is held here alone, and let go of it once it is read."""
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
        """Read a message, a large one when no other is being read; or the key of why it is none, and its id if it has one.

        The exception itself is not handed on: it holds every copy of the message that was made up to there.
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
            await self._forget()
        try:
            turned = await self.door.office(self._heard(frame))
        except StoreDown:
            await self._ask_again(frame)
        except Busy as busy:
            await self._ask_again(frame, f"web-{busy}")
        except Exception as fault:  # noqa: BLE001 (whatever went wrong: nothing is known to be committed)
            log.error("web.turn_failed", **what(fault))  # noqa: TRY400 (its words may be a resident's)
            if self.door.is_tried_enough(self.address, frame.id):
                await self._tell("web-fault")
                await self.write({"op": "heard", "id": frame.id})
            else:
                await self._ask_again(frame)
        else:
            self.door.faults.pop((self.address, frame.id), None)
            self._permit_large()
            if frame.kind == "left":  # also what was said while this was under way
                self.door.channel.forget(self.address)
            await self.write({"op": "heard", "id": frame.id, "duplicate": turned.duplicate})

    async def _ask_again(self, frame: Frame, key: str = "web-again") -> None:
        """Let the page send the message again: only `heard` lets it forget one."""
        await self._tell(key, name=f"again-{frame.id}")
        await self.write({"op": "again", "id": frame.id})

    async def _forget(self) -> None:
        """Let nothing of whoever leaves be shown again, here and in their other tabs."""
        self.door.channel.forget(self.address)
        await self.door.channel.wipe(self)

    async def _sits_since(self) -> float:
        """Give how many seconds ago whoever sits here sat down; where nobody does, or nothing is known, none."""
        name = self.door.channel.name
        try:
            since = await self.door.office.sits_since(
                channel=name, account=self.address, address=self.address
            )
        except StoreDown:
            since = None
        return -1.0 if since is None else since

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
            return await self.door.office.resume(
                channel=self.door.channel.name, account=self.address, address=self.address
            )
        except StoreDown:
            return None
        except Exception:
            log.exception("web.resume_failed")
            return None

    async def _refuse(self, key: str) -> None:
        """Say why a frame is no message, in the chat's own language, and ask again what is open."""
        screen = await self._open_question()
        language = (screen.language if screen else None) or await self._language()
        sentence = self.door.texts.say(language, key)
        name = f"note-{secrets.token_hex(6)}"
        if screen is None:
            await self.write(note(name, sentence, language))
        else:
            await self.write(say(name, replace(screen, text=f"{sentence}\n\n{screen.text}")))

    async def _language(self) -> str:
        return await self._spoken_language() or self.language

    async def _spoken_language(self) -> str | None:
        """Give the language that the office speaks to this browser; None before its first word, or when nobody can tell."""
        try:
            name = self.door.channel.name
            return await self.door.office.language(channel=name, account=self.address, address=self.address)
        except StoreDown:
            return None

    async def _later(self, raw: str | bytes, key: str) -> None:
        """Have the page send a message once more, unread as it is."""
        begin = raw[:300] if isinstance(raw, str) else raw[:300].decode("utf-8", "replace")
        found = _ID.match(begin)
        await self._tell(key, name=f"again-{found[1]}" if found else None)
        if found:
            await self.write({"op": "again", "id": found[1]})

    async def _end(self, key: str) -> None:
        if key != "web-line-quiet":  # nobody did anything: the page comes back without a word
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
