"""Who comes without a booking gets the next free seat of the day."""

import secrets
from collections.abc import Sequence

from domain.appointments.booking import TicketCode
from domain.appointments.dayplan import Slot
from domain.refusals.appointments import SlotFull, SlotGone
from storage import audit
from storage.appointments import attendance
from storage.appointments.seats import free_seats
from storage.session import Writing

_CODE_BYTES = 16


async def next_seat(db: Writing, *, slots: Sequence[Slot], service: str, by: str) -> tuple[TicketCode, Slot]:
    """Give the ticket code and the time of the first of some slots of a point that has a free seat.

    The slots hold every seat (`Calendar.walk_in_times`), those kept for walk-ins included.

    Raises:
        SlotFull: none of them has one.
    """
    counted = await free_seats(db, point=slots[0].point, slots=slots) if slots else {}
    for slot in slots:
        if not counted[slot]:
            continue
        code = TicketCode.draw(secrets.token_bytes(_CODE_BYTES))
        try:
            async with db.savepoint():
                code = await attendance.walk_in(
                    db, slot=slot, seats=slot.seats, service=service, code=code, by=by
                )
        except (SlotFull, SlotGone):
            continue  # taken, or closed, at this very moment
        await audit.record(db, actor=by, action="walk-in", subject=f"ticket:{code}")
        return code, slot
    raise SlotFull
