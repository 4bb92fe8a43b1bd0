"""Appointments: book one, or view, move or cancel the existing one."""

from typing import Any

from domain.appointments.booking import Booking
from handlers.appointments.appointment import book, show
from handlers.appointments.person_choice import OTHER, Applying, ask_whom, meet_again
from handlers.appointments.seat import let_go
from handlers.appointments.waiting import stays_in_line
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.pair import spot_pair
from storage.appointments import bookings
from storage.people.sittings import Covered
from storage.session import Reading


@conversation(
    "booking",
    command="jadwal",
    label="menu-booking",
    words="booking-words",
    examples="booking-examples",
    spot=spot_pair,
    over=let_go,
)
async def make_appointment(chat: Chat) -> None:
    """Show the existing appointment, or book one."""
    applying = await _own(chat) or await ask_whom(chat)
    if applying is None:
        await _go_on_without(chat)
        return
    if applying.booking is not None:
        await show(chat, applying.booking, applying)
        return
    if not await stays_in_line(chat, applying):
        await book(chat, applying)


async def _own(chat: Chat) -> Applying | None:
    """The appointment that this chat made, chosen if several; None: there is none, or another is wanted."""
    hidden = bool(chat.given) or bool(chat.argument)
    own = await chat.learn("booking-own", made_here, chat=chat.id, hidden=hidden, covered=chat.covered)
    if not own:
        return None
    chosen: Any = own[0].id
    if len(own) > 1:
        entries = [Choice(one.id, "booking-own-one", at=one.starts_at) for one in own]
        chosen = await chat.choose(
            "booking-which", [*entries, Choice(OTHER, "booking-another", hint="booking-another-hint")]
        )
    if chosen == OTHER:
        await chat.open("booking", OTHER)
    return await chat.learn(
        "booking-open-own",
        meet_again,
        booking=chosen,
        chat=chat.id,
        office=chat.office,
        covered=chat.covered,
    )


async def made_here(db: Reading, *, chat: int, hidden: bool, covered: Covered) -> list[Booking]:
    """Active appointments made in the chat, as far as covered; empty if they must stay hidden."""
    return [] if hidden else await bookings.bookings_of_chat(db, chat=chat, covered=covered)


async def _go_on_without(chat: Chat) -> None:
    chosen = await chat.choose(
        "booking-after-not-found",
        [
            Choice(OTHER, "status-retry", hint="status-retry-hint"),
            Choice("officer", "menu-officer", hint="menu-officer-hint"),
        ],
    )
    if chosen == OTHER:
        await chat.open("booking", OTHER)
    await chat.open(chosen)
