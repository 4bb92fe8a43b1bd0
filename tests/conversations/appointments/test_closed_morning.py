"""B5: the office closes a morning; everybody in it chooses first, nobody is cancelled, who has not answered is listed."""

from datetime import date, time

import pytest

from domain.appointments.closures import Closure
from storage.appointments import attendance, closures
from storage.audit import SYSTEM
from tests.conversations.appointments.steps import books, code_of, crowd, to_record
from tests.support.counter import Counter
from tests.support.officers import officer

MORNING = Closure(
    day=date(2026, 11, 24), point="sooko", starts=time(8), ends=time(12), reason="Listrik padam"
)
TIMES = ("09.00", "09.30", "10.00", "10.30")


@pytest.fixture
async def booked(counter: Counter) -> dict[str, str]:
    """Fourteen people have booked that morning: their codes, by name."""
    people = crowd(14)
    await counter.imports(*(to_record(one) for one in people))
    return {
        one["nama"]: await books(counter.resident(one["nama"]), one, time=TIMES[place // 4])
        for place, one in enumerate(people)
    }


async def closes(counter: Counter) -> None:
    zone = counter.office.timezone
    await counter.store.write(lambda db: closures.close(db, closure=MORNING, zone=zone, by=SYSTEM))
    await counter.passes(minutes=5)


async def unanswered(counter: Counter) -> set[str]:
    async def look(db):
        return await attendance.lines_of(db, of=await closures.unanswered(db))

    return {line.code.text for line in await counter.store.read(look)}


@pytest.mark.first_office
async def test_a_closed_morning_asks_fourteen_people_and_lists_who_does_not_answer(counter, booked):
    await closes(counter)
    assert await unanswered(counter) == set(booked.values())
    for name in booked:
        resident = counter.resident(name)
        assert booked[name] in resident.screen.text
        resident.hears("tutup", "didahulukan")
    willing = list(booked)[:3]
    for name in willing:
        resident = counter.resident(name)
        await resident.says("1")
        await resident.taps("Konfirmasi")
        assert code_of(resident) == booked[name]
    assert await unanswered(counter) == {booked[name] for name in booked if name not in willing}
    assert await counter.count("bookings", "state = 'booked'") == 14, "nobody was cancelled"
    wulan = await officer(counter, point="sooko")
    counter.clock.move(hours=23)
    await wulan.says("/hariini")
    assert sum("waktunya ditutup" in (one.hint or "") for one in wulan.screen.choices) > 0


@pytest.mark.first_office
async def test_the_closed_morning_is_offered_to_nobody(counter, booked):
    await closes(counter)
    stranger = counter.resident("Tono")
    person = crowd(15)[14]
    await counter.imports(to_record(person))
    await stranger.says("/jadwal")
    for words in (person["no_registrasi"], person["nik"], "sooko", "besok"):
        await stranger.says(words)
    assert not [label for label in stranger.labels if label.startswith(("08", "09", "10", "11"))]
