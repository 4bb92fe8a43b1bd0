"""Somebody came without booking."""

from domain.roles import Action
from handlers.chat import Chat
from handlers.counter.guests import give_seat
from handlers.counter.where import ask_point
from handlers.registry import conversation


@conversation("walk_in", command="tamu")
async def seat_walk_in(chat: Chat) -> None:
    """Give somebody who came without booking the next free seat of today."""
    point = await ask_point(chat, Action.SERVE)
    if point is not None:
        await give_seat(chat, point)
