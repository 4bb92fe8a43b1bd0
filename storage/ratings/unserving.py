"""Undo of "served" for an appointment marked by mistake, before anybody was asked to rate it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from domain.appointments.booking import Booking, BookingState
from domain.appointments.seats import DayLine
from domain.office.office import Office
from domain.refusals.appointments import BookingOver
from storage.appointments import reminders
from storage.appointments.booking_rows import as_booking, by_code, by_id, note
from storage.post import errands
from storage.ratings.invitations import CONVERSATION, SECOND
from storage.schema import bookings, invitations, invited_chats
from storage.schema import errands as errand_rows
from storage.session import Writing


async def unserved(db: Writing, *, line: DayLine, by: str, rules: Office) -> Booking:
    """Restore an appointment to its state before it was served (`line`); nobody is asked to rate it.

    Its reminders are planned again. Served again later, it is asked about as usual.

    Raises:
        NotYourBooking: no appointment has the code.
        BookingOver: it is not served (any more), a rating was requested, or the person has another one by now.
    """
    row = await by_code(db, code=line.code)
    late = db.now >= row.changed_at + timedelta(seconds=rules.rating.invite_after_seconds)
    if row.state != BookingState.SERVED or late or not await _uninvite(db, f"booking:{row.id}"):
        raise BookingOver
    await _let_stand(db, row, line)
    after = await by_id(db, booking=row.id)
    await note(db, after, by=by)
    booking = as_booking(after)
    if booking.state is BookingState.BOOKED and row.chat_id is not None:
        minutes = rules.booking.remind_minutes
        await reminders.plan(db, booking=booking, chat=row.chat_id, minutes=minutes)
    return booking


async def _let_stand(db: Writing, row: Any, line: DayLine) -> None:
    served = update(bookings).where(bookings.c.id == row.id, bookings.c.state == BookingState.SERVED.value)
    values = {
        "state": line.state.value,
        "changed_at": db.now,
        "to_move_at": db.now if line.asked_to_move else None,
    }
    try:
        async with db.savepoint():
            done = await db.run(served.values(**values))
    except (
        IntegrityError
    ):  # they booked again in the meantime, and one active appointment per service is allowed
        done = 0
    if not done:
        raise BookingOver


async def _uninvite(db: Writing, event: str) -> bool:
    """Withdraw an invitation that nobody was told of; False: somebody was."""
    tokens = db.vault.indexes(event, of="rating-event")
    known = select(invitations.c.token_index, invitations.c.state)
    found = await db.one(known.where(invitations.c.token_index.in_(tokens)).with_for_update())
    if found is None:
        return True
    key: bytes = found.token_index
    arguments = (key.hex(), f"{key.hex()}:{SECOND}")
    told = select(errand_rows.c.id).where(
        errand_rows.c.conversation == CONVERSATION,
        errand_rows.c.argument.in_(arguments),
        errand_rows.c.outcome.is_not(None),
    )
    if found.state != "open" or await db.one(told.limit(1)):
        return False
    for argument in arguments:
        await errands.withdraw(db, conversation=CONVERSATION, argument=argument)
    await db.run(delete(invited_chats).where(invited_chats.c.token_index == key))
    await db.run(delete(invitations).where(invitations.c.token_index == key))
    return True
