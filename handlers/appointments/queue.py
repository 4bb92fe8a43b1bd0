"""The waiting room in a resident's chat: the own place in it, and the call to a desk."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain import codec
from domain.appointments.booking import Booking, BookingState
from domain.office.office import Office
from domain.text.typed import fold
from handlers.engine.chat import Chat, Said
from handlers.engine.registry import conversation
from handlers.shared.calendar import name_of
from storage.appointments import bookings, queue
from storage.people import consents
from storage.people.sittings import Covered
from storage.session import Reading

_ASKS = re.compile(
    r"(brp|berapa|piro) (orang|wong|antr\w+) (lagi|maneh)|antr(ian|ean|ianku|eanku)\b|giliran\w*|(kapan|masih lama) .*dipanggil"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An appointment whose person waits, and how many are ahead."""

    json_shape = codec.ROW

    booking: Booking
    ahead: int


_MOST = 100  # characters of a question about the queue


async def asks_place(db: Reading, chat: int, covered: Covered, text: str) -> str | None:
    """An empty argument if a message asks for the place in the queue and somebody of this chat is here, else None."""
    if len(text) > _MOST or not _ASKS.search(fold(text)):
        return None
    found = await bookings.bookings_of_chat(db, chat=chat, covered=covered)
    return "" if any(one.state is not BookingState.BOOKED for one in found) else None


@conversation("queue", command="antrian", words="queue-words", recall=asks_place)
async def tell_queue(chat: Chat) -> None:
    """Tell how many people are ahead, for each appointment of this chat today."""
    covered = chat.covered
    found = await chat.read(todays, chat=chat.id, covered=covered, office=chat.office)
    if not found:
        await chat.say("queue-none")
    for booking in found:
        await tell_place(chat, booking)


async def todays(db: Reading, *, chat: int, covered: Covered, office: Office) -> list[Booking]:
    """Appointments of a chat that are today, or whose person is here."""
    own = await bookings.bookings_of_chat(db, chat=chat, covered=covered)
    today = office.today(db.now)
    return [one for one in own if one.arrived_at or office.today(one.starts_at) == today]


async def tell_place(chat: Chat, booking: Booking) -> None:
    """Tell the place of one appointment in the queue."""
    facts = {"code": str(booking.code), "place": name_of(chat.office, booking.point)}
    if booking.state is BookingState.CALLED:
        await chat.say("queue-called", desk=booking.desk or 0, **facts)
        return
    if booking.state is BookingState.BOOKED:
        await chat.say("queue-not-here", at=booking.starts_at, **facts)
        return
    ahead = await chat.read(queue.ahead_of, booking=booking.id, point=booking.point, office=chat.office)
    await chat.say("queue-ahead", ahead=ahead or 0, **facts)


@conversation("called")
async def tell_called(chat: Chat) -> None:
    """Tell that the number is called, and to which desk; no name, so nothing is asked first."""
    booking = await chat.learn("called-now", called_now, argument=chat.argument)
    if booking is None:
        return
    desk = Said("queue-gap-desk", {"desk": booking.desk or 0})
    chat.approved("number_called", str(booking.code), desk)
    await chat.say(
        "queue-called",
        code=str(booking.code),
        desk=booking.desk or 0,
        place=name_of(chat.office, booking.point),
    )


@conversation("near")
async def tell_near(chat: Chat) -> None:
    """Tell that few people are ahead; no name, so nothing is asked first."""
    near = await chat.learn("near-now", near_now, argument=chat.argument, chat=chat.id, office=chat.office)
    if near is None:
        return
    code, place = str(near.booking.code), name_of(chat.office, near.booking.point)
    chat.approved("number_near", code, place, str(near.ahead))
    await chat.say("queue-ahead", ahead=near.ahead, code=code, place=place)


async def near_now(db: Reading, *, argument: str, chat: int, office: Office) -> Near | None:
    """Who waits and how many are ahead; None if they wait no more, wait longer, or agreed to no reminders."""
    found = await bookings.booking_now(db, booking=int(argument))
    ahead = await queue.ahead_of(db, booking=found.id, point=found.point, office=office)
    is_near = ahead is not None and ahead <= office.booking.tell_ahead
    if ahead is None or not is_near or not await consents.has(db, chat=chat, kind=consents.REMINDERS):
        return None
    return Near(booking=found, ahead=ahead)


async def called_now(db: Reading, *, argument: str) -> Booking | None:
    """Appointment of `<booking>:<called at, in milliseconds>`; None if that call was taken back, or is over."""
    booking, _, moment = argument.partition(":")
    found = await bookings.booking_now(db, booking=int(booking))
    called = datetime.fromtimestamp(int(moment) / 1000, UTC)
    same = found.called_at is not None and abs(found.called_at - called) < timedelta(milliseconds=2)
    return found if same and found.state is BookingState.CALLED else None
