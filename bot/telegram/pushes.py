"""Files of pushes through python-telegram-bot, which loads fast: a pushing process never loads aiogram."""

import logging
from typing import Any

import httpx
from telegram import InputFile
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.channel import Outage, Undelivered, Unknown
from bot.telegram.calls import result_of
from handlers.engine.screen import File

_BEFORE_WRITING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_TALKATIVE = ("httpx", "httpcore", "telegram")  # below WARNING they log addresses with the token, and texts


class _Answered(TelegramError):
    """Carries an outcome through python-telegram-bot, which passes only its own errors.

    A message whose answer the library cannot parse was still accepted, so the library gets no answer.
    """

    __slots__ = ("result",)

    def __init__(self, result: Any) -> None:
        super().__init__(type(result).__name__)
        self.result = result


class _Request(HTTPXRequest):
    """Parses answers as bot/telegram/calls.py does."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make the request and raise its outcome."""
        try:
            status, raw = await super().do_request(*args, **kwargs)
            result = result_of(status, raw, push=True)
        except NetworkError as lost:
            unsent = isinstance(lost.__cause__, _BEFORE_WRITING)
            raise _Answered(Outage() if unsent else Unknown()) from None
        except Undelivered as refusal:
            raise _Answered(refusal) from None
        raise _Answered(result)


class _Bot(ExtBot[None]):
    """An ExtBot whose repr hides the token."""

    def __repr__(self) -> str:
        return "ExtBot[…]"


class PushFiles:
    """Uploads of one bot."""

    def __init__(self, *, token: str, api_base: str) -> None:
        for name in _TALKATIVE:
            talkative = logging.getLogger(name)
            talkative.setLevel(max(talkative.level, logging.WARNING))
        base = api_base.rstrip("/")
        self._request = _Request(read_timeout=10.0, httpx_kwargs={"trust_env": False})
        self._bot = _Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def upload(self, method: str, params: dict[str, Any], file: File, at: str) -> Any:
        """Call a method with the file as its parameter `at`; return its `result`.

        Raises:
            Undelivered: see bot/channel.py.
        """
        sends: dict[str, Any] = {"sendPhoto": self._bot.send_photo, "sendVoice": self._bot.send_voice}
        send = sends.get(method, self._bot.send_document)
        try:
            await send(**params, **{at: InputFile(file.data, filename=file.name)})
        except _Answered as answered:
            if isinstance(answered.result, Undelivered):
                raise answered.result from None
            return answered.result

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()
