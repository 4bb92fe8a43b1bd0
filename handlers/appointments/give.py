"""The ticket: told, and enclosed as a picture, a calendar file and a place on the map."""

from domain.booking import Booking
from handlers.appointments.ticket import calendar_file, picture, pin, ticket
from handlers.chat import Chat


async def give_ticket(chat: Chat, booking: Booking, *, key: str) -> None:
    """Hand the ticket over; `key` is the sentence that tells how it came about."""
    for thought in ticket(booking, chat.office, key=key):
        await chat.say(thought.key, **thought.variables)
    await chat.attach(lambda: picture(booking))
    await enclose_calendar(chat, booking)
    place = pin(booking, chat.office)
    if place is not None:
        await chat.place(place)


async def enclose_calendar(chat: Chat, booking: Booking, *, cancelled: bool = False) -> None:
    """Enclose the appointment for the telephone's calendar; a cancelled one takes the entry out again."""
    await chat.attach(
        lambda: calendar_file(booking, chat.office, language=chat.language, now=chat.now, cancelled=cancelled)
    )
