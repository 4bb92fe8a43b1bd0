"""The waiting list for freed seats."""

from handlers.appointments.person_choice import Applying
from handlers.appointments.steps import join
from handlers.engine.chat import Chat, Choice
from handlers.shared.calendar import name_of
from storage.appointments import waiting

LIST = "waiting-list"
STAY, LEAVE, BOOK = "stay", "leave", "book"


async def wait(chat: Chat, applying: Applying, point: str) -> None:
    """Put the person on the list of that point and explain what follows."""
    place = await chat.once(
        "booking-join", join, chat=chat.id, applying=applying, point=point, office=chat.office
    )
    await chat.say(
        "booking-waits",
        place=name_of(chat.office, point),
        ahead=place - 1,
        minutes=max(1, chat.office.booking.offer_seconds // 60),
    )


async def stays_in_line(chat: Chat, applying: Applying) -> bool:
    """Show a waiting person their place; True: they keep waiting, False: they go on to book."""
    line = await chat.learn(
        "booking-line", waiting.line_of, applicant=applying.applicant, service=applying.service
    )
    if line is None:
        return False
    chosen = await chat.choose(
        "booking-in-line",
        [
            Choice(STAY, "booking-line-stay"),
            Choice(LEAVE, "booking-line-leave"),
            Choice(BOOK, "booking-line-book", hint="booking-line-book-hint"),
        ],
        name=applying.name,
        place=name_of(chat.office, line.point),
        number=line.place,
    )
    if chosen == LEAVE:
        await chat.once(
            "booking-leave-line", waiting.leave, applicant=applying.applicant, service=applying.service
        )
        await chat.say("booking-line-left")
    elif chosen == STAY:
        await chat.say("booking-line-stays")
    return bool(chosen != BOOK)
