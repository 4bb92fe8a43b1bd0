"""Hari ini: booked, present, served and missing people of a day; counter.py records what becomes of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.console.visits.desk import Visit
from bot.setup.clock import read_day
from bot.setup.holidays import calendar_of
from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.dayplan import DayPlan
from domain.appointments.seats import DayLine
from domain.refusals import Refusal
from domain.staff.roles import Action
from storage.appointments import attendance, closures
from storage.appointments.queue import WaitingRoom, room
from storage.cards import pickups
from storage.cards.pickups import Span
from storage.session import Reading

_COLUMNS = (
    "jam", "kode", "nama", "layanan", "no_registrasi", "tanpa_janji", "keadaan", "datang", "dipanggil", "loket",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day at a point."""

    point: str
    on: date

    @property
    def address(self) -> str:
        """Address of its page."""
        return f"/staf?titik={self.point}&hari={self.on.isoformat()}"


def span_of(visit: Visit, day: Day, *, days: int = 1) -> Span:
    """Days of a point's calendar, from a day on."""
    first = datetime.combine(day.on, time(), visit.office.timezone)
    elsewhere = visit.office.points[0].id
    return Span(point=day.point, elsewhere=elsewhere, first=first, until=first + timedelta(days=days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a day's page shows.

    `called` counts the cards that announcements call to a window of the day; `ticket` is the one whose step was
    just recorded.
    """

    lines: list[DayLine]
    plan: DayPlan
    next_day: date | None
    unanswered: int
    room: WaitingRoom
    left_open: list[DayLine]
    called: dict[tuple[datetime, datetime], int]
    ticket: DayLine | None


async def show(visit: Visit) -> Response:
    """Serve `GET /staf`; without a day, a closed one on which nothing waits leads to the next open one."""
    day = asked_day(visit, visit.query)
    seen = await visit.store.read(_read, visit, day)
    waits = seen.lines or seen.left_open or seen.room.waiting or seen.room.called
    if seen.next_day and not waits and not visit.query.keys() & {"hari", "kabar"}:
        return visit.go(f"{Day(point=day.point, on=seen.next_day).address}&kabar=hari-tutup")
    return _draw(visit, day, seen)


async def show_list(visit: Visit) -> Response:
    """Serve `GET /staf/hari-ini/daftar`, which the page requests itself."""
    return await page(visit, asked_day(visit, visit.query), template="today-list.html")


async def download(visit: Visit) -> Response:
    """Serve `GET /staf/hari-ini/jadwal.csv`: the day's list, with masked names as on the page."""
    day = asked_day(visit, visit.query)
    seen = await visit.store.read(_read, visit, day)
    return visit.table(
        f"jadwal-{day.point}-{day.on}.csv", [_COLUMNS, *(_row(visit, line) for line in seen.lines)]
    )


async def scan(visit: Visit) -> Response:
    """Serve `POST /staf/hari-ini/pindai`: the code on a picture, as JSON or on the page."""
    picture = visit.files.get("gambar")
    said = await visit.desk.pictures.text_on(await picture.read()) if picture is not None else None
    code = _meant(visit, said or "")
    if "application/json" in visit.request.headers.get("accept", ""):
        return JSONResponse({"code": code})
    fault = "" if code else "tak-terbaca"
    return await page(
        visit, asked_day(visit, visit.form), typed=code, fault=fault, status=200 if code else 422
    )


async def page(
    visit: Visit, day: Day, *, template: str = "today.html", status: int = 200, **more: Any
) -> Response:
    """Draw a day; `more` holds what went wrong with a form."""
    seen = await visit.store.read(_read, visit, day)
    return _draw(visit, day, seen, template=template, status=status, **more)


def _draw(
    visit: Visit, day: Day, seen: Seen, *, template: str = "today.html", status: int = 200, **more: Any
) -> Response:
    shown = {"fault": "", "typed": "", "walk_fault": "", "elsewhere": ""}
    return visit.draw(
        template,
        status=status,
        headers={"Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"},
        day=day,
        seen=seen,
        now=visit.now,
        missed_at=visit.office.booking.missed_at,
        counts={state: sum(line.state is state for line in seen.lines) for state in BookingState},
        services=visit.office.services,
        desk=desk_of(visit.form) or desk_of(visit.query) or _desk_of_computer(visit),
        before=day.on - timedelta(days=1),
        after=day.on + timedelta(days=1),
        **{**shown, **more},
    )


async def _read(db: Reading, visit: Visit, day: Day) -> Seen:
    first = datetime.combine(day.on, time(), visit.office.timezone)
    lines = await attendance.day_list(db, point=day.point, first=first, until=first + timedelta(days=1))
    calendar = calendar_of(visit.office, tuple(await closures.closed_times(db)), visit.today)
    asked = [one for one in await closures.unanswered(db) if visit.member.point in (None, one.point)]
    plan, is_today = calendar.day(day.point, day.on), day.on == visit.today
    here = (
        await room(db, point=day.point, office=visit.office)
        if is_today
        else WaitingRoom(waiting=(), called=())
    )
    left = await attendance.left_open(db, point=day.point, office=visit.office) if is_today else []
    return Seen(
        lines=[line for line in lines if line.state is not BookingState.CANCELLED],
        plan=plan,
        next_day=calendar.next_open_day(day.point, day.on) if plan.closed_because else None,
        unanswered=len(asked),
        room=here,
        left_open=left,
        called=await pickups.called_by_window(db, span=span_of(visit, day)),
        ticket=await _ticket(db, visit),
    )


async def _ticket(db: Reading, visit: Visit) -> DayLine | None:
    """Appointment that the address names, if it is of a point where the member works."""
    try:
        line = await attendance.line_of(db, code=TicketCode.parse(visit.query.get("tiket", "")))
    except Refusal:
        return None
    return line if line is not None and visit.may(Action.SERVE, line.point) else None


def _row(visit: Visit, line: DayLine) -> list[str]:
    begins, arrived, called = (
        f"{visit.office.local(moment):%H:%M}" if moment else ""
        for moment in (line.starts_at, line.arrived_at, line.called_at)
    )
    service, walked_in = visit.desk.drawing.service(line.service), "ya" if line.walked_in else ""
    state = visit.desk.drawing.words("bookings")[line.state.value]
    facts = [begins, str(line.code), line.name or "", service, line.number or "", walked_in]
    return [*facts, state, arrived, called, str(line.desk or "")]


def desk_of(given: Any) -> int | None:
    """Number of the desk that an address or form names."""
    typed = given.get("loket", "").strip()
    known = typed.isascii() and typed.isdigit() and len(typed) <= len("99")
    return int(typed) or None if known else None


def _desk_of_computer(visit: Visit) -> int | None:
    """Number of the desk that was last typed on this computer."""
    return desk_of({"loket": visit.request.cookies.get(visit.desk.jar.desk, "")})


def asked_day(visit: Visit, given: Any) -> Day:
    """Point and day that an address or form names."""
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
