"""An aiogram echo bot on a webhook, as in aiogram's documentation. `--inline`: answer in the response."""

from typing import Any

from aiogram import Dispatcher, Router
from aiogram.types import Message

from benchmarks.baselines.serve_aiogram import options, serve

router = Router()
inline = options().inline


@router.message()
async def echo(message: Message) -> Any:
    reply = message.answer(message.text or "")
    return reply if inline else await reply


if __name__ == "__main__":
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    serve(dispatcher)
