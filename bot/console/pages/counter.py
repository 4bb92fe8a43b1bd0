"""Loket: arrived, called, served, missed, and [Batalkan]; each form of the day's page leads back to it."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.responses import Response

from bot.console.pages.today import Day, asked_day, desk_of, page
from bot.console.visits.desk import Visit
from bot.setup.holidays import calendar_of
from domain.appointments.booking import TicketCode
from domain.people.nik import find_nik
from domain.refusals import Refusal, SlotFull
from domain.staff.roles import Action
from handlers.staff import steps
from handlers.staff.steps import Done, Officer, Result
from storage.appointments import closures
from storage.appointments.attendance import next_seat
from storage.cards import desk

_DESK_SECONDS = 12 * 3600

Step = Callable[..., Awaitable[Done]]


async def check_in(visit: Visit) -> Response:
    """Serve `POST /staf/hari-ini/datang`: a typed or scanned ticket code or registration number."""
    typed = visit.form.get("kode", "")
    if visit.office.number.find(typed) is not None:
        return await _to_card(visit, asked_day(visit, visit.form), typed)
    if find_nik(typed):
        return await page(visit, asked_day(visit, visit.form), fault="itu-nik", status=422)
    return await _step(visit, steps.arrive, typed)


async def arrive(visit: Visit) -> Response:
    """Serve `POST /staf/tiket/{kode}/hadir`."""
    return await _step(visit, steps.arrive)


async def serve(visit: Visit) -> Response:
    """Serve `POST /staf/tiket/{kode}/selesai`."""
    return await _step(visit, partial(steps.serve, office=visit.office))


async def miss(visit: Visit) -> Response:
    """Serve `POST /staf/tiket/{kode}/tidak-hadir`."""
    return await _step(visit, partial(steps.miss, office=visit.office))


async def take_back(visit: Visit) -> Response:
    """Serve `POST /staf/tiket/{kode}/batalkan`."""
    return await _step(visit, partial(steps.take_back, office=visit.office))


async def call(visit: Visit) -> Response:
    """Serve `POST /staf/hari-ini/panggil`: the next person who waits."""
    day = Day(point=asked_day(visit, visit.form).point, on=visit.today)
    called = await visit.write(
        steps.call, point=day.point, officer=_officer(visit), office=visit.office, desk=desk_of(visit.form)
    )
    answer = _back(visit, day, called)
    # The desk is kept on this computer; without a number, it is forgotten.
    number, jar = desk_of(visit.form), visit.desk.jar
    seconds = _DESK_SECONDS if number else 0
    kept = jar.header(jar.desk, str(number or ""), max_age_seconds=seconds, strict=True)
    answer.headers.append("Set-Cookie", kept)
    return answer


async def walk_in(visit: Visit) -> Response:
    """Serve `POST /staf/hari-ini/tanpa-janji`: today's next free seat for a walk-in."""
    day = Day(point=asked_day(visit, visit.form).point, on=visit.today)
    service = visit.office.service(visit.form.get("layanan", ""))
    if service is None:
        return await page(visit, day, walk_fault="layanan-kosong", status=422)
    closed = tuple(await visit.store.read(closures.closed_times))
    times = calendar_of(visit.office, closed, visit.today).walk_in_times(day.point, visit.now)
    try:
        code, _ = await visit.write(next_seat, slots=times, service=service.id, by=visit.actor)
    except SlotFull as full:
        return await page(visit, day, walk_fault=visit.say(full), status=409)
    return visit.go(f"{day.address}{_desk(visit)}&kabar=kursi&tiket={code}")


async def _step(visit: Visit, step: Step, typed: str | None = None) -> Response:
    """Take a step with the ticket of the address, or the typed one."""
    day = asked_day(visit, visit.form)
    given = visit.request.path_params["kode"] if typed is None else typed
    try:
        done = await visit.write(step, code=TicketCode.parse(given), officer=_officer(visit))
    except Refusal as refusal:
        return await page(visit, day, fault=visit.say(refusal), typed=typed or "", status=422)
    if done.result is Result.NOT_ALLOWED:
        return await page(visit, day, fault="titik-lain", elsewhere=done.elsewhere, typed=given, status=403)
    if done.line is None:
        return await page(visit, day, fault="tiket-tak-dikenal", typed=given, status=422)
    return _back(visit, day, done)


def _back(visit: Visit, day: Day, done: Done) -> Response:
    """Lead to the page of the ticket's day, which tells what was recorded."""
    told = str(done.result)
    if done.line is None:
        return visit.go(f"{day.address}{_desk(visit)}&kabar={told}")
    there = Day(point=done.line.point, on=visit.office.local(done.line.starts_at).date())
    if done.result is Result.ARRIVED and there != Day(point=day.point, on=visit.today):
        told = "arrived-elsewhere"
    return visit.go(f"{there.address}{_desk(visit)}&kabar={told}&tiket={done.line.code}")


async def _to_card(visit: Visit, day: Day, typed: str) -> Response:
    """Go to the card's page: people who fetch a card show a registration number instead of a ticket."""
    try:
        number = visit.office.number.parse(typed)
    except Refusal as refusal:
        return await page(visit, day, fault=visit.say(refusal), typed=typed, status=422)
    found = await visit.write(desk.by_number, number=number, member=visit.member.id)
    if not found:
        return await page(visit, day, fault="tak-ditemukan", typed=typed, status=422)
    (card,) = found
    if not visit.may(Action.SEE_REGISTER, card.point):
        return await page(visit, day, fault="kartu-titik-lain", elsewhere=card.point, typed=typed, status=403)
    return visit.go(f"/staf/register/{card.id}?kabar=serahkan")


def _officer(visit: Visit) -> Officer:
    return Officer(member=visit.member, chat=0)


def _desk(visit: Visit) -> str:
    """The officer's desk as part of an address, so that it is typed once."""
    number = desk_of(visit.form)
    return f"&loket={number}" if number else ""
