"""Appointments: book one, or view, move or cancel the existing one."""

from typing import Any, NoReturn

from domain.appointments.booking import Booking
from domain.appointments.wishes import WISH, spoken_wish
from domain.text.errands import case_number_alone
from handlers.appointments.appointment import book, show
from handlers.appointments.person_choice import OTHER, Applying, ask_whom, whose
from handlers.appointments.seat import PLACE, another_time, correction, let_go, other_place
from handlers.appointments.time_choice import hour_or_place
from handlers.appointments.waiting import stays_in_line
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation, first_of
from handlers.shared.look_up import ask_how_to_go_on, wonders
from handlers.shared.pair import spot_pair
from handlers.shared.people_list import likely_person, person_meant
from storage.appointments import bookings
from storage.cards import chat_applications
from storage.people.sittings import Covered
from storage.session import Reading


async def wish_of(db: Reading, chat: int, covered: Covered, text: str) -> str | None:
    """The wish of a message while nothing is open, if it is about booking or the chat has an appointment.

    The code of its ticket is the wish to see it.
    """
    code = case_number_alone(text)
    if code and await bookings.code_is_of(db, chat=chat, code=code, covered=covered):
        return ""
    wish = spoken_wish(text)
    marked, about_booking = wish or (other_place(text), False)
    if marked is None:
        return None
    if about_booking or await bookings.bookings_of_chat(db, chat=chat, covered=covered):
        return marked
    return None


@conversation(
    "booking",
    command="jadwal",
    label="menu-booking",
    words="booking-words",
    examples="booking-examples",
    spot=spot_pair,
    follow_up=another_time,
    likely=likely_person,
    corrects=first_of(correction, person_meant, wonders),
    numbered=hour_or_place,
    recall=wish_of,
    over=let_go,
)
async def make_appointment(chat: Chat) -> None:
    """Show the existing appointment, or book one."""
    wish = _wish(chat)
    applying = await _own(chat) or await ask_whom(chat)
    if applying is None:
        await _go_on_without(chat)
    if applying.booking is not None:
        await show(chat, applying.booking, applying, wish=wish)
        return
    if not await stays_in_line(chat, applying):
        await book(chat, applying, wish=wish)


def _wish(chat: Chat) -> str:
    """The marked wish for another time or place that opened this conversation, or ""."""
    if chat.argument.startswith((WISH, PLACE)):
        return chat.argument
    wish = spoken_wish(chat.argument) if chat.argument else None
    return wish[0] if wish else ""


async def _own(chat: Chat) -> Applying | None:
    """The appointment that this chat made, chosen if several; None: there is none, or another is wanted."""
    hidden = bool(chat.given) or (bool(chat.argument) and not _wish(chat))
    own = await chat.learn("booking-own", made_here, chat=chat.id, hidden=hidden, covered=chat.covered)
    if not own:
        return None
    chosen: Any = own[0].id
    if len(own) > 1:
        names = await chat.learn("booking-own-names", names_of, own=own, chat=chat.id, covered=chat.covered)
        entries = [_entry(one, own, names) for one in own]
        chosen = await chat.choose(
            "booking-which", [*entries, Choice(OTHER, "booking-another", hint="booking-another-hint")]
        )
    if chosen == OTHER:
        await chat.open("booking", OTHER)
    return await whose(chat, chosen)


def _entry(one: Booking, own: list[Booking], names: list[str]) -> Choice:
    """An appointment as a choice; those at one time are told apart by their masked names."""
    name = names[own.index(one)]
    if sum(other.starts_at == one.starts_at for other in own) > 1:
        return Choice(one.id, "booking-own-named", hint="booking-own-hint", at=one.starts_at, name=name)
    return Choice(one.id, "booking-own-one", hint="booking-own-hint", at=one.starts_at, name=name)


async def names_of(db: Reading, *, own: list[Booking], chat: int, covered: Covered) -> list[str]:
    """Masked names of the persons of appointments, each with as many words as a button holds."""
    found = [
        await chat_applications.of_booking(db, booking=one.id, chat=chat, covered=covered) for one in own
    ]
    return [" ".join(one.name.split()[:2]) if one else "" for one in found]


async def made_here(db: Reading, *, chat: int, hidden: bool, covered: Covered) -> list[Booking]:
    """Active appointments made in the chat, as far as covered; empty if they must stay hidden."""
    return [] if hidden else await bookings.bookings_of_chat(db, chat=chat, covered=covered)


async def _go_on_without(chat: Chat) -> NoReturn:
    chosen = await ask_how_to_go_on(chat, "booking-after-not-found")
    await chat.open("booking" if chosen == OTHER else chosen, OTHER if chosen == OTHER else "")
