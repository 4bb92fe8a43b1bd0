"""The status conversation as a python-telegram-bot ConversationHandler, over the SQLAlchemy ORM.

Served like the library's example of a custom webhook: Starlette and uvicorn feed `update_queue`.
"""

import argparse
import asyncio
import logging
import secrets
from http import HTTPStatus

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from benchmarks.baselines import model

NUMBER, NIK = range(2)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("--port", "--api", "--token", "--secret", "--database"):
        parser.add_argument(name, required=True)
    return parser.parse_args()


asked = options()
sessions = model.open_sessions(asked.database)


def keyboard(buttons: tuple[tuple[str, str], ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] for text, data in buttons])


async def menu(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    await update.message.reply_text(model.MENU, reply_markup=keyboard(model.MENU_BUTTONS))
    return ConversationHandler.END


async def status(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    await update.message.reply_text(model.ASK_NUMBER)
    return NUMBER


async def number(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data["number"] = update.message.text.strip().upper()
    await update.message.reply_text(model.ASK_NIK)
    return NIK


async def nik(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    digits = update.message.text.strip()
    if len(digits) != model.NIK_DIGITS or not digits.isdigit():
        await update.message.reply_text(model.BAD_NIK)
        return NIK
    application = await model.find(sessions, context.user_data["number"], digits)
    buttons = keyboard(model.REPORT_BUTTONS) if application else None
    await update.message.reply_text(model.answer(application), reply_markup=buttons)
    return ConversationHandler.END


def build() -> Application:
    application = ApplicationBuilder().token(asked.token).base_url(f"{asked.api}/bot").updater(None).build()
    text = filters.TEXT & ~filters.COMMAND
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("status", status)],
            states={NUMBER: [MessageHandler(text, number)], NIK: [MessageHandler(text, nik)]},
            fallbacks=[CommandHandler("menu", menu)],
        )
    )
    application.add_handler(CommandHandler(["start", "menu"], menu))
    return application


async def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    application = build()

    async def hear(request: Request) -> Response:
        if not secrets.compare_digest(
            request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), asked.secret
        ):
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    web = Starlette(routes=[Route("/telegram/webhook", hear, methods=["POST"])])
    server = uvicorn.Server(
        uvicorn.Config(web, port=int(asked.port), host="127.0.0.1", use_colors=False, log_level="warning")
    )
    async with application:
        await application.start()
        await server.serve()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(main())
