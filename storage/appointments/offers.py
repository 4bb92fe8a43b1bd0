"""Offers: a freed seat is offered to the person who has waited longest, one person at a time.

open → taken | declined | lapsed

Only resting seats are offered: cancelled, moved away from, or offered without success (storage/appointments/seats.py).
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
    exists,
    literal_column,
    or_,
    select,
    text,
    update,
)

from domain.appointments.dayplan import Slot
from domain.appointments.seats import Hold, Offer
from domain.office.booking_rules import BookingRules
from domain.office.hours import after_quiet
from domain.office.office import Office
from domain.refusals.appointments import OfferOver, SlotFull, SlotGone
from storage.appointments import reminders
from storage.appointments.seats import Taker, rest_until, take
from storage.appointments.undo import UNDO_WITHIN, can_be_undone
from storage.ids import new_id
from storage.post import errands
from storage.schema import chats, closures, of_row, offers, seats, waiting
from storage.session import ByDialect, Reading, Writing, insert_for

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
    return of_row(Offer, row, applicant=row.applicant_id)


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
    return of_row(Hold, row, id=hold, applicant=row.applicant_id, until=until)


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


_MOST_SILENCES = 2  # after so many unanswered offers a person leaves the list


_other = offers.alias("other")
_over = (
    select(offers, waiting.c.chat_id)
    .select_from(offers.join(waiting, waiting.c.id == offers.c.waiting_id))
    .where(_open, or_(offers.c.until <= bindparam("now"), waiting.c.state != "waiting"))
    .order_by(offers.c.until)
    .limit(literal_column("1"))
    .with_for_update(of=offers, skip_locked=True)
)
_to_the_end = (
    update(waiting)
    .where(waiting.c.id == bindparam("who"), text("waiting.state = 'waiting'"))
    .values(
        queued_at=bindparam("now"),
        silences=waiting.c.silences + literal_column("1"),
        state=case((waiting.c.silences >= _MOST_SILENCES - 1, "left"), else_="waiting"),
    )
)
_suits = and_(
    waiting.c.point == seats.c.point,
    text("waiting.state = 'waiting'"),
    waiting.c.wanted_from <= seats.c.starts_at,
    waiting.c.wanted_until > seats.c.starts_at,
    ~exists().where(_other.c.waiting_id == waiting.c.id, _other.c.state == "open"),
    # Nobody is asked again about a time that they declined or did not answer.
    ~exists().where(
        _other.c.waiting_id == waiting.c.id,
        _other.c.point == seats.c.point,
        _other.c.starts_at == seats.c.starts_at,
    ),
)
_closed = exists().where(
    closures.c.opened_at.is_(None),
    or_(closures.c.point.is_(None), closures.c.point == seats.c.point),
    closures.c.starts_at < seats.c.ends_at,
    closures.c.ends_at > seats.c.starts_at,
)
_next = (
    select(
        *seats.c["point", "starts_at", "seat_no"],
        seats.c.id.label("seat"),
        waiting.c.id.label("who"),
        waiting.c.chat_id,
    )
    .select_from(seats.join(waiting, _suits).join(chats, chats.c.id == waiting.c.chat_id))
    .where(
        seats.c.state == "resting",
        text("seats.until IS NOT NULL"),
        seats.c.until > bindparam("now"),
        seats.c.starts_at >= bindparam("earliest"),
        chats.c.stopped_at.is_(None),
        ~_closed,
        ~can_be_undone,
    )
    .order_by(seats.c.until, seats.c.id, waiting.c.queued_at, waiting.c.id)
    .limit(literal_column("1"))
    .with_for_update(of=seats, skip_locked=True)
)
_any_rests: Select[int] = (
    select(literal_column("1"))
    .where(
        text("seats.until IS NOT NULL"),
        seats.c.until > bindparam("now"),
        seats.c.state == "resting",
        seats.c.starts_at >= bindparam("earliest"),
        ~can_be_undone,
    )
    .select_from(seats)
    .limit(literal_column("1"))
)
_lock_waiter = (
    select(waiting.c.id)
    .where(waiting.c.id == bindparam("who"), text("waiting.state = 'waiting'"))
    .with_for_update(of=waiting)
)
_insert = ByDialect(lambda dialect: insert_for(dialect, offers).on_conflict_do_nothing())
_offer_seat = (
    update(seats)
    .where(seats.c.id == bindparam("seat"), seats.c.state == "resting")
    .values(
        state="offered",
        until=case((seats.c.until > bindparam("least"), seats.c.until), else_=bindparam("least")),
    )
)


async def run_due(db: Writing, office: Office) -> bool:
    """End one unanswered offer, or make one; True: there may be more to do.

    No offers in quiet hours: a seat that somebody waits for rests until the morning instead of reopening.
    """
    if await _lapse_one(db):
        return True
    if (morning := after_quiet(db.now, office)) > db.now:
        await rest_until(db, moment=morning + PASSED_ON_WITHIN)
        return False
    return await _offer_one(db, office)


async def _lapse_one(db: Writing) -> bool:
    row = await db.one(_over, {"now": db.now})
    if row is None or not await end(db, offer=row.id, outcome="lapsed"):
        return False
    await let_rest(db, row)
    untold = await errands.withdraw(db, conversation=reminders.OFFER, argument=str(row.id))
    if not untold:  # a person whose question never went out keeps the place
        await db.run(_to_the_end, {"who": row.waiting_id, "now": db.now})
    return True


async def _offer_one(db: Writing, office: Office) -> bool:
    """Offer one seat to the first in line; lock the chat before the waiting row, as turns do."""
    rules = office.booking
    good_for = timedelta(seconds=rules.offer_seconds)
    earliest = db.now + timedelta(minutes=rules.lead_minutes) + good_for
    when = {"now": db.now, "earliest": earliest, "undone_since": db.now - UNDO_WITHIN}
    if await db.scalar(_any_rests, when) is None or (row := await db.one(_next, when)) is None:
        return False
    offer, until = new_id(), db.now + good_for
    about = {"conversation": reminders.OFFER, "argument": str(offer), "chat": row.chat_id}
    await errands.plan(db, **about, due_at=db.now, until=until)
    if await db.one(_lock_waiter, {"who": row.who}) is None or not await _made(db, offer, row, until):
        await errands.withdraw(db, **about)
    return True


async def _made(db: Writing, offer: int, row: Any, until: datetime) -> bool:
    values = {"id": offer, "waiting_id": row.who, "point": row.point, "starts_at": row.starts_at}
    values |= {"seat_no": row.seat_no, "made_at": db.now, "until": until, "state": "open"}
    if not await db.run(_insert[db.dialect], values):
        return False
    await db.run(_offer_seat, {"seat": row.seat, "least": until + PASSED_ON_WITHIN})
    return True
