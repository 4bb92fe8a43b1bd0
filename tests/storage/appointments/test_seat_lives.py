"""When a taken seat counts: the database and `domain.appointments.seats.lives` give one answer."""

import pytest
from sqlalchemy import select

from domain.appointments.seats import lives
from domain.refusals.appointments import HoldExpired
from storage.appointments.seats import LIVES, living_hold
from storage.schema import seats
from tests.storage.appointments.town import Counter


@pytest.mark.parametrize("moved", [-1, 0, 1], ids=["before", "at", "after"])
async def test_the_database_and_the_rule_agree_when_a_seat_lives(store, clock, moved):
    counter = Counter(store, clock)
    sri, budi = await counter.people(2)
    slot = counter.slot(seats=2)
    hold = await counter.holds(sri, slot)
    booked = await counter.books(budi, slot)
    clock.move(seconds=(hold.until - clock()).total_seconds() + moved)
    rows = await counter.rows(select(seats.c.id, seats.c.until, seats.c.booking_id))
    living = {row.id for row in rows if lives(row.until, clock())}
    assert living == {row.id for row in rows if row.booking_id == booked.id or moved < 0}
    counted = await store.read(lambda db: db.rows(select(seats.c.id).where(LIVES), {"now": db.now}))
    assert {row.id for row in counted} == living
    assert await counter.free(slot) == slot.seats - len(living)
    if moved >= 0:
        with pytest.raises(HoldExpired):
            await store.read(lambda db: living_hold(db, hold=hold.id))
