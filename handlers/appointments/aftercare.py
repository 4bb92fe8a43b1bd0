"""Messages about an appointment while nothing is open: questions about it, and that the person does not come."""

from collections.abc import Callable
from datetime import timedelta

from domain.appointments.booking import Booking, BookingState
from domain.text.appointment_questions import ANOTHER, BRING, CANCEL, DRESS, TICKET, TIME, WHERE, asked_about
from handlers.appointments.appointment import give_ticket, give_up
from handlers.appointments.followups import answer
from handlers.appointments.person_choice import OTHER
from handlers.appointments.seat import another_time, correction, let_go
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from storage.appointments import bookings
from storage.people.sittings import Covered
from storage.session import Reading

_WITHIN = timedelta(hours=24)
_SUBJECTS: dict[str, Callable[[Booking], object]] = {
    WHERE: lambda one: one.point,
    TIME: lambda one: one.id,
    BRING: lambda one: one.service,
    DRESS: lambda one: one.point,
    TICKET: lambda one: one.id,
}
"""What answers differ by, if they do: two appointments at one place have one answer to "where"."""


async def asked_later(db: Reading, chat: int, covered: Covered, text: str) -> str | None:
    """The topic of a message about an appointment that was made, changed or is due within a day, or None."""
    topic = asked_about(text)
    if topic is None:
        return None
    return topic if await of_late(db, chat=chat, covered=covered, topic=topic) else None


async def of_late(db: Reading, *, chat: int, covered: Covered, topic: str) -> list[Booking]:
    """Appointments that a message may be about: to cancel any that stands, else those of late."""
    if topic == CANCEL:
        own = await bookings.bookings_of_chat(db, chat=chat, covered=covered)
        return [one for one in own if one.state is BookingState.BOOKED]
    return await bookings.bookings_of_late(db, chat=chat, within=_WITHIN, covered=covered)


@conversation("appointment", recall=asked_later, follow_up=another_time, corrects=correction, over=let_go)
async def answer_later(chat: Chat) -> None:
    """Answer a question about the chat's appointments, or offer to cancel the one that is meant."""
    topic = chat.argument
    own = await chat.learn("appointment-own", of_late, chat=chat.id, covered=chat.covered, topic=topic)
    if topic != CANCEL:
        about = _SUBJECTS.get(topic)
        for booking in {about(one) if about else None: one for one in own}.values():
            if topic == ANOTHER:
                await chat.open("booking", OTHER)
            if topic == TICKET:
                await give_ticket(chat, booking, key="booking-here")
            else:
                await answer(chat, topic, booking)
    elif len(own) == 1:
        await give_up(chat, own[0])
    else:
        await chat.open("booking")
