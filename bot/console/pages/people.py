"""Petugas: members of staff with their roles."""

from collections.abc import Sequence

from starlette.responses import Response

from bot.console.visits.desk import Visit, or_404
from domain.staff.roles import WHOLE_OFFICE, Action, Role, StaffMember
from storage.staff import staff
from storage.staff.sessions import count_open
from storage.staff.staff import CODE_LASTS, LONGEST_NAME

_ALIKE = 85  # per cent: "Rini Astuti" and "Rini Hastuti", not "Rini" and "Dini"


async def show(
    visit: Visit,
    *,
    faults: dict[str, str] | None = None,
    alike: Sequence[str] = (),
    invited: str = "",
    code: str = "",
    told: str = "",
    status: int = 200,
) -> Response:
    """Serve `GET /staf/petugas`; `faults`: what is wrong with its form, by field."""
    return visit.draw(
        "people.html",
        status=status,
        listed=await _listed(visit),
        sessions=await visit.store.read(count_open, limits=visit.desk.limits),
        roles=list(Role),
        faults=faults,
        alike=alike,
        invited=invited,
        code=code,
        until=visit.now + CODE_LASTS,
        told=told or visit.query.get("kabar", ""),
    )


async def invite(visit: Visit) -> Response:
    """Serve `POST /staf/petugas`: a one-time code, shown only here."""
    name = " ".join(visit.form.get("nama", "").split())
    role = visit.form.get("peran", "")
    faults = {}
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        faults["nama"] = "nama-salah"
    if role not in set(Role):
        faults["peran"] = "peran-kosong"
    if faults:
        return await show(visit, faults=faults, status=422)
    found = visit.office.point(visit.form.get("titik", ""))
    point = found.id if found else None
    known = await _insist_on_whoever_has_it(visit, name)
    if known == visit.member and (known.role, known.point) != (role, point):
        return await show(visit, faults={"nama": "peran-sendiri"}, status=422)
    alike = [] if visit.form.get("yakin") else await _names_alike(visit, name)
    if alike:
        return await show(visit, faults={"nama": "nama-mirip"}, alike=alike, status=422)
    code = await visit.write(staff.invite, name=name, role=Role(role), point=point, actor=visit.actor)
    return await show(visit, invited=name, code=code)


async def invite_again(visit: Visit) -> Response:
    """Serve `POST /staf/petugas/{id}/kode`: a new code for a member as they are; earlier ones expire."""
    member = await colleague_of(visit)
    code = await visit.write(
        staff.invite, name=member.name, role=member.role, point=member.point, actor=visit.actor
    )
    return await show(visit, invited=member.name, code=code)


async def revoke(visit: Visit) -> Response:
    """Serve `POST /staf/petugas/{id}/cabut`."""
    member = await colleague_of(visit)
    if member.id == visit.member.id:
        return await show(visit, told="diri-sendiri", status=422)
    await visit.write(staff.revoke, name=member.name, actor=visit.actor)
    return visit.go("/staf/petugas?kabar=dicabut")


async def colleague_of(visit: Visit) -> StaffMember:
    """Member of staff of the address."""
    return or_404(await visit.store.read(staff.find_by_id, member=visit.path_id()))


async def _insist_on_whoever_has_it(visit: Visit, name: str) -> StaffMember | None:
    """The member of that name; requires the right at their point, too, because an invitation changes role and point."""
    known = await visit.store.read(staff.find, name=name)
    if known is not None:
        await visit.insist(Action.MANAGE_STAFF, known.point or WHOLE_OFFICE)
    return known


async def _listed(visit: Visit) -> list[staff.ListedMember]:
    """Members whom this admin may see."""
    listed = await visit.store.read(staff.list_staff)
    return [one for one in listed if visit.may(Action.MANAGE_STAFF, one.member.point or WHOLE_OFFICE)]


async def _names_alike(visit: Visit, name: str) -> list[str]:
    """Names of other members that are nearly this one: probably the same person, written differently."""
    known = [one.member.name for one in await _listed(visit)]
    if name in known:
        return []
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process

    found = process.extract(name, known, scorer=fuzz.token_sort_ratio, processor=default_process)
    return [one for one, alike, _ in found if alike >= _ALIKE]
