"""The same small bot written with both client libraries, hearing by polling and by webhook.

It greets with two buttons, answers taps by a toast and an edit, echoes texts, tells the size of photos, sends a file.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from demo.whatsapp_emulator.http import Answer, HttpServer, Request
from tests.emulators.telegram import Telegram

SECRET = "s3cret_of-the-webhook"
GREETING = "Selamat datang di <b>Loket</b> &amp; salam"


def aiogram_router():
    from aiogram import F, Router
    from aiogram.filters import Command, CommandStart
    from aiogram.types import (
        BufferedInputFile,
        CallbackQuery,
        InlineKeyboardButton,
        InlineKeyboardMarkup,
        Message,
    )

    router = Router()
    buttons = [InlineKeyboardButton(text=label, callback_data=label.lower()) for label in ("Ya", "Tidak")]

    @router.message(CommandStart())
    async def greet(message: Message) -> None:
        keyboard = InlineKeyboardMarkup(inline_keyboard=[buttons])
        await message.answer(GREETING, parse_mode="HTML", reply_markup=keyboard)

    @router.callback_query()
    async def choose(query: CallbackQuery) -> None:
        await query.answer("tercatat")
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Anda memilih {query.data}")

    @router.message(Command("berkas"))
    async def send_file(message: Message) -> None:
        await message.answer_document(
            BufferedInputFile(b"BEGIN:VCALENDAR", "jadwal.ics"), caption="Jadwal Anda"
        )

    @router.message(F.photo)
    async def measure(message: Message) -> None:
        assert message.photo
        assert message.bot
        picture = await message.bot.download(message.photo[-1])
        assert picture
        await message.answer(f"foto {len(picture.read())} byte")

    @router.message(F.text)
    async def echo(message: Message):
        return message.answer(f"gema: {message.text}")  # a returned call travels in the webhook's answer

    return router


def aiogram_parts(telegram: Telegram):
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    dispatcher = Dispatcher()
    dispatcher.include_router(aiogram_router())
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.api_base))
    return dispatcher, Bot(telegram.token, session=session)


@asynccontextmanager
async def aiogram_polling(telegram: Telegram) -> AsyncIterator[None]:
    dispatcher, bot = aiogram_parts(telegram)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=10))
        await telegram.polled()
        yield
        with suppress(RuntimeError):
            await dispatcher.stop_polling()


@asynccontextmanager
async def aiogram_webhook(telegram: Telegram) -> AsyncIterator[None]:
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    dispatcher, bot = aiogram_parts(telegram)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(
        app, "/hook"
    )
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET, allowed_updates=[])
    try:
        yield
    finally:
        await runner.cleanup()
        await bot.session.close()


def ptb_application(telegram: Telegram, *, updater: bool):
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.constants import ParseMode
    from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

    async def greet(update: Update, context) -> None:
        row = [InlineKeyboardButton(label, callback_data=label.lower()) for label in ("Ya", "Tidak")]
        markup = InlineKeyboardMarkup([row])
        await update.message.reply_text(GREETING, parse_mode=ParseMode.HTML, reply_markup=markup)

    async def choose(update: Update, context) -> None:
        await update.callback_query.answer("tercatat")
        await update.callback_query.edit_message_text(f"Anda memilih {update.callback_query.data}")

    async def send_file(update: Update, context) -> None:
        await update.message.reply_document(b"BEGIN:VCALENDAR", filename="jadwal.ics", caption="Jadwal Anda")

    async def measure(update: Update, context) -> None:
        file = await update.message.photo[-1].get_file()
        await update.message.reply_text(f"foto {len(await file.download_as_bytearray())} byte")

    async def echo(update: Update, context) -> None:
        await update.message.reply_text(f"gema: {update.message.text}")

    builder = Application.builder().token(telegram.token)
    builder.base_url(f"{telegram.api_base}/bot").base_file_url(f"{telegram.api_base}/file/bot")
    application = (builder if updater else builder.updater(None)).build()
    application.add_handlers(
        [
            CommandHandler("start", greet),
            CommandHandler("berkas", send_file),
            CallbackQueryHandler(choose),
            MessageHandler(filters.PHOTO, measure),
            MessageHandler(filters.TEXT, echo),
        ]
    )
    return application


@asynccontextmanager
async def ptb_polling(telegram: Telegram) -> AsyncIterator[None]:
    application = ptb_application(telegram, updater=True)
    async with application:
        await application.start()
        await application.updater.start_polling()
        await telegram.polled()
        yield
        await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def ptb_webhook(telegram: Telegram) -> AsyncIterator[None]:
    import json

    from telegram import Update

    application = ptb_application(telegram, updater=False)

    async def hear(request: Request) -> Answer:
        if request.headers.get("x-telegram-bot-api-secret-token") != SECRET:
            return Answer(status=401)
        await application.update_queue.put(Update.de_json(json.loads(request.body), application.bot))
        return Answer()

    server = HttpServer(hear)
    await server.start()
    async with application:
        await application.bot.set_webhook(f"http://127.0.0.1:{server.port}/hook", secret_token=SECRET)
        await application.start()
        yield
        await server.stop()
        await application.stop()


BOTS = {
    "aiogram-polling": aiogram_polling,
    "aiogram-webhook": aiogram_webhook,
    "ptb-polling": ptb_polling,
    "ptb-webhook": ptb_webhook,
}
