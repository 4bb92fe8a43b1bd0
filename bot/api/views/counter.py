"""Appointments and their steps at the counter, the slots of the calendar, and closures."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from bot.api.calls.call import ApiCall
from bot.api.calls.wire import ApiProblem
from bot.api.models.base import cursor_of, place_of
from bot.api.models.counter import (
    AppointmentList,
    AppointmentsAsked,
    AppointmentShown,
    ClosureMade,
    SentClosure,
    SlotList,
    SlotsAsked,
    SlotShown,
    StepShown,
)
from bot.reports.slots import counts
from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.closures import Closure
from domain.appointments.seats import DayLine
from domain.refusals.appointments import BadTicketCode
from domain.staff.roles import WHOLE_OFFICE
from handlers.staff import steps
from handlers.staff.steps import Done, Officer, Result
from storage import audit
from storage.appointments import attendance, closures
from storage.session import Reading, Writing

MOST_DAYS = 31
_SLOTS = timedelta(days=MOST_DAYS - 1)
# Results that leave things as they were, and why; any other one is told as the state of the appointment.
_REFUSED = {
    Result.CANCELLED: "appointment-cancelled",
    Result.SERVED_BEFORE: "appointment-served",
    Result.TOO_EARLY: "appointment-early",
    Result.OTHER_BOOKED: "appointment-other",
}
_AFTER = {
    Result.ARRIVED: BookingState.ARRIVED,
    Result.SERVED: BookingState.SERVED,
    Result.MISSED: BookingState.NO_SHOW,
}
Step = Callable[..., Awaitable[Done]]
Place = tuple[int, int, int]
"""Where a line stands in a day's list: point, time, booking."""


async def show_list(db: Reading, call: ApiCall, query: AppointmentsAsked) -> AppointmentList:
    """List the appointments of a day, by point and time."""
    point, day = call.point(query.point), query.date or call.today
    first = datetime.combine(day, time(), call.office.timezone)
    everywhere = [one.id for one in call.office.points] + [one.id for one in call.office.outreach]
    places = everywhere if point is None else [point]  # a token's point may have left the office file
    masked = not call.token.sees_people
    span: dict[str, Any] = {"first": first, "until": first + timedelta(days=1), "masked": masked}
    after = None if query.cursor is None else _place(query.cursor)

    def place(one: DayLine) -> Place:
        return places.index(one.point), int(one.starts_at.timestamp()), one.booking

    lines = [
        line
        for one in places
        for line in sorted(await attendance.day_list(db, point=one, **span), key=place)
        if after is None or place(line) > after
    ]
    shown, more = lines[: query.limit], len(lines) > query.limit
    if isinstance(db, Writing) and not masked:
        await _note_names(db, call, shown)
    return AppointmentList(
        items=[_line(call, one) for one in shown],
        next=cursor_of(*map(str, place(shown[-1]))) if more else None,
    )


def _place(cursor: str) -> Place:
    """The place of the last line shown, which may be elsewhere by now."""
    parts = place_of(cursor, 3)
    if not all(one.isascii() and one.isdigit() for one in parts):
        raise ApiProblem(422, "cursor", field="cursor")
    point, moment, booking = map(int, parts)
    return point, moment, booking


async def _note_names(db: Writing, call: ApiCall, shown: list[DayLine]) -> None:
    """Write to the audit whose appointments were shown with whole names."""
    for one in shown:
        if one.number is not None:
            subject = f"booking:{one.booking}"
            await audit.record(
                db, actor=call.actor, action="register-seen", subject=subject, details="whole-names"
            )


def _line(call: ApiCall, one: DayLine) -> AppointmentShown:
    return AppointmentShown(
        code=one.code.text,
        point=one.point,
        starts_at=call.time(one.starts_at),
        service=one.service,
        state=one.state,
        walked_in=one.walked_in,
        number=None if one.number is None else call.number(one.number),
        name=one.name,
        coming=one.coming,
        asked_to_move=one.asked_to_move,
        arrived_at=call.maybe_time(one.arrived_at),
        called_at=call.maybe_time(one.called_at),
        desk=one.desk,
    )


async def arrive(db: Writing, call: ApiCall) -> StepShown:
    """Record that the person with a ticket is here and waits to be called."""
    return await _step(db, call, steps.arrive)


async def serve(db: Writing, call: ApiCall) -> StepShown:
    """Record that an appointment was served; the rating is requested as usual."""
    return await _step(db, call, partial(steps.serve, office=call.office))


async def miss(db: Writing, call: ApiCall) -> StepShown:
    """Record that nobody came, at the earliest when the office's rules say so."""
    return await _step(db, call, partial(steps.miss, office=call.office))


async def _step(db: Writing, call: ApiCall, step: Step) -> StepShown:
    try:
        code = TicketCode.parse(call.path["code"])
    except BadTicketCode:
        raise ApiProblem(404, "not-found") from None
    done = await step(db, code=code, officer=Officer(member=call.member, chat=0))
    if done.result is Result.NOT_ALLOWED:
        raise ApiProblem(403, "not-allowed")
    if done.line is None:
        raise ApiProblem(404, "not-found")
    refused = _REFUSED.get(done.result)
    if refused and not (done.result is Result.SERVED_BEFORE and call.endpoint.view is serve):
        raise ApiProblem(409, refused)
    after = _AFTER.get(done.result)
    return StepShown(
        code=done.line.code.text,
        point=done.line.point,
        starts_at=call.time(done.line.starts_at),
        state=after or done.line.state,
        changed=after is not None,
    )


async def show_slots(db: Reading, call: ApiCall, query: SlotsAsked) -> SlotList:
    """List the times of some days with their seats."""
    if not query.first <= query.last <= query.first + _SLOTS:
        raise ApiProblem(422, "days", field="to", details={"most": MOST_DAYS})
    point = call.point(query.point)
    found = await counts(db, office=call.office, first=query.first, last=query.last, only=point)
    return SlotList(
        items=[
            SlotShown(
                point=one.point,
                starts_at=call.time(one.starts_at),
                seats=one.seats,
                held=one.held,
                booked=one.booked,
            )
            for one in found
        ]
    )


async def close(db: Writing, call: ApiCall, body: SentClosure) -> ClosureMade:
    """Close a day of a point, or a part of it; with appointments inside only if the client is sure."""
    point = call.point(body.point)
    call.insist(point or WHOLE_OFFICE)
    first, last = (None if one is None else time.fromisoformat(one) for one in (body.first, body.last))
    if first is not None and last is not None and first >= last:
        raise ApiProblem(422, "span", field="to")
    reason = " ".join(body.reason.split())
    closure = Closure(day=body.date, reason=reason, point=point, starts=first, ends=last)
    if closure.is_over(call.office.local(db.now)):
        raise ApiProblem(422, "day-over", field="date")
    done, inside = await closures.close_if_sure(
        db, closure=closure, zone=call.office.timezone, by=call.actor, sure=body.sure
    )
    if not done:
        raise ApiProblem(409, "closure-booked", field="sure", details={"count": len(inside)})
    return ClosureMade(point=point, date=body.date, appointments=len(inside))
