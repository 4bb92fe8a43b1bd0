"""Stories of residents with appointments, for the transcripts that people review."""

from tests.conversations.appointments.steps import books, crowd, reaches_the_time, to_record
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI
from tests.support.resident import Resident


async def booking(counter: Counter, sri: Resident) -> None:
    await counter.imports(to_record(SRI))
    await sri.asks(SRI)
    for step in ("2", "mojosari", "25/12/2026", "minggu", "besok", "3", "1", "/jadwal"):
        await sri.says(step)


async def booking_moved(counter: Counter, sri: Resident) -> None:
    await counter.imports(to_record(SRI))
    await books(sri, SRI, day="rabu")
    counter.transcript.clear()
    await counter.passes(days=1)
    sri.catch_up()
    for step in ("2", "kamis jam 10", "1"):
        await sri.says(step)
    await counter.passes(days=1, hours=1)
    sri.catch_up()
    await sri.says("3")


async def booking_waiting(counter: Counter, sri: Resident) -> None:
    """All times are full except one, which two people want."""
    (late,) = crowd(1)
    await counter.imports(to_record(SRI), to_record(BUDI), to_record(late))
    budi, warga = counter.resident("Budi"), counter.resident("Warga")
    people = crowd(5)[1:]
    await counter.imports(*map(to_record, people))
    for place, person in enumerate([BUDI, *people[:3]]):
        resident = budi if place == 0 else counter.resident(f"Orang {place}")
        await books(resident, person)
    await reaches_the_time(warga, late, day="besok")
    counter.transcript.clear()
    await reaches_the_time(sri, SRI, day="besok jam 9")
    await sri.says("5")
    await budi.says("/jadwal")
    for step in ("2", "1"):
        await budi.says(step)
    await counter.passes(minutes=3)
    sri.catch_up()
    await sri.says("1")


STORIES = (booking, booking_moved, booking_waiting)
