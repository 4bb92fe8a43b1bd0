"""Usual ways to book seats: a row per slot with a counter, through SQLAlchemy's asynchronous session."""

import asyncio
from collections import Counter

from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Tables of the baseline."""


class Slot(Base):
    """A time with a number of seats."""

    __tablename__ = "baseline_slots"
    id: Mapped[int] = mapped_column(primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class Booking(Base):
    """A booked seat."""

    __tablename__ = "baseline_bookings"
    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("baseline_slots.id"))
    person: Mapped[int]


def careful(url: str) -> AsyncEngine:
    """A carefully configured engine: durable, and on SQLite with an immediate lock against overselling."""
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_size=10, max_overflow=10)
    engine = create_async_engine(url, pool_size=1, max_overflow=0, connect_args={"timeout": 10})

    @event.listens_for(engine.sync_engine, "connect")
    def _durable(connection, _record):
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _immediately(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def as_it_comes(url: str) -> AsyncEngine:
    """The engine with the library's defaults."""
    return create_async_engine(url)


async def prepared(engine: AsyncEngine, *, capacity: int) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    async with async_sessionmaker(engine)() as session, session.begin():
        session.add(Slot(id=1, capacity=capacity, taken=0))


async def locks_the_row(session: AsyncSession, person: int) -> bool:
    """Lock the slot, check, and take a seat: correct, but serial."""
    slot = (await session.execute(select(Slot).where(Slot.id == 1).with_for_update())).scalar_one()
    if slot.taken >= slot.capacity:
        return False
    slot.taken += 1
    session.add(Booking(slot_id=1, person=person))
    return True


async def reads_then_writes(session: AsyncSession, person: int) -> bool:
    """Count, compare, insert: the obvious way, and wrong."""
    slot = (await session.execute(select(Slot).where(Slot.id == 1))).scalar_one()
    taken = await session.scalar(select(func.count()).select_from(Booking).where(Booking.slot_id == 1))
    if taken >= slot.capacity:
        return False
    session.add(Booking(slot_id=1, person=person))
    return True


async def rush(engine: AsyncEngine, way, *, attempts: int) -> Counter[str]:
    """Run all attempts at once; return outcomes, and the number of booked seats."""
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    outcomes: Counter[str] = Counter()

    async def attempt(person: int) -> None:
        try:
            async with sessions() as session, session.begin():
                got = await way(session, person)
        except DBAPIError:
            outcomes["failed"] += 1
        else:
            outcomes["booked" if got else "full"] += 1

    async with asyncio.TaskGroup() as tasks:
        for person in range(attempts):
            tasks.create_task(attempt(person))
    async with sessions() as session:
        outcomes["given"] = await session.scalar(select(func.count()).select_from(Booking)) or 0
    return outcomes
