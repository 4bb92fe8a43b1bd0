"""Server of both aiogram baselines: aiohttp, SimpleRequestHandler, our own Bot API."""

import argparse
import asyncio
import logging

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--inline", action="store_true")
    parser.add_argument("--uvloop", action="store_true")
    return parser.parse_args()


def serve(dispatcher: Dispatcher) -> None:
    asked = options()
    logging.basicConfig(level=logging.WARNING)
    session = AiohttpSession(api=TelegramAPIServer.from_base(asked.api))
    bot = Bot(token=asked.token, session=session)
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher=dispatcher,
        bot=bot,
        secret_token=asked.secret,
        handle_in_background=not asked.inline,
    )
    handler.register(app, path="/telegram/webhook")
    setup_application(app, dispatcher, bot=bot)
    if asked.uvloop:
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    web.run_app(app, host="127.0.0.1", port=asked.port, access_log=None, print=None)
