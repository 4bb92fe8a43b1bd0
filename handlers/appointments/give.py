"""Sending the ticket: text, picture, calendar file and map location."""

from domain.appointments.booking import Booking
from domain.office.office import Office
from handlers.appointments.ticket import calendar_file, picture, pin, ticket
from handlers.engine.chat import Chat
from storage.staff.service_words import as_worded


async def give_ticket(chat: Chat, booking: Booking, *, key: str) -> None:
    """Send the ticket; `key` is its first sentence."""
    for thought in ticket(booking, await office_of(chat, booking), key=key):
        await chat.say(thought.key, **thought.variables)
    await chat.attach(lambda: picture(booking))
    await enclose_calendar(chat, booking)
    place = pin(booking, chat.office)
    if place is not None:
        await chat.place(place)


async def enclose_calendar(chat: Chat, booking: Booking, *, cancelled: bool = False) -> None:
    """Attach the appointment as a calendar file; a cancelled one removes the entry."""
    office = await office_of(chat, booking)
    await chat.attach(
        lambda: calendar_file(booking, office, language=chat.language, now=chat.now, cancelled=cancelled)
    )


async def office_of(chat: Chat, booking: Booking) -> Office:
    """The office with staff's wording of the booked service."""
    return await chat.read(as_worded, office=chat.office, service=booking.service)
