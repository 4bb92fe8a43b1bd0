"""The demo's office in mid-life: what every page shows on any day, made by the office's own rules."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from bot.importing.run import import_register
from bot.jobs.imports import KIND
from bot.setup.office_file import load_office, texts_of
from demo.filling import APPROVER, OFFICER
from demo.life.filling import live
from demo.life.imports import console_files, import_at_the_console
from demo.life.people import cards_of
from demo.life.timeline import ShiftedClock
from demo.register import made_up, samples, write
from domain.announcements.announcement import State
from domain.appointments.booking import BookingState
from domain.staff.roles import Role
from storage.announcements.records import every
from storage.appointments.attendance import day_list
from storage.cards import pickups
from storage.cards.pickups import Span
from storage.handovers import views
from storage.people.addresses import address_of, leads_nowhere
from storage.schema import applications, booking_history, bookings, cases, chats, seats, waiting
from storage.staff import jobs, staff
from storage.staff.templates import templates_of
from storage.store import Store

OFFICE = load_office(None)
WEEKDAY, SUNDAY, NIGHT = (
    datetime(2026, 11, 25, 3, 30, tzinfo=UTC),
    datetime(2026, 11, 29, 6, 0, tzinfo=UTC),
    datetime(2026, 11, 25, 21, 0, tzinfo=UTC),
)
COUNT, FEW = 1000, 400  # of applications: enough for every kind


async def fill(store, now, folder, *, count=COUNT):
    """An office of this moment; returns the day."""
    clock = ShiftedClock(lambda: now)
    store.clock = clock
    day = OFFICE.today(now)
    made = made_up(OFFICE, day, count=count)
    rows = [row for row, _ in made]
    write(rows, folder / "register.csv")
    await import_register(store, folder / "register.csv", office=OFFICE, texts=texts_of(OFFICE))

    async def invite(db):
        for name, role in ((APPROVER, Role.APPROVER), (OFFICER, Role.OFFICER), ("Admin", Role.ADMIN)):
            point = "sooko" if role is Role.OFFICER else None
            await staff.invite(db, name=name, role=role, point=point, actor="system")

    if await store.read(partial(staff.find, name=OFFICER)) is None:
        await store.write(invite)
    cards = await store.read(partial(cards_of, made=made, office=OFFICE, day=day))
    await live(store, clock, cards, office=OFFICE, day=day, officer=OFFICER, approver=APPROVER)
    return day


@pytest.fixture(scope="module")
def filled():
    """Offices that were filled already: a database file for each moment."""
    return {}


@pytest.fixture
async def office_at(filled, vault, tmp_path):
    """Opens an office of a moment, filled once for all tests, and returns it with its day."""
    stores = []

    async def opened(now):
        file = tmp_path / f"{now:%d-%H}.db"
        if now in filled:
            file.write_bytes(filled[now])
        store = await Store.open(f"sqlite+aiosqlite:///{file}", vault=vault, clock=lambda: now)
        stores.append(store)
        if now not in filled:
            await store.migrate()
            await fill(store, now, tmp_path)
            await store.close()
            filled[now] = file.read_bytes()
            return await opened(now)
        return store, OFFICE.today(now)

    yield opened
    for store in stores:
        await store.close()


async def rows_of(store, table):
    return await store.read(lambda db: db.rows(select(table)))


async def lines_on(store, day, point="sooko"):
    first = datetime.combine(day, time(), OFFICE.timezone)
    return await store.read(partial(day_list, point=point, first=first, until=first + timedelta(days=1)))


@pytest.mark.parametrize("now", [WEEKDAY, SUNDAY, NIGHT], ids=["weekday", "sunday", "night"])
async def test_every_page_has_something_to_show(office_at, now):
    store, day = await office_at(now)
    ahead = [await lines_on(store, day + timedelta(days=n)) for n in range(4)]
    assert sum(map(len, ahead)) > 12
    kept = {row.state for row in await rows_of(store, bookings)}
    assert kept >= {"booked", "served"}
    if now is WEEKDAY:
        assert {line.state for line in ahead[0]} >= {BookingState.SERVED, BookingState.BOOKED}
        assert "arrived" in kept
    assert "waiting" in {row.state for row in await rows_of(store, waiting)}
    of_residents = await rows_of(store, cases)
    assert {row.state for row in of_residents} == {"open", "answered", "closed"}
    assert all(row.due_on.weekday() < 5 for row in of_residents), "due days are working days"
    told = await store.read(every)
    assert {one.state for one in told} == {State.DRAFT, State.PLANNED, State.SENDING, State.FINISHED}
    assert sum(bool(one.note) for one in told) == 1
    midnight = datetime.combine(day, time(), OFFICE.timezone)
    week = Span(point="sooko", elsewhere="sooko", first=midnight, until=midnight + timedelta(days=7))
    assert await store.read(partial(pickups.called_by_window, span=week))
    for kind in ("reply", "announcement"):
        assert await store.read(partial(templates_of, kind=kind))
    officer = await store.read(partial(staff.find, name=OFFICER))
    talks = await store.read(partial(views.living, member=officer))
    assert sorted(one.state for one in talks) == ["taken", "waiting"]
    assert next(one for one in talks if one.state == "taken").is_held_by(officer.id)


async def test_somebody_waits_early_in_the_morning(office_at):
    store, day = await office_at(datetime(2026, 11, 26, 1, 20, tzinfo=UTC))  # twenty past eight
    states = [line.state for line in await lines_on(store, day)]
    assert states.count(BookingState.ARRIVED) >= 2


async def test_made_up_people_keep_the_rules_and_cannot_be_written_to(office_at):
    store, day = await office_at(WEEKDAY)
    made = await rows_of(store, bookings)
    active = Counter((row.applicant_id, row.service) for row in made if row.state == "booked")
    assert max(active.values()) == 1
    lead = timedelta(minutes=OFFICE.booking.lead_minutes)
    for row in made:
        assert row.booked_at <= WEEKDAY
        assert OFFICE.local(row.starts_at).weekday() < 5
        assert row.walked_in or row.booked_at + lead <= row.starts_at
    booked = {row.booking_id for row in await rows_of(store, seats) if row.state == "booked"}
    assert booked >= {row.id for row in made if row.state == "booked"}
    assert all(row.at <= WEEKDAY for row in await rows_of(store, booking_history))
    printed = {one.number for one in samples(row for row, _ in made_up(OFFICE, day, count=COUNT))}
    known = {row.id for row in await rows_of(store, applications) if row.number in printed}
    assert len(known) == 3
    assert not known & {row.application_id for row in made}
    for row in await rows_of(store, chats):
        _, _, address = await store.read(partial(address_of, chat=row.id))
        assert leads_nowhere(address)


async def test_a_second_filling_adds_nothing(store, tmp_path):
    day = await fill(store, WEEKDAY, tmp_path, count=FEW)
    first = await lines_on(store, day)
    counted = {table.name: len(await rows_of(store, table)) for table in (bookings, cases, chats)}
    await fill(store, WEEKDAY + timedelta(hours=1), tmp_path, count=FEW)
    assert await lines_on(store, day) == first
    assert counted == {table.name: len(await rows_of(store, table)) for table in (bookings, cases, chats)}
    assert len(await store.read(every)) == 6


async def test_the_same_moment_gives_the_same_appointments(vault, tmp_path):
    shown = []
    for name in ("one", "two"):
        store = await Store.open(
            f"sqlite+aiosqlite:///{tmp_path}/{name}.db", vault=vault, clock=lambda: WEEKDAY
        )
        await store.migrate()
        day = await fill(store, WEEKDAY, tmp_path, count=FEW)
        lines = await lines_on(store, day)
        shown.append(sorted((one.starts_at, one.code.text, one.number, one.state) for one in lines))
        await store.close()
    assert shown[0] == shown[1] != []


async def test_the_consoles_files_are_imported_with_refused_rows(store, tmp_path):
    clock = ShiftedClock(lambda: WEEKDAY)
    store.clock = clock
    day = OFFICE.today(WEEKDAY)
    rows = [row for row, _ in made_up(OFFICE, day, count=120)]
    await store.write(lambda db: staff.invite(db, name="Admin", role=Role.ADMIN, actor="system"))
    earlier, newest = console_files(rows, day)
    await import_at_the_console(store, clock, earlier, newest, office=OFFICE, day=day, by="Admin")
    written, checked, before = await store.read(partial(jobs.recent, kind=KIND))
    assert [job.state for job in (written, checked, before)] == ["done"] * 3
    assert (written.outcome["new"], written.outcome["refused"]) == (len(newest), 5)
    assert checked.outcome["refused"] == 5
    assert before.outcome["refused"] == 2
    assert before.created_at < written.created_at
    assert await store.read(partial(jobs.has_file, job=written.id, name=jobs.REFUSED))
