"""Walk-ins, by staff chat."""

from domain.staff.roles import Action
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from handlers.staff.guests import give_seat
from handlers.staff.point_choice import ask_point


@conversation("walk_in", command="tamu")
async def seat_walk_in(chat: Chat) -> None:
    """Give a walk-in the next free seat of today."""
    point = await ask_point(chat, Action.SERVE)
    if point is not None:
        await give_seat(chat, point)
