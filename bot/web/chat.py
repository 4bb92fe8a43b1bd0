"""The WebSocket behind the chat page: `GET /chat`."""

import asyncio
import secrets
from dataclasses import dataclass, field, replace
from typing import Protocol

import structlog
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.channel import Hear, Heard
from bot.web import cookies
from bot.web.channel import WebChannel
from bot.web.cookies import Jar
from bot.web.frames import BadFrame, Frame, Json, note, parse, say
from bot.web.who import is_same_origin, source_of
from handlers.screen import Screen
from locales.texts import DEFAULT, LANGUAGES, Texts
from storage.store import StoreDown

TABS_AT_MOST = 8
# Reading a photo's base64 takes longer than a turn may hold up everybody else.
_READ_ASIDE_CHARACTERS = 64 * 1024
# Our page asks whether a line that slept is still alive: a browser's script cannot send a WebSocket ping.
_PING = '{"op":"ping"}'

log = structlog.get_logger(__name__)


class ChatOffice(Hear, Protocol):
    """What the chat needs of the dispatcher."""

    async def resume(self, *, channel: str, account: str, address: str) -> Screen | None:
        """Give the open question of that address as a screen, if there is one."""
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

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one tab from its opening to its end."""
        tab = Tab(door=self, websocket=websocket)
        refusal = self._refusal(websocket, tab)
        if refusal is not None:
            await websocket.send_denial_response(refusal)
            return
        await websocket.accept(headers=tab.new_cookie)
        self.channel.join(tab)
        try:
            await tab.greet()
            await tab.serve()
        except (ConnectionError, WebSocketDisconnect):
            pass
        finally:
            self.channel.leave(tab)

    def _refusal(self, websocket: WebSocket, tab: "Tab") -> PlainTextResponse | None:
        if not is_same_origin(websocket.scope, self.public_url):
            log.info("web.refused", why="other-origin")
            return PlainTextResponse(self.texts.say(tab.language, "web-other-origin"), status_code=403)
        if self.channel.tabs(tab.address) >= TABS_AT_MOST:
            return PlainTextResponse(self.texts.say(tab.language, "web-many-tabs"), status_code=429)
        return None


@dataclass(eq=False, kw_only=True)
class Tab:
    """One open tab: reads its messages one after the other and is written to by the channel."""

    door: ChatDoor
    websocket: WebSocket = field(repr=False)
    address: str = field(init=False, repr=False)
    language: str = field(init=False)
    new_cookie: list[tuple[bytes, bytes]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        jar, sent = self.door.jar, self.websocket.cookies
        cookie = cookies.given(sent, jar.chat)
        self.new_cookie = []
        if cookie is None:
            cookie = cookies.fresh()
            self.new_cookie = [(b"set-cookie", jar.chat_header(cookie).encode())]
        self.address = cookies.name_of(cookie)
        wanted = sent.get(cookies.LANGUAGE_COOKIE)
        self.language = wanted if wanted in LANGUAGES else DEFAULT

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
        for frame in door.channel.missed(self.address, after) if after is not None else ():
            await self.write(frame)
        screen = await self._open_question()
        if screen is not None:
            await self.write({**say(f"resume-{secrets.token_hex(6)}", screen), "resumed": True})
        await self.write({"op": "ready", "open": screen is not None})
        door.channel.on_arrival(self.address)

    async def serve(self) -> None:
        """Take message after message, until the tab goes."""
        while True:
            message = await self.websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            raw = message.get("text") or message.get("bytes") or ""
            if raw == _PING:
                await self.write({"op": "pong"})
                continue
            try:
                frame = (
                    await asyncio.to_thread(parse, raw) if len(raw) > _READ_ASIDE_CHARACTERS else parse(raw)
                )
            except BadFrame as bad:
                await self._refuse(bad.key)
                if bad.id is not None:
                    await self.write({"op": "heard", "id": bad.id})
                continue
            await self._hand_over(frame)

    async def _hand_over(self, frame: Frame) -> None:
        if frame.kind == "left":
            self.door.channel.forget(self.address)
        try:
            turned = await self.door.office(self._heard(frame))
        except StoreDown:
            await self._tell("web-again", name=f"again-{frame.id}")
            await self.write({"op": "again", "id": frame.id})
        except Exception:
            log.exception("web.turn_failed")
            await self._tell("web-fault")
            await self.write({"op": "heard", "id": frame.id})
        else:
            await self.write({"op": "heard", "id": frame.id, "duplicate": turned.duplicate})

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
            source=source_of(self.websocket.scope),
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
        try:
            name = self.door.channel.name
            known = await self.door.office.language(channel=name, account=self.address, address=self.address)
        except StoreDown:
            known = None
        return known or self.language

    async def _tell(self, key: str, *, name: str | None = None) -> None:
        sentence = self.door.texts.say(self.language, key)
        await self.write(note(name or f"note-{secrets.token_hex(6)}", sentence, self.language))
