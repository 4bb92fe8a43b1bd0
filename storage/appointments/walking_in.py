"""Walk-ins: somebody without a booking gets the next free seat of the day."""

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
    """Book a walk-in into the first of these slots with a free seat; return ticket code and slot.

    The slots include the seats kept for walk-ins (`Calendar.walk_in_times`).

    Raises:
        SlotFull: no slot has a free seat.
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
            continue  # taken or closed at this moment
        await audit.record(db, actor=by, action="walk-in", subject=f"ticket:{code}")
        return code, slot
    raise SlotFull
