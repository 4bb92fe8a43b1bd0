"""/hapusdata: everything that is held of this chat goes, after one confirmation by digits."""

from domain.office import Office
from handlers.chat import Chat, Choice
from handlers.linked import is_known
from handlers.registry import conversation
from storage.appointments import bookings, offers
from storage.keeping import erasing
from storage.store import Reading, Writing

ALL, KEEP, NO = "all", "keep", "no"


@conversation("erase", command="hapusdata", words="erase-words", examples="erase-examples")
async def erase_my_data(chat: Chat) -> None:
    """Tell what goes and what the law keeps; erase when it is confirmed, and give a receipt that names nobody."""
    if not await is_known(chat, why="data-who"):
        return
    booked = await chat.learn("booked", booked_here, chat=chat.id)
    chosen = await chat.choose("erase-sure", _offers(booked), codes=booked, booked=bool(booked))
    if chosen == NO:
        await chat.say("erase-kept")
        return
    receipt = await chat.once("erase", erase, chat=chat.id, cancels=chosen == ALL, office=chat.office)
    chat.ends_all = True
    await chat.say("erase-done", receipt=receipt, on=chat.office.local(chat.now))
    if booked and chosen == KEEP:
        await chat.say("erase-booking-stays", codes=booked)


def _offers(booked: list[str]) -> list[Choice]:
    if not booked:
        return [Choice(ALL, "erase-yes"), Choice(NO, "erase-no")]
    return [
        Choice(KEEP, "erase-yes-keep", hint="erase-yes-keep-hint"),
        Choice(ALL, "erase-yes-all", hint="erase-yes-all-hint"),
        Choice(NO, "erase-no"),
    ]


async def booked_here(db: Reading, *, chat: int) -> list[str]:
    """Give the ticket codes of the appointments that were made in this chat."""
    return [str(one.code) for one in await bookings.bookings_of_chat(db, chat=chat)]


async def erase(db: Writing, *, chat: int, cancels: bool, office: Office) -> str:
    """Cancel the appointments where that is wanted, and erase the chat; give the receipt."""
    if cancels:
        for one in await bookings.bookings_of_chat(db, chat=chat):
            reopen_at = await offers.reopens_at(db, point=one.point, rules=office.booking)
            await bookings.cancel(db, booking=one.id, by=f"chat:{chat}", reopen_at=reopen_at)
    return await erasing.erase(db, chat=chat)
