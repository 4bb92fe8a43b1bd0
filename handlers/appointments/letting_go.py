"""Releases a held seat when its conversation ends early."""

from domain.appointments.seats import Hold
from domain.office.office import Office
from handlers.engine.dialogue import Transcript
from handlers.engine.scene import Said
from storage.appointments import seats
from storage.session import Writing


async def let_go(db: Writing, chat: int, transcript: Transcript, office: Office) -> tuple[Said, ...]:  # noqa: ARG001 (arguments of every conversation's end)
    """Release the last seat that the conversation held, unless it was booked in the meantime."""
    kept = [one.value for one in transcript.entries if one.kind == "once" and one.key == "booking-hold"]
    if kept and "result" in kept[-1]:
        await seats.release(db, hold=Hold.from_json(kept[-1]["result"]).id)
    return ()
