"""Offers: a seat reserved for one person on the waiting list for a limited time (offering.py makes them).

open → taken | declined | lapsed
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    delete,
    literal_column,
    select,
    text,
    update,
)

from domain.appointments.dayplan import Slot
from domain.appointments.seats import Hold, Offer
from domain.office.booking_rules import BookingRules
from domain.refusals.appointments import OfferOver, SlotFull, SlotGone
from storage.appointments.seat_taking import Taker, take
from storage.schema import offers, seats, waiting
from storage.session import Reading, Writing

PASSED_ON_WITHIN = timedelta(seconds=120)
"""Minimum time that a wanted seat stays closed before and after an offer, so that a slow chore can act."""
_open = text("offers.state = 'open'")
_seat_of_offer = and_(
    seats.c.point == offers.c.point,
    seats.c.starts_at == offers.c.starts_at,
    seats.c.seat_no == offers.c.seat_no,
)
_by_id = (
    select(offers, waiting.c.applicant_id, waiting.c.service, seats.c.ends_at)
    .select_from(offers.join(waiting, waiting.c.id == offers.c.waiting_id).join(seats, _seat_of_offer))
    .where(offers.c.id == bindparam("offer"), _open, offers.c.until > bindparam("now"))
)
_anybody_waits: Select[int] = (
    select(literal_column("1"))
    .where(waiting.c.point == bindparam("point"), text("waiting.state = 'waiting'"))
    .limit(literal_column("1"))
)
_end = update(offers).where(offers.c.id == bindparam("offer"), _open).values(state=bindparam("outcome"))
_rest = (
    update(seats)
    .where(
        seats.c.point == bindparam("at_point"),
        seats.c.starts_at == bindparam("moment"),
        seats.c.seat_no == bindparam("number"),
        seats.c.state == "offered",
    )
    .values(
        state="resting",
        until=case((seats.c.until > bindparam("least"), seats.c.until), else_=bindparam("least")),
    )
)


async def reopens_at(db: Reading, *, point: str, rules: BookingRules) -> datetime:
    """When a seat released now opens to everybody: after the office's random time.

    If anybody waits there, the seat rests at least until it was offered to them.
    """
    least, most = rules.reopen_seconds
    reopens = db.now + timedelta(seconds=least + secrets.randbelow(most - least + 1))
    if await db.scalar(_anybody_waits, {"point": point}) is None:
        return reopens
    return max(reopens, db.now + PASSED_ON_WITHIN)


async def offer_now(db: Reading, *, offer: int) -> Offer | None:
    """An offer that can still be taken, or None."""
    row = await db.one(_by_id, {"offer": offer, "now": db.now})
    if row is None:
        return None
    return Offer(
        id=row.id,
        applicant=row.applicant_id,
        service=row.service,
        point=row.point,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        until=row.until,
    )


async def accept(db: Writing, *, offer: int, chat: int, until: datetime) -> Hold:
    """Turn an offer into a hold of its seat until a moment; confirm it or move to it next.

    Raises:
        OfferOver: it was answered, it expired, or its time was closed.
    """
    row = await db.one(_by_id, {"offer": offer, "now": db.now})
    if row is None or not await end(db, offer=offer, outcome="taken"):
        raise OfferOver
    slot = Slot(row.point, row.starts_at, row.ends_at, row.seat_no)
    mine = delete(seats).where(
        seats.c.point == row.point, seats.c.starts_at == row.starts_at, seats.c.seat_no == row.seat_no
    )
    await db.run(mine.where(seats.c.state == "offered"))
    taker = Taker(state="held", until=until, applicant=row.applicant_id, service=row.service, chat=chat)
    try:
        _, hold = await take(db, slot=slot, numbers=[row.seat_no], taker=taker)
    except (SlotFull, SlotGone) as gone:
        raise OfferOver from gone
    return Hold(
        id=hold,
        applicant=row.applicant_id,
        service=row.service,
        point=row.point,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        until=until,
    )


async def decline(db: Writing, *, offer: int) -> bool:
    """Decline an offer; the place in line stays and the next person is asked. False: it was over."""
    row = await db.one(select(offers).where(offers.c.id == offer))
    if row is None or not await end(db, offer=offer, outcome="declined"):
        return False
    await let_rest(db, row)
    return True


async def end(db: Writing, *, offer: int, outcome: str) -> bool:
    """End an offer once; False: it was over."""
    return bool(await db.run(_end, {"offer": offer, "outcome": outcome}))


async def let_rest(db: Writing, row: Any) -> None:
    """Let the seat of an ended offer rest until it is offered again or reopens."""
    where = {"at_point": row.point, "moment": row.starts_at, "number": row.seat_no}
    await db.run(_rest, {**where, "least": db.now + PASSED_ON_WITHIN})
