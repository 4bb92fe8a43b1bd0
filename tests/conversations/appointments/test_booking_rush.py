"""B1: many who want the same place at once, through the dispatcher."""

import asyncio

import pytest

from tests.conversations.appointments.steps import CODE, crowd, reaches_the_time, taken, to_record
from tests.support.counter import Counter
from tests.support.resident import Resident

ONE_SEAT = [{"booking": {"seats_per_slot": 1}}]
MANY = 50


async def at_the_time(counter: Counter) -> list[Resident]:
    """Fifty residents look at the same list of times."""
    people = crowd(MANY)
    await counter.imports(*map(to_record, people))
    residents = [counter.resident(f"Warga {n}") for n in range(MANY)]
    for resident, person in zip(residents, people, strict=True):
        await reaches_the_time(resident, person)
    return residents


async def all_tap(residents: list[Resident], label: str) -> None:
    """They tap at once; what each hears is read when all are answered."""
    taps = [resident.button(label).token for resident in residents]
    await asyncio.gather(
        *(
            resident.sends(kind="choice", choice=token)
            for resident, token in zip(residents, taps, strict=True)
        )
    )


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_b1_fifty_who_tap_the_last_seat_at_once(counter):
    residents = await at_the_time(counter)
    await all_tap(residents, "09.00")
    lucky = [one for one in residents if "Konfirmasi" in one.labels]
    late = [one for one in residents if one not in lucky]
    assert len(lucky) == 1
    for resident in late:
        resident.hears("baru saja terisi")
        assert resident.labels[:3] == ["Selasa 24 Nov 08.00", "Selasa 24 Nov 08.30", "Selasa 24 Nov 09.30"]
    await lucky[0].taps("Konfirmasi")
    assert CODE.search(lucky[0].screen.text)
    assert await taken(counter) == ["booked"]
    assert await counter.count("bookings") == 1


@pytest.mark.parametrize("counter", ONE_SEAT, indirect=True)
async def test_b1_fifty_who_confirm_at_once_after_their_holds_ran_out(counter):
    """Each held the seat for a while; now all press [Konfirmasi] again."""
    residents = await at_the_time(counter)
    for resident in residents:
        await resident.taps("09.00")
        assert "Konfirmasi" in resident.labels
        counter.clock.move(seconds=301)
    await all_tap(residents, "Konfirmasi")
    again = [one for one in residents if "Konfirmasi" in one.labels]
    assert len(again) == 1
    assert all("baru saja terisi" in one.screen.text for one in residents if one not in again)
    await again[0].taps("Konfirmasi")
    assert await taken(counter) == ["booked"]
    assert await counter.count("bookings") == 1
