"""Served visits: an appointment is marked as served and rated; a step at the counter is undone."""

from typing import Any

from sqlalchemy import select, union

from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.office.office import Office
from domain.office.rules import Rating
from domain.refusals.appointments import BookingOver
from storage.appointments import counter
from storage.appointments.booking_rows import by_code
from storage.appointments.counter import Marked
from storage.ratings import invitations
from storage.schema import bookings, follows, looked_up
from storage.session import Writing


async def mark_served(db: Writing, *, code: TicketCode, by: str, rules: Rating) -> Marked:
    """Mark an appointment as served and invite everybody concerned to rate it, once.

    Concerned are the chat that booked, and chats that follow or looked up its application. The application's
    stage stays: being recorded is not receiving a card.

    Raises:
        NotYourBooking: no appointment has the code.
        BookingOver: it was cancelled.
    """
    row = await by_code(db, code=code)
    # Invitations lock chats; turns, too, lock the chat before an appointment.
    await _invite(db, row, rules)
    return await counter.mark(db, code=code, state=BookingState.SERVED, by=by)


async def _invite(db: Writing, row: Any, rules: Rating) -> None:
    concerned = union(
        select(bookings.c.chat_id).where(bookings.c.id == row.id, bookings.c.chat_id.is_not(None)),
        select(looked_up.c.chat_id).where(looked_up.c.application_id == row.application_id),
        select(follows.c.chat_id).where(follows.c.application_id == row.application_id),
    )
    await invitations.invite(
        db,
        event=f"booking:{row.id}",
        chats_=[found[0] for found in await db.rows(concerned)],
        point=row.point,
        service=row.service,
        rules=rules,
    )


async def undo(db: Writing, *, code: TicketCode, by: str, rules: Office) -> Booking:
    """Take the last step at the counter back; nobody is asked to rate a visit that was not served.

    Served again later, it is asked about as usual.

    Raises:
        NotYourBooking: no appointment has the code.
        BookingOver: there is no step to take back, it is too late, or a rating was requested.
    """
    row = await by_code(db, code=code)
    if row.state == BookingState.SERVED and not await invitations.uninvite(db, f"booking:{row.id}"):
        raise BookingOver
    return await counter.undo(db, code=code, by=by, office=rules)
