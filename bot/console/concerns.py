"""The point that a request concerns; the gate checks it before anything is shown or changed."""

from bot.console.pages.announce import job_of
from bot.console.pages.announcements import announcement_of
from bot.console.pages.people import colleague_of
from bot.console.pages.talks import handover_of
from bot.console.visits.desk import Visit, or_404
from domain.appointments.booking import TicketCode
from domain.refusals.appointments import BadTicketCode, NotYourBooking
from domain.staff.roles import WHOLE_OFFICE
from storage.announcements.records import point_of
from storage.appointments.booking_rows import by_code
from storage.cards import desk


async def of_query(visit: Visit) -> str | None:
    """Point of the address; None: the member's own, which needs no check."""
    return _known(visit, visit.query.get("titik", ""))


async def of_field(visit: Visit) -> str | None:
    """Point of the form; without one the whole office."""
    return _known(visit, visit.form.get("titik", "")) or WHOLE_OFFICE


async def of_everything(_visit: Visit) -> str:
    """The whole office."""
    return WHOLE_OFFICE


async def of_application(visit: Visit) -> str | None:
    """Point of the application in the address."""
    return or_404(await visit.store.read(desk.point_of, application=visit.path_id()))[0]


async def of_ticket(visit: Visit) -> str | None:
    """Point of the appointment whose code is in the address or form; the page's point without one."""
    try:
        code = TicketCode.parse(visit.request.path_params.get("kode") or visit.form.get("kode", ""))
        row = await visit.store.read(by_code, code=code)
    except (BadTicketCode, NotYourBooking):
        return await of_query_or_field(visit)
    point: str = row.point
    return point


async def of_query_or_field(visit: Visit) -> str | None:
    """Point that the page shows, sent with its forms."""
    return _known(visit, visit.form.get("titik", "") or visit.query.get("titik", ""))


async def of_order(visit: Visit) -> str | None:
    """Point of a new announcement; a list's points are checked at its release."""
    return None if visit.form.get("sumber") == "berkas" else await of_field(visit)


async def of_announcement(visit: Visit) -> str | None:
    """Point of the announcement in the address."""
    return point_of(await announcement_of(visit))


async def of_announce_job(visit: Visit) -> str | None:
    """Point of the announcement whose job is in the address."""
    argument = (await job_of(visit)).argument
    return None if argument["listed"] else argument["audience"]["point"] or WHOLE_OFFICE


async def of_handover(visit: Visit) -> str | None:
    """Point of the handover in the address."""
    return (await handover_of(visit)).point


async def of_colleague(visit: Visit) -> str | None:
    """Point of the member of staff in the address."""
    return (await colleague_of(visit)).point or WHOLE_OFFICE


def _known(visit: Visit, point: str) -> str | None:
    return or_404(visit.office.point(point)).id if point else None
