"""A day at the counter: expected residents, attendance, walk-ins, and odd chats."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import codec
from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.appointments.dayplan import Slot
from domain.refusals.appointments import AlreadyBooked, BookingOver, NotYourBooking, SlotFull
from storage.appointments import attendance, bookings, views
from storage.appointments.attendance import next_seat
from storage.appointments.views import odd_chats
from storage.ratings import invitations, visits
from storage.schema import errands, looked_up
from tests.storage.appointments.town import SERVICE, Counter
from tests.storage.rows import application


@pytest.fixture
def counter(store, clock) -> Counter:
    return Counter(store, clock)


async def walks_in(counter: Counter, slot: Slot, *, seats: int, **more) -> TicketCode:
    return await counter.store.write(
        lambda db: attendance.walk_in(
            db,
            slot=slot,
            seats=seats,
            service=SERVICE,
            code=TicketCode(counter.next_code()),
            by="staff:1",
            **more,
        )
    )


async def day_of(counter: Counter, slot: Slot):
    first = slot.starts_at.replace(hour=0, minute=0)
    return await counter.store.read(
        lambda db: attendance.day_list(db, point=slot.point, first=first, until=first + timedelta(days=1))
    )


async def serves(db, counter: Counter, code: TicketCode) -> Booking:
    served = await visits.mark_served(db, code=code, by="staff:1", rules=counter.office.rating)
    return served.booking


async def test_the_list_of_the_day_names_nobody_in_full(counter, store):
    sri = await counter.person("sri")
    slot = counter.slot(seats=2)
    number = await store.write(application)
    hold = await counter.holds(sri, slot)
    booked = await store.write(
        lambda db: bookings.confirm(
            db,
            hold=hold.id,
            application=number,
            chat=sri.chat,
            code=TicketCode("ABC234"),
            office=counter.office,
        )
    )
    await store.write(lambda db: attendance.is_coming(db, booking=booked.id))
    walked = await walks_in(counter, slot, seats=2)
    lines = await day_of(counter, slot)
    by_code = {line.code: line for line in lines}
    assert by_code[booked.code].name == "S*** A***"
    assert by_code[booked.code].number == "MJK-261102-0007-Z"
    assert by_code[booked.code].coming
    assert by_code[walked].walked_in
    assert by_code[walked].name is None


async def test_the_share_for_walk_ins_is_theirs_alone(counter):
    sri, budi = await counter.people(2)
    public = counter.slot(seats=1)
    await walks_in(counter, public, seats=2)
    await counter.books(sri, public)
    with pytest.raises(SlotFull):
        await counter.holds(budi, public)
    with pytest.raises(SlotFull):
        await walks_in(counter, public, seats=2)


async def test_walking_in_gives_no_second_appointment(counter):
    sri = await counter.person("sri")
    await counter.books(sri, counter.slot())
    with pytest.raises(AlreadyBooked):
        await walks_in(counter, counter.slot(days=1), seats=2, applicant=sri.applicant)


async def test_a_ticket_is_served_once_and_a_cancelled_one_never(counter, store):
    sri, budi = await counter.people(2)
    slot = counter.slot(seats=2)
    first, second = await counter.books(sri, slot), await counter.books(budi, slot)
    for _ in range(2):
        done = await store.write(lambda db: serves(db, counter, first.code))
        assert done.state is BookingState.SERVED
    await counter.cancels(second)
    with pytest.raises(BookingOver):
        await store.write(lambda db: serves(db, counter, second.code))
    with pytest.raises(NotYourBooking):
        await store.write(lambda db: serves(db, counter, TicketCode("ZZZ222")))


async def test_everybody_concerned_is_invited_to_rate_once(counter, store):
    """A daughter looked it up, her father booked, a neighbour declined to be linked, a stranger did neither."""
    father, daughter, neighbour, _stranger = await counter.people(4)
    number = await store.write(application)
    hold = await counter.holds(father, counter.slot())
    booked = await store.write(
        lambda db: bookings.confirm(
            db,
            hold=hold.id,
            application=number,
            chat=father.chat,
            code=TicketCode("ABC234"),
            office=counter.office,
        )
    )
    for one in (father, daughter, neighbour):
        seen = {"chat_id": one.chat, "application_id": number, "at": counter.clock()}
        await store.write(lambda db, seen=seen: db.run(looked_up.insert(), seen))
    await store.write(lambda db: invitations.decline(db, chat=neighbour.chat, channel="web"))
    for _ in range(2):
        await store.write(lambda db: serves(db, counter, booked.code))
    rows = await counter.rows(
        select(errands.c.chat_id, errands.c.due_at).where(errands.c.conversation == invitations.CONVERSATION)
    )
    soon = [row.chat_id for row in rows if row.due_at == counter.clock() + timedelta(minutes=10)]
    assert sorted(soon) == sorted([father.chat, daughter.chat])
    assert {row.chat_id for row in rows} == {father.chat, daughter.chat}


async def test_a_line_is_found_by_its_code_and_several_by_their_appointments(counter, store):
    sri, budi = await counter.people(2)
    late, early = await counter.books(sri, counter.slot(hour=10)), await counter.books(budi, counter.slot())
    line = await store.read(lambda db: attendance.line_of(db, code=late.code))
    assert (line.booking, line.point, line.state) == (late.id, "sooko", BookingState.BOOKED)
    assert codec.load(type(line), codec.dump(line)) == line
    assert await store.read(lambda db: attendance.line_of(db, code=TicketCode("ZZZ222"))) is None
    listed = await store.read(lambda db: attendance.lines_of(db, of=[late, early]))
    assert [one.code for one in listed] == [early.code, late.code]
    assert await store.read(lambda db: attendance.lines_of(db, of=[])) == []


async def test_a_walk_in_gets_the_next_free_seat_if_any(counter, store):
    """Nine o'clock has one seat to book and one kept for who walks in; ten o'clock has one."""
    sri = await counter.person("sri")
    await counter.books(sri, counter.slot(seats=1))
    slots = [counter.slot(seats=2), counter.slot(hour=10, seats=1)]

    async def comes() -> tuple[TicketCode, Slot]:
        return await store.write(lambda db: next_seat(db, slots=slots, service=SERVICE, by="staff:1"))

    (first, nine), (second, ten) = await comes(), await comes()
    assert (nine, ten) == tuple(slots)
    assert first != second
    for left in (slots, []):
        slots = left
        with pytest.raises(SlotFull):
            await comes()


async def test_the_calendars_list_tells_held_from_booked(counter, clock):
    people = await counter.people(3)
    slot, empty = counter.slot(seats=4), counter.slot(hour=10, seats=4)
    first, second = await counter.books(people[0], slot), await counter.books(people[1], slot)
    await counter.holds(people[2], slot)
    await counter.cancels(second)

    async def listed():
        return await counter.store.read(lambda db: views.slot_counts(db, point="sooko", slots=[slot, empty]))

    nine, ten = await listed()
    assert (nine.seats, nine.held, nine.booked, nine.codes) == (4, 2, 1, (first.code.text,))
    assert (ten.held, ten.booked) == (0, 0)
    clock.move(hours=1)
    nine, _ = await listed()
    assert (nine.held, nine.booked) == (0, 1)


async def test_a_chat_that_books_for_many_people_is_listed(counter):
    trader = await counter.person("calo")
    family = await counter.person("sri")
    await counter.books(family, counter.slot(hour=10))
    for number in range(6):
        somebody = await counter.person(f"korban-{number}")
        through = type(trader)(chat=trader.chat, applicant=somebody.applicant)
        booked = await counter.books(through, counter.slot(hour=11, seats=6))
        if number % 2:
            await counter.store.write(
                lambda db, b=booked: bookings.cancel(
                    db, booking=b.id, by=f"chat:{trader.chat}", reopen_at=db.now
                )
            )
    since = counter.clock() - timedelta(days=1)
    (odd,) = await counter.store.read(lambda db: odd_chats(db, since=since))
    assert (odd.chat, odd.applicants, odd.booked, odd.cancelled) == (trader.chat, 6, 6, 3)


async def test_an_answer_after_the_cancellation_changes_nothing(counter, store):
    booked = await counter.books(await counter.person("sri"), counter.slot())
    await counter.cancels(booked)
    with pytest.raises(BookingOver):
        await store.write(lambda db: attendance.is_coming(db, booking=booked.id))
    line = await store.read(lambda db: attendance.line_of(db, code=booked.code))
    assert (line.state, line.coming) == (BookingState.CANCELLED, False)


async def test_a_walk_ins_code_that_is_taken_is_drawn_anew(counter, store):
    slot, code = counter.slot(seats=2), TicketCode("ABC234")
    walk = {"slot": slot, "seats": 2, "service": SERVICE, "code": code, "by": "staff:1"}
    first, second = [await store.write(lambda db: attendance.walk_in(db, **walk)) for _ in range(2)]
    assert first == code != second
    assert {line.code for line in await day_of(counter, slot)} == {first, second}


async def test_walk_ins_at_several_desks_at_once_get_a_seat_each(counter, store):
    slots = [counter.slot(seats=2), counter.slot(hour=10, seats=3)]
    came = await asyncio.gather(
        *(store.write(lambda db: next_seat(db, slots=slots, service=SERVICE, by="staff:1")) for _ in range(5))
    )
    assert len({code for code, _ in came}) == 5
    assert sorted(slot.starts_at for _, slot in came) == [slots[0].starts_at] * 2 + [slots[1].starts_at] * 3
