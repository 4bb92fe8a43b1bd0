"""Hari ini: booked, present and missing people of a day, and walk-ins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.console.visits.desk import Visit
from bot.setup.clock import read_day
from bot.setup.holidays import calendar_of
from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.calendar import Calendar
from domain.appointments.dayplan import DayPlan
from domain.appointments.seats import DayLine
from domain.refusals import Refusal
from storage import audit
from storage.appointments import attendance, closures, counter
from storage.appointments.attendance import next_seat
from storage.cards import desk
from storage.ratings import visits
from storage.session import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day at a point."""

    point: str
    on: date

    @property
    def address(self) -> str:
        """Address of its page."""
        return f"/staf?titik={self.point}&hari={self.on.isoformat()}"


async def show(visit: Visit) -> Response:
    """Serve `GET /staf`."""
    return await _page(visit, _day(visit, visit.query))


async def show_list(visit: Visit) -> Response:
    """Serve `GET /staf/hari-ini/daftar`, which the page requests itself."""
    return await _page(visit, _day(visit, visit.query), template="today-list.html")


async def check_in(visit: Visit) -> Response:
    """Serve `POST /staf/hari-ini/datang`: a typed or scanned ticket code or registration number."""
    day, typed = _day(visit, visit.form), visit.form.get("kode", "")
    number = visit.office.number.find(typed)
    if number is not None:
        return await _to_card(visit, day, typed)
    return await _marked(visit, day, lambda: TicketCode.parse(typed), BookingState.SERVED, typed)


async def mark_served(visit: Visit) -> Response:
    """Serve `POST /staf/tiket/{kode}/hadir`."""
    return await _marked(visit, _day(visit, visit.form), partial(_code, visit), BookingState.SERVED)


async def mark_missed(visit: Visit) -> Response:
    """Serve `POST /staf/tiket/{kode}/tidak-hadir`."""
    return await _marked(visit, _day(visit, visit.form), partial(_code, visit), BookingState.NO_SHOW)


async def scan(visit: Visit) -> Response:
    """Serve `POST /staf/hari-ini/pindai`: the code on a picture, as JSON or on the page."""
    picture = visit.files.get("gambar")
    said = await visit.desk.pictures.text_on(await picture.read()) if picture is not None else None
    code = _meant(visit, said or "")
    if "application/json" in visit.request.headers.get("accept", ""):
        return JSONResponse({"code": code})
    fault = "" if code else "tak-terbaca"
    return await _page(visit, _day(visit, visit.form), typed=code, fault=fault, status=200 if code else 422)


async def walk_in(visit: Visit) -> Response:
    """Serve `POST /staf/hari-ini/tanpa-janji`: today's next free seat for a walk-in."""
    day = Day(point=_day(visit, visit.form).point, on=visit.today)
    service = visit.office.service(visit.form.get("layanan", ""))
    if service is None:
        return await _page(visit, day, walk_fault="layanan-kosong", status=422)
    calendar = await visit.store.read(partial(_calendar, visit))
    times = calendar.walk_in_times(day.point, visit.now)
    give = partial(next_seat, slots=times, service=service.id, by=visit.actor)
    try:
        code, slot = await visit.write(give)
    except Refusal as refusal:
        return await _page(visit, day, walk_fault=visit.say(refusal), status=409)
    return await _page(visit, day, given=str(code), given_at=slot.starts_at)


async def _marked(
    visit: Visit, day: Day, read: Callable[[], TicketCode], state: BookingState, typed: str = ""
) -> Response:
    async def mark(db: Writing) -> Any:
        code = read()
        if state is BookingState.SERVED:
            done = await visits.mark_served(db, code=code, by=visit.actor, rules=visit.office.rating)
        else:
            done = await counter.mark(db, code=code, state=state, by=visit.actor)
        booking = done.booking
        await audit.record(db, actor=visit.actor, action=state.value, subject=f"booking:{booking.id}")
        return booking

    try:
        booking = await visit.write(mark)
    except Refusal as refusal:
        return await _page(visit, day, fault=visit.say(refusal), typed=typed, status=422)
    there = Day(point=booking.point, on=visit.office.local(booking.starts_at).date())
    told = "datang" if state is BookingState.SERVED else "tidak-datang"
    if state is BookingState.SERVED and there.on != visit.today:
        told = "datang-lain-hari"
    return visit.go(f"{there.address}&kabar={told}&tiket={booking.code}")


async def _to_card(visit: Visit, day: Day, typed: str) -> Response:
    """Go to the card's page: people who fetch a card show a registration number instead of a ticket."""
    try:
        number = visit.office.number.parse(typed)
    except Refusal as refusal:
        return await _page(visit, day, fault=visit.say(refusal), typed=typed, status=422)
    found = await visit.write(partial(desk.by_number, number=number, member=visit.member.id))
    if not found:
        return await _page(visit, day, fault="tak-ditemukan", typed=typed, status=422)
    return visit.go(f"/staf/register/{found[0].id}?kabar=serahkan")


async def _page(
    visit: Visit, day: Day, *, template: str = "today.html", status: int = 200, **more: Any
) -> Response:
    lines, plan, waiting = await visit.store.read(partial(_read, visit, day))
    shown = {"fault": "", "typed": "", "walk_fault": "", "given": "", "given_at": None}
    return visit.draw(
        template,
        status=status,
        headers={"Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"},
        day=day,
        plan=plan,
        lines=lines,
        now=visit.now,
        waiting=waiting,
        counts={state: sum(line.state is state for line in lines) for state in BookingState},
        services=visit.office.services,
        ticket=visit.query.get("tiket", ""),
        before=day.on - timedelta(days=1),
        after=day.on + timedelta(days=1),
        **{**shown, **more},
    )


async def _read(visit: Visit, day: Day, db: Reading) -> tuple[list[DayLine], DayPlan, int]:
    first = datetime.combine(day.on, time(), visit.office.timezone)
    lines = await attendance.day_list(db, point=day.point, first=first, until=first + timedelta(days=1))
    calendar = await _calendar(visit, db)
    asked = [one for one in await closures.unanswered(db) if visit.member.point in (None, one.point)]
    standing = [line for line in lines if line.state is not BookingState.CANCELLED]
    return standing, calendar.day(day.point, day.on), len(asked)


async def _calendar(visit: Visit, db: Reading) -> Calendar:
    return calendar_of(visit.office, tuple(await closures.closed_times(db)), visit.today)


def _code(visit: Visit) -> TicketCode:
    return TicketCode.parse(visit.request.path_params["kode"])


def _day(visit: Visit, given: Any) -> Day:
    asked = visit.office.point(given.get("titik", ""))
    point = asked.id if asked else visit.member.point or visit.office.points[0].id
    return Day(point=point, on=read_day(given.get("hari", "")) or visit.today)


def _meant(visit: Visit, said: str) -> str:
    """Registration number or ticket code in the text of a picture."""
    number = visit.office.number.find(said)
    if number is not None:
        return number
    try:
        return str(TicketCode.parse(said))
    except Refusal:
        return ""
