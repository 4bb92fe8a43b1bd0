"""Waiting for a seat that somebody gives back."""

from handlers.appointments.steps import join
from handlers.appointments.where import name_of
from handlers.appointments.whom import Applying
from handlers.chat import Chat

LIST = "waiting-list"


async def wait(chat: Chat, applying: Applying, point: str) -> None:
    """Put the person on the list of that point, and tell what happens then."""
    place = await chat.once(
        "booking-join", join, chat=chat.id, applying=applying, point=point, office=chat.office
    )
    await chat.say(
        "booking-waits",
        place=name_of(chat.office, point),
        ahead=place - 1,
        minutes=chat.office.booking.offer_seconds // 60,
    )
