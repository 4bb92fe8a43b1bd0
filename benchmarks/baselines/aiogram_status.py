"""The status conversation as an aiogram Router with FSM states in memory, over the SQLAlchemy ORM."""

from typing import Any

from aiogram import Dispatcher, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.baselines import model
from benchmarks.baselines.serve_aiogram import options, serve

router = Router()
asked = options()
sessions = model.open_sessions(asked.database)


class Status(StatesGroup):
    number = State()
    nik = State()


def keyboard(buttons: tuple[tuple[str, str], ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)] for text, data in buttons]
    )


async def reply(message: Message, text: str, buttons: tuple[tuple[str, str], ...] = ()) -> Any:
    method = message.answer(text, reply_markup=keyboard(buttons) if buttons else None)
    return method if asked.inline else await method


@router.message(Command("start", "menu"))
async def menu(message: Message, state: FSMContext) -> Any:
    await state.clear()
    return await reply(message, model.MENU, model.MENU_BUTTONS)


@router.message(Command("status"))
async def status(message: Message, state: FSMContext) -> Any:
    await state.set_state(Status.number)
    return await reply(message, model.ASK_NUMBER)


@router.message(Status.number, F.text)
async def number(message: Message, state: FSMContext) -> Any:
    await state.update_data(number=(message.text or "").strip().upper())
    await state.set_state(Status.nik)
    return await reply(message, model.ASK_NIK)


@router.message(Status.nik, F.text)
async def nik(message: Message, state: FSMContext) -> Any:
    digits = (message.text or "").strip()
    if len(digits) != model.NIK_DIGITS or not digits.isdigit():
        return await reply(message, model.BAD_NIK)
    data = await state.get_data()
    await state.clear()
    application = await model.find(sessions, data["number"], digits)
    return await reply(message, model.answer(application), model.REPORT_BUTTONS if application else ())


if __name__ == "__main__":
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    serve(dispatcher)
