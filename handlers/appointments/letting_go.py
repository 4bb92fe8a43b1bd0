"""Whoever gives up half-way lets go of the seat that was kept for them."""

from domain import codec
from domain.appointments.seats import Hold
from domain.office.office import Office
from handlers.engine.dialogue import Transcript
from handlers.engine.scene import Said
from storage.appointments import seats
from storage.session import Writing


async def let_go(db: Writing, chat: int, transcript: Transcript, office: Office) -> tuple[Said, ...]:  # noqa: ARG001 (what every conversation is told at its end)
    """Release the last seat that the conversation held; a seat that was taken meanwhile stays taken."""
    kept = [one.value for one in transcript.entries if one.kind == "once" and one.key == "booking-hold"]
    if kept and "result" in kept[-1]:
        await seats.release(db, hold=codec.load(Hold, kept[-1]["result"]).id)
    return ()
