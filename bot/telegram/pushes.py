"""Pushes through python-telegram-bot: light to start, so that a process that only pushes never loads aiogram."""

import json
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.error import NetworkError, TelegramError
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channel import Outage, Throttled, Undelivered, Unknown
from bot.sending.pacer import Pacer
from bot.telegram.outcomes import refused
from bot.telegram.render import Call

_BEFORE_WRITING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_OK = 200
_TALKATIVE = ("httpx", "httpcore", "telegram")  # below WARNING they log addresses with the token, and texts


class _NotDelivered(TelegramError):
    """Carries an outcome through python-telegram-bot, which lets only its own errors pass."""

    __slots__ = ("outcome",)

    def __init__(self, outcome: Undelivered) -> None:
        super().__init__(type(outcome).__name__)
        self.outcome = outcome


@dataclass(slots=True)
class _Slip:
    """What travels with a push: its priority there, the id of the shown message back."""

    priority: int
    taken: bool = False
    message_id: str | None = None


class _Request(HTTPXRequest):
    """Names outcomes from the bare answer, as replies do."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make the request; every answer but 200 is an outcome."""
        try:
            status, raw = await super().do_request(*args, **kwargs)
        except NetworkError as lost:
            unsent = isinstance(lost.__cause__, _BEFORE_WRITING)
            raise _NotDelivered(Outage() if unsent else Unknown()) from None
        if status == _OK:
            return status, raw
        raise _NotDelivered(refused(status, _read(raw), push=True))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer without logging it."""
        answer = _read(payload)
        if isinstance(answer, dict) and answer.get("ok") is True:
            return answer
        raise _NotDelivered(refused(_OK, answer, push=True))


class PacedLimiter(BaseRateLimiter[_Slip]):
    """Lets each call wait for its turn at the account's pacer."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def initialize(self) -> None:
        """Nothing to start."""

    async def shutdown(self) -> None:
        """Nothing to stop."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002 (python-telegram-bot's signature)
        data: dict[str, Any],
        rate_limit_args: _Slip | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Call in turn, and obey a 429 before anybody else is let through."""
        slip = rate_limit_args or _Slip(1)
        chat = str(data["chat_id"])
        await self._pacer.turn(chat, priority=slip.priority)
        try:
            result = await callback(*args, **kwargs)
        except _NotDelivered as fault:
            if isinstance(fault.outcome, Throttled):
                self._pacer.hold(chat, fault.outcome.retry_after_seconds, push=True)
            raise
        finally:
            self._pacer.done()
        slip.taken = True
        slip.message_id = str(result["message_id"]) if isinstance(result, dict) else None
        return result


class _Bot(ExtBot[_Slip]):
    """An ExtBot that does not show its token."""

    def __repr__(self) -> str:
        return "ExtBot[…]"


class Pushes:
    """Pushes for one bot."""

    def __init__(self, *, token: str, api_base: str, pacer: Pacer) -> None:
        for name in _TALKATIVE:
            talkative = logging.getLogger(name)
            talkative.setLevel(max(talkative.level, logging.WARNING))
        base = api_base.rstrip("/")
        self._request = _Request(read_timeout=10.0)
        self._bot = _Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
            rate_limiter=PacedLimiter(pacer),
        )

    async def deliver(self, call: Call, chat: str, *, priority: int) -> str | None:
        """Send a call to a chat in its turn; give the id of the message.

        Raises:
            Undelivered: as the tree in bot/channel.py says.
        """
        slip = _Slip(max(priority, 1))
        try:
            await self._post(call, int(chat), slip)
        except _NotDelivered as fault:
            raise fault.outcome from None
        except Exception:
            # An answer that the library cannot read is still a message that was taken.
            if not slip.taken:
                raise
        return slip.message_id

    async def _post(self, call: Call, chat: int, slip: _Slip) -> None:
        bot = self._bot
        match call.method:
            case "sendPhoto":
                await bot.send_photo(chat, photo=_input(call), rate_limit_args=slip)
            case "sendDocument":
                await bot.send_document(chat, document=_input(call), rate_limit_args=slip)
            case "editMessageText":
                place = call.params["message_id"]
                await bot.edit_message_text(
                    chat_id=chat, message_id=place, **_words(call), rate_limit_args=slip
                )
            case _:
                await bot.send_message(chat, **_words(call), rate_limit_args=slip)

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()


def _words(call: Call) -> dict[str, Any]:
    rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
    keyboard = [[InlineKeyboardButton(**button) for button in row] for row in rows]
    return {
        "text": call.params["text"],
        "parse_mode": call.params["parse_mode"],
        "link_preview_options": LinkPreviewOptions(**call.params["link_preview_options"]),
        "reply_markup": InlineKeyboardMarkup(keyboard) if keyboard else None,
    }


def _input(call: Call) -> InputFile:
    if call.file is None:
        raise ValueError("a file call without a file")
    return InputFile(call.file.data, filename=call.file.name)


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
