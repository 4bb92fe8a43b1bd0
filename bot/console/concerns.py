"""Which point a request is about: asked by the gate, before anything of the thing itself is shown or changed."""

from functools import partial

from starlette.exceptions import HTTPException

from bot.console.desk import Visit
from domain.roles import WHOLE_OFFICE
from storage import desk, staff


async def of_query(visit: Visit) -> str | None:
    """The point that a list is asked for; none in the address: one's own, which needs no asking."""
    return _known(visit, visit.request.query_params.get("titik", ""))


async def of_field(visit: Visit) -> str | None:
    """The point that a form names; none chosen there is the whole office."""
    return _known(visit, visit.form.get("titik", "")) or WHOLE_OFFICE


async def of_application(visit: Visit) -> str | None:
    """The point of the application in the address."""
    found = await visit.store.read(partial(desk.point_of, application=visit.path_id()))
    if found is None:
        raise HTTPException(404)
    return found[0]


async def of_colleague(visit: Visit) -> str | None:
    """The point of the member of staff in the address."""
    member = await visit.store.read(partial(staff.find_by_id, member=visit.path_id()))
    if member is None:
        raise HTTPException(404)
    return member.point or WHOLE_OFFICE


def _known(visit: Visit, point: str) -> str | None:
    if not point:
        return None
    found = visit.office.point(point)
    if found is None:
        raise HTTPException(404)
    return found.id
