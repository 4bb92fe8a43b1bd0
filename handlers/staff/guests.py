"""Walk-ins: the service, then the next free seat of today."""

from domain.refusals import SlotFull
from handlers.engine.chat import Chat, Choice
from handlers.shared.calendar import desk_of
from handlers.staff.steps import Officer, seat_guest
from handlers.staff.words import service_name, tell


async def give_seat(chat: Chat, point: str) -> None:
    """Ask for the service, and give a ticket code."""
    services = [
        Choice(one.id, "guest-service", name=service_name(chat.office, one.id))
        for one in chat.office.services
    ]
    service = await chat.choose("guest-ask-service", services)
    officer = Officer(member=chat.staff, chat=chat.id)
    try:
        done = await chat.once(
            "guest-seat", seat_guest, point=point, service=service, officer=officer, where=desk_of(chat)
        )
    except SlotFull:
        await chat.say("guest-full")
        return
    await tell(chat, done, "")
