"""Two usual ways to write to many chats: asyncio.gather over aiogram, and python-telegram-bot's limiter.

Both as in their documentation, without own retries; `--rate` is the permitted rate per second. Each prints
`over` when it is done, and runs until it is stopped, so that its CPU time can be read.
"""

import argparse
import asyncio
import signal

OVER = "over"
TEXT = "Kartu S*** A***, nomor {number}, sudah jadi di Kantor Dispendukcapil, Sooko."


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=("gather", "limiter"))
    parser.add_argument("--api", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--rate", type=int, required=True)
    parser.add_argument("--first", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    return parser.parse_args()


async def gather(asked: argparse.Namespace) -> None:
    """Send all messages over aiogram at once."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    session = AiohttpSession(api=TelegramAPIServer.from_base(asked.api))
    async with Bot(token=asked.token, session=session) as bot:
        await asyncio.gather(
            *(bot.send_message(chat, text(chat)) for chat in range(asked.first, asked.first + asked.count)),
            return_exceptions=True,
        )


async def limiter(asked: argparse.Namespace) -> None:
    """Send all messages over python-telegram-bot with its limiter."""
    from telegram.ext import AIORateLimiter, ExtBot

    bot = ExtBot(
        token=asked.token,
        base_url=f"{asked.api}/bot",
        rate_limiter=AIORateLimiter(overall_max_rate=asked.rate, overall_time_period=1),
    )
    async with bot:
        await asyncio.gather(
            *(bot.send_message(chat, text(chat)) for chat in range(asked.first, asked.first + asked.count)),
            return_exceptions=True,
        )


def text(chat: int) -> str:
    return TEXT.format(number=chat)


if __name__ == "__main__":
    asked = options()
    asyncio.run({"gather": gather, "limiter": limiter}[asked.way](asked))
    print(OVER, flush=True)
    signal.pause()
