"""Residents, staff, the clock and crashes against a plain model of seats, on both databases.

used = active ≤ capacity; one active appointment per person; at most one live offer per seat; reminders planned once.
"""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, func, select

from domain.appointments.booking import BookingState
from domain.appointments.closures import Closure
from domain.refusals.appointments import (
    AlreadyBooked,
    BookingOver,
    HoldExpired,
    OfferOver,
    SlotFull,
    SlotGone,
)
from storage.appointments import bookings, closures, offers, seats, waiting
from storage.schema import booking_history, errands
from storage.schema import bookings as booking_rows
from storage.schema import closures as closure_rows
from storage.schema import offers as offer_rows
from storage.schema import seats as seat_rows
from storage.schema import waiting as waiting_rows
from storage.store import Store
from storage.vault import Vault
from tests.storage.appointments.seat_model import Model
from tests.storage.appointments.town import HELD_FOR, SERVICE, Counter, Person
from tests.support.clock import Clock
from tests.support.exploring import examples

PEOPLE, SLOTS = 4, ((3, 1), (4, 1), (5, 2))
WHO, SLOT = st.integers(0, PEOPLE - 1), st.integers(0, len(SLOTS) - 1)
EMPTIED = (offer_rows, waiting_rows, seat_rows, booking_history, booking_rows, closure_rows, errands)


class Crash(Exception):
    """The process dies in the middle of a transaction."""


class Counters(RuleBasedStateMachine):
    """What residents and staff do, in any order."""

    url: str
    vault: Vault

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = Clock()
        self.counter = Counter(self.run(self.opened()), self.clock)
        self.people: list[Person] = self.run(self.people_alone())
        slots = [self.counter.slot(days=days, seats=count) for days, count in SLOTS]
        self.model = Model(self.counter.office, slots)
        self.holds: dict[int, Any] = {}
        self.known: set[int] = set()

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    async def opened(self) -> Store:
        return await Store.open(self.url, vault=self.vault, clock=self.clock)

    async def people_alone(self) -> list[Person]:
        async def empty(db: Any) -> None:
            for table in EMPTIED:
                await db.run(delete(table))

        await self.counter.store.write(empty)
        made = getattr(type(self), "everybody", None)
        type(self).everybody = made or await self.counter.people(PEOPLE)
        return type(self).everybody

    def teardown(self) -> None:
        self.run(self.counter.store.close())
        self.loop.close()

    @property
    def now(self) -> Any:
        return self.clock.now

    def attempt(self, work: Any, *refusals: type[Exception]) -> Any:
        """Do something; what the office refuses is given back."""
        try:
            return self.run(work)
        except refusals as refused:
            return refused

    def place_of(self, hold: int) -> tuple[int, int]:
        query = select(seat_rows.c.starts_at, seat_rows.c.seat_no).where(seat_rows.c.id == hold)
        ((starts_at, number),) = self.run(self.counter.rows(query))
        return next(at for at, slot in enumerate(self.model.slots) if slot.starts_at == starts_at), number

    @rule(who=WHO, slot=SLOT)
    def holds_a_seat(self, who: int, slot: int) -> None:
        held = self.attempt(self.counter.holds(self.people[who], self.model.slots[slot]), SlotFull, SlotGone)
        if not self.model.may_hold(who, slot, self.now):
            assert isinstance(held, SlotFull | SlotGone)
            return
        place = self.place_of(held.id)
        assert 1 <= place[1] <= self.model.slots[slot].seats
        self.model.hold(who, place, held.id, until=self.now + HELD_FOR, now=self.now)
        self.holds[who] = held

    @rule(who=WHO)
    def confirms(self, who: int) -> None:
        if who not in self.holds:
            return
        hold = self.holds[who]
        booked = self.attempt(self.counter.confirms(self.people[who], hold), HoldExpired, AlreadyBooked)
        if hold.id in self.model.confirmed:
            assert booked.id == self.model.confirmed[hold.id]
        elif self.model.held(hold.id, self.now) is None:
            assert isinstance(booked, HoldExpired)
        elif who in self.model.active:
            assert isinstance(booked, AlreadyBooked)
        else:
            self.model.book(who, hold.id, booked.id, booked.code.text, self.now)

    @rule(who=WHO, slot=SLOT)
    def books(self, who: int, slot: int) -> None:
        self.holds_a_seat(who, slot)
        self.confirms(who)

    @rule(who=WHO)
    def moves(self, who: int) -> None:
        mine = self.model.active.get(who)
        if mine is None or who not in self.holds:
            return
        hold = self.holds[who].id
        moved = self.attempt(
            self.counter.store.write(
                lambda db: bookings.move(db, booking=mine.id, to_hold=hold, office=self.counter.office)
            ),
            HoldExpired,
        )
        if hold == mine.hold:
            assert moved.sequence == mine.sequence, "a double tap moves once"
        elif self.model.held(hold, self.now) is None:
            assert isinstance(moved, HoldExpired)
        else:
            reopens = self.reopens(mine.place)
            least, most = self.counter.rules.reopen_seconds
            assert timedelta(seconds=least) <= reopens - self.now <= timedelta(seconds=most)
            self.model.move(who, hold, reopens, self.now)
            assert (moved.code.text, moved.sequence, moved.moves) == (mine.code, mine.sequence, mine.moves)

    def reopens(self, place: tuple[int, int]) -> Any:
        query = select(seat_rows.c.until).where(
            seat_rows.c.starts_at == self.model.slots[place[0]].starts_at, seat_rows.c.seat_no == place[1]
        )
        ((until,),) = self.run(self.counter.rows(query))
        return until

    @rule(who=WHO, minutes=st.sampled_from([0, 5, 30]))
    def cancels(self, who: int, minutes: int) -> None:
        if mine := self.model.active.get(who):
            booked = self.run(self.counter.store.read(lambda db: bookings.booking_now(db, booking=mine.id)))
            self.run(self.counter.cancels(booked, rests=timedelta(minutes=minutes)))
            self.model.ends(who, reopens=self.now + timedelta(minutes=minutes))
            refused = self.attempt(self.counter.cancels(booked), BookingOver)
            assert isinstance(refused, BookingOver)

    @rule(who=WHO, state=st.sampled_from([BookingState.SERVED, BookingState.NO_SHOW]))
    def the_counter_marks(self, who: int, state: BookingState) -> None:
        if mine := self.model.active.get(who):
            booked = self.run(self.counter.store.read(lambda db: bookings.booking_now(db, booking=mine.id)))
            self.run(self.counter.marks(booked, state))
            self.model.ends(who, reopens=self.now if state is BookingState.NO_SHOW else None)

    @rule(who=WHO)
    def waits_for_a_seat(self, who: int) -> None:
        self.clock.move(seconds=1)
        place = self.run(self.counter.waits(self.people[who]))
        assert place == self.model.waits(who, self.now)

    @rule(who=WHO)
    def stops_waiting(self, who: int) -> None:
        left = self.run(
            self.counter.store.write(
                lambda db: waiting.leave(db, applicant=self.people[who].applicant, service=SERVICE)
            )
        )
        assert left == (who in self.model.queue)
        self.model.leaves(who)

    @rule(who=WHO, other=WHO, slot=SLOT)
    def gives_up_what_another_waits_for(self, who: int, other: int, slot: int) -> None:
        self.waits_for_a_seat(other)
        self.books(who, slot)
        self.cancels(who, 30)
        self.the_timers_run()

    @rule(minutes=st.sampled_from([1, 16]))
    def says_no_or_nothing(self, minutes: int) -> None:
        if minutes == 1:
            self.answers_an_offer(yes=False)
        self.clock.move(minutes=minutes)
        self.the_timers_run()

    @rule(yes=st.booleans())
    def answers_an_offer(self, yes: bool) -> None:
        if not self.model.offers:
            return
        row, offered = next(iter(self.model.offers.items()))
        if yes:
            self.accepts(row, offered.who)
        else:
            assert self.run(self.counter.store.write(lambda db: offers.decline(db, offer=row)))
            self.model.answered(row, self.now)

    def accepts(self, row: int, who: int) -> None:
        offered = self.model.offers[row]
        until = self.now + HELD_FOR
        work = self.counter.store.write(
            lambda db: offers.accept(db, offer=row, chat=self.people[who].chat, until=until)
        )
        held = self.attempt(work, OfferOver)
        if offered.until <= self.now or offered.place[0] in self.model.closed:
            assert isinstance(held, OfferOver)
        else:
            del self.model.offers[row]
            self.model.seats[offered.place].until = self.now
            assert self.place_of(held.id) == offered.place
            self.model.hold(who, offered.place, held.id, until=until, now=self.now)
            self.holds[who] = held

    @rule()
    def the_timers_run(self) -> None:
        before = set(self.model.offers)
        self.run(self.counter.chores())
        found = {row.id: row for row in self.run(self.counter.rows(select(offer_rows)))}
        for row in sorted(before):
            if self.model.offers[row].until <= self.now or self.model.offers[row].in_vain:
                assert found[row].state == "lapsed"
                self.model.silence(row, self.now)
        night = self.counter.office.quiet.covers(self.counter.office.local(self.now).time())
        for row in sorted(set(found) - self.known):
            assert not night
            who = self.who_of(found[row].waiting_id)
            slot = next(
                at for at, one in enumerate(self.model.slots) if one.starts_at == found[row].starts_at
            )
            self.model.offer(row, who, (slot, found[row].seat_no), self.now)
        self.known |= set(found)
        if night:
            self.model.sleep(self.now)
        else:
            self.nobody_was_forgotten()
        self.run(self.counter.store.write(lambda db: seats.run_due(db, self.counter.office)))
        self.model.forget_old_seats(self.now)
        self.run(self.counter.store.write(lambda db: closures.run_due(db, self.counter.office)))
        self.model.ask_to_move(self.now)

    def who_of(self, row: int) -> int:
        query = select(waiting_rows.c.applicant_id).where(waiting_rows.c.id == row)
        ((person,),) = self.run(self.counter.rows(query))
        return next(at for at, one in enumerate(self.people) if one.applicant == person)

    def nobody_was_forgotten(self) -> None:
        for place in self.model.seats:
            assert not (self.model.can_be_offered(place, self.now) and self.model.heads(place[0]))

    @rule(slot=SLOT)
    def staff_close_a_day(self, slot: int) -> None:
        day = self.counter.office.local(self.model.slots[slot].starts_at).date()
        self.run(
            self.counter.store.write(
                lambda db: closures.close(
                    db, closure=Closure(day=day), zone=self.counter.office.timezone, by="staff:1"
                )
            )
        )
        self.model.closed.add(slot)
        self.model.ask_to_move(self.now)

    @rule(slot=SLOT)
    def staff_open_it_again(self, slot: int) -> None:
        day = self.counter.office.local(self.model.slots[slot].starts_at).date()
        self.run(
            self.counter.store.write(
                lambda db: closures.open_again(
                    db, closure=Closure(day=day), zone=self.counter.office.timezone, by="staff:1"
                )
            )
        )
        self.model.closed.discard(slot)
        for mine in self.model.active.values():
            if mine.place[0] == slot:
                mine.to_move = False

    @rule(minutes=st.sampled_from([-3, 1, 4, 6, 16, 31, 120, 12 * 60]))
    def the_clock_moves(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @rule()
    def the_process_starts_anew(self) -> None:
        self.run(self.counter.store.close())
        self.counter.store = self.run(self.opened())

    @rule(who=WHO, slot=SLOT)
    def the_process_dies_in_the_middle(self, who: int, slot: int) -> None:
        person = self.people[who]

        async def half(db: Any) -> None:
            until = db.now + HELD_FOR
            await seats.hold_seat(
                db,
                chat=person.chat,
                applicant=person.applicant,
                service=SERVICE,
                slot=self.model.slots[slot],
                until=until,
            )
            raise Crash

        assert self.attempt(self.counter.store.write(half), Crash, SlotFull, SlotGone) is not None
        self.the_process_starts_anew()

    @invariant()
    def seats_are_taken_as_the_model_says(self) -> None:
        rows = self.run(self.counter.rows(select(seat_rows)))
        found: dict[Any, list[str]] = {}
        for row in rows:
            if row.until is None or row.until > self.now:
                found.setdefault(row.starts_at, []).append(row.state)
        for at, slot in enumerate(self.model.slots):
            live = sorted(found.get(slot.starts_at, []))
            assert live == sorted(one.kind for one in self.model.live(at, self.now))
            assert len(live) <= slot.seats
            free = 0 if at in self.model.closed else slot.seats - len(live)
            assert self.run(self.counter.free(slot)) == free

    @invariant()
    def each_person_has_the_one_appointment_that_the_model_says(self) -> None:
        rows = self.run(self.counter.rows(select(booking_rows).where(booking_rows.c.state == "booked")))
        found = {
            row.applicant_id: (row.id, row.code, row.sequence, row.moves, row.to_move_at is not None)
            for row in rows
        }
        assert len(found) == len(rows)
        assert found == {
            self.people[who].applicant: (one.id, one.code, one.sequence, one.moves, one.to_move)
            for who, one in self.model.active.items()
        }

    @invariant()
    def no_seat_and_no_person_has_two_live_offers(self) -> None:
        rows = self.run(self.counter.rows(select(offer_rows).where(offer_rows.c.state == "open")))
        assert {row.id for row in rows} == set(self.model.offers)
        assert len({(row.starts_at, row.seat_no) for row in rows}) == len(rows)
        assert len({row.waiting_id for row in rows}) == len(rows)

    @invariant()
    def reminders_are_planned_once_and_none_is_missing(self) -> None:
        rows = self.run(
            self.counter.rows(select(errands.c.argument).where(errands.c.conversation == "reminder"))
        )
        expected = [one for mine in self.model.active.values() for one in mine.reminders]
        assert sorted(row.argument for row in rows) == sorted(expected)

    @invariant()
    def who_is_asked_to_move_is_asked_once(self) -> None:
        query = select(errands.c.argument, func.count()).where(errands.c.conversation == "rebook")
        for argument, count in self.run(self.counter.rows(query.group_by(errands.c.argument))):
            assert count == 1
            assert int(argument.split(":")[0]) in {one.id for one in self.model.active.values()}


@pytest.mark.hypothesis
@pytest.mark.timeout(max(600, examples(600)))
def test_seats_are_what_a_plain_model_says(database_url, vault):
    class OnThisDatabase(Counters):
        url = database_url

    OnThisDatabase.vault = vault
    many = database_url.startswith("sqlite")
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=examples(40 if many else 10),
            stateful_step_count=40,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
