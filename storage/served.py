"""Somebody was served at the counter: what follows from it has its place here."""

from domain.booking import Booking, BookingState, TicketCode
from storage import attendance
from storage.store import Writing


async def served(db: Writing, *, code: TicketCode, by: str) -> Booking:
    """Mark the appointment of a ticket code as served; done twice it is done once.

    The stage of its application stays as it is: being recorded is not being handed a card.

    Raises:
        NotYourBooking: no appointment has the code.
        BookingOver: it was cancelled.
    """
    return await attendance.mark(db, code=code, state=BookingState.SERVED, by=by)
