"""Two officers, residents and the clock against a plain model of the counter, on both databases.

A person is called once, in the order of the model; a step is taken once; the last one can be taken back for ten
minutes; no day leaves anybody in the waiting room.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from domain.appointments.booking import Booking, BookingState
from domain.refusals.appointments import AlreadyBooked, BookingOver
from storage.appointments import counter, queue
from storage.ratings import visits
from storage.schema import booking_history, errands
from storage.schema import bookings as booking_rows
from storage.schema import seats as seat_rows
from storage.store import Store
from storage.vault import Vault
from tests.storage.appointments.town import Counter
from tests.support.clock import Clock
from tests.support.exploring import examples

WHO = st.integers(0, 2)
S = BookingState
FOLLOWS = {
    S.ARRIVED: {S.BOOKED, S.NO_SHOW, S.OPEN},
    S.CALLED: {S.ARRIVED},
    S.SERVED: {S.BOOKED, S.ARRIVED, S.CALLED, S.NO_SHOW, S.OPEN},
    S.NO_SHOW: {S.BOOKED, S.ARRIVED, S.CALLED, S.OPEN},
}
STEP = st.sampled_from(list(FOLLOWS))
EMPTIED = (seat_rows, booking_history, booking_rows, errands)


@dataclass
class Visit:
    """What the model knows of one ticket."""

    booking: Booking
    who: int
    state: BookingState = S.BOOKED
    back: BookingState | None = None
    at: datetime | None = None
    arrived: datetime | None = None
    steps: list[BookingState] = field(default_factory=lambda: [S.BOOKED])

    def take(self, state: BookingState, now: datetime) -> None:
        self.back, self.state, self.at = self.state, state, now
        self.arrived = now if state is S.ARRIVED else self.arrived
        self.steps.append(state)


class Office(RuleBasedStateMachine):
    """What happens at a counter, in any order."""

    url: str
    vault: Vault
    everybody: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = Clock()
        self.town = Counter(self.run(self.opened()), self.clock)
        self.visits: dict[int, Visit] = {}
        self.old: list[Visit] = []
        self.run(self.empty())
        for who in range(3):
            self.books(who, 9 + who % 2)
        self.clock.move(hours=24)

    async def opened(self) -> Store:
        return await Store.open(self.url, vault=self.vault, clock=self.clock)

    async def empty(self) -> None:
        for table in EMPTIED:
            await self.town.store.write(lambda db, table=table: db.run(delete(table)))
        cls = type(self)
        cls.everybody = cls.everybody or await self.town.people(3)

    def run(self, work: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.run(self.town.store.close())
        self.loop.close()

    def attempt(self, work: Awaitable[Any]) -> Any:
        try:
            return self.run(work)
        except (BookingOver, AlreadyBooked) as refusal:
            return refusal

    @rule(who=WHO, hour=st.sampled_from([9, 10]))
    def books(self, who: int, hour: int) -> None:
        mine = self.visits.get(who)
        if mine is not None and mine.state.active:
            return
        slot = self.town.slot(days=1, hour=hour, seats=6)
        booked = self.run(self.town.books(self.everybody[who], slot))
        self.old += [mine] if mine else []
        self.visits[who] = Visit(booked, who)

    def marks(self, visit: Visit, state: BookingState, officer: int) -> Awaitable[Any]:
        return self.town.store.write(
            lambda db: counter.mark(db, code=visit.booking.code, state=state, by=f"staff:{officer}")
        )

    @rule(who=WHO, state=STEP)
    def one_officer(self, who: int, state: BookingState) -> None:
        self.marked(self.visits[who], state)

    @rule(state=STEP)
    def an_old_ticket(self, state: BookingState) -> None:
        if self.old:
            self.marked(self.old[-1], state)

    def marked(self, visit: Visit, state: BookingState) -> None:
        done = self.attempt(self.marks(visit, state, 1))
        newer = self.visits[visit.who]
        if visit.state is state:
            assert not done.changed
        elif visit.state not in FOLLOWS[state]:
            assert isinstance(done, BookingOver)
        elif state.active and not visit.state.active and newer is not visit and newer.state.active:
            assert isinstance(done, AlreadyBooked)
        else:
            assert done.changed
            visit.take(state, self.clock.now)

    @rule(who=WHO, state=STEP)
    def two_officers_at_once(self, who: int, state: BookingState) -> None:
        visit = self.visits[who]

        async def both() -> list[Any]:
            two = (self.marks(visit, state, 1), self.marks(visit, state, 2))
            return await asyncio.gather(*two, return_exceptions=True)

        done = self.run(both())
        if visit.state is not state and visit.state not in FOLLOWS[state]:
            assert all(isinstance(one, BookingOver) for one in done)
            return
        assert sum(one.changed for one in done) == (visit.state is not state)
        if visit.state is not state:
            visit.take(state, self.clock.now)

    @rule(officers=st.integers(1, 2))
    def calls_the_next(self, officers: int) -> None:
        line = self.line()

        async def calls() -> list[Any]:
            each = [
                self.town.store.write(
                    lambda db: queue.call_next(db, point="sooko", office=self.town.office, by="staff:1")
                )
                for _ in range(officers)
            ]
            return await asyncio.gather(*each)

        called = {one.booking.id for one in self.run(calls()) if one is not None}
        assert called == {one.booking.id for one in line[:officers]}
        for visit in line[:officers]:
            visit.take(S.CALLED, self.clock.now)

    @rule(who=WHO, state=STEP, minutes=st.sampled_from([0, 9, 10]))
    def takes_back(self, who: int, state: BookingState, minutes: int) -> None:
        self.one_officer(who, state)
        self.clock.move(minutes=minutes)
        visit = self.visits[who]
        undo = self.town.store.write(
            lambda db: visits.undo(db, code=visit.booking.code, by="staff:2", rules=self.town.office)
        )
        done = self.attempt(undo)
        late = visit.at is None or self.clock.now >= visit.at + timedelta(minutes=10)
        if visit.back is None or late:
            assert isinstance(done, BookingOver)
            return
        visit.state, visit.back, visit.at = visit.back, None, self.clock.now
        visit.steps.append(visit.state)
        assert done.state is visit.state

    @rule(minutes=st.sampled_from([1, 9, 11, 60, 24 * 60]))
    def the_clock_moves(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @rule()
    def the_day_is_settled(self) -> None:
        self.run(self.town.store.write(lambda db: counter.run_due(db, self.town.office)))
        today = self.town.office.today(self.clock.now)
        for visit in [*self.visits.values(), *self.old]:
            stepped = self.day(visit.at or visit.booking.starts_at - timedelta(days=1))
            over = visit.state is not S.BOOKED or self.day(visit.booking.starts_at) < today
            if visit.state.active and stepped < today and over:
                visit.take(S.OPEN, self.clock.now)
                visit.back = None

    def day(self, moment: datetime) -> Any:
        return self.town.office.today(moment)

    def line(self) -> list[Visit]:
        today = self.day(self.clock.now)
        here = [
            one
            for one in [*self.visits.values(), *self.old]
            if one.state is S.ARRIVED and self.day(one.at) == today
        ]

        def order(one: Visit) -> Any:
            is_todays = self.day(one.booking.starts_at) == today
            begins = one.booking.starts_at if is_todays else one.arrived
            return begins, one.arrived, one.booking.id

        return sorted(here, key=order)

    @invariant()
    def each_ticket_is_what_the_model_says(self) -> None:
        rows = self.run(self.town.rows(select(booking_rows.c.id, booking_rows.c.state)))
        assert {row.id: row.state for row in rows} == {
            one.booking.id: one.state.value for one in [*self.visits.values(), *self.old]
        }

    @invariant()
    def each_step_is_in_the_history_once(self) -> None:
        rows = self.run(self.town.rows(select(booking_history).order_by(booking_history.c.id)))
        for visit in self.visits.values():
            told = [row.state for row in rows if row.booking_id == visit.booking.id]
            assert told == [one.value for one in visit.steps]

    @invariant()
    def the_waiting_room_is_in_order(self) -> None:
        room = self.run(
            self.town.store.read(lambda db: queue.room(db, point="sooko", office=self.town.office))
        )
        assert [one.booking for one in room.waiting] == [one.booking.id for one in self.line()]


@pytest.mark.hypothesis
@pytest.mark.timeout(max(600, examples(600)))
def test_the_counter_is_what_a_plain_model_says(database_url, vault):
    class OnThisDatabase(Office):
        url = database_url

    OnThisDatabase.vault = vault
    many = database_url.startswith("sqlite")
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=examples(25 if many else 12),
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
