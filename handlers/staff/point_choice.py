"""The point at which an officer works: their own, a named or a chosen one."""

from collections.abc import Awaitable, Callable, Sequence

from domain.appointments.calendar import Calendar
from domain.office.office import Office
from domain.refusals import NotAllowed
from domain.staff.roles import Action, StaffMember
from handlers.engine.chat import Chat
from handlers.shared.calendar import label_of
from handlers.shared.ownership import may_enter
from storage.session import Reading
from storage.staff.rights import allowed

Tell = Callable[[Chat, Sequence[str]], Awaitable[None]]


async def ask_point(
    chat: Chat, action: Action, *, first: Tell | None = None, typed: str | None = None
) -> str | None:
    """Id of the point where the officer may do this; None: nowhere, or not there, which was told.

    `first` says something about all points before one is asked for. `typed` names a point, like the argument.
    """
    named = chat.argument if typed is None else typed
    point = await _point(chat, first, named) if await may_enter(chat, action) else None
    may_there = point is not None and await chat.once(
        "counter-allowed-there", allowed, member=chat.staff, action=action, chat=chat.id, point=point
    )
    if not may_there:
        chat.refuse(NotAllowed())
    return point if may_there else None


async def points_of(db: Reading, *, member: StaffMember | None, office: Office, typed: str) -> list[str]:
    """The named point alone, else the member's own, else all points and coming outreach events."""
    known = Calendar(office=office).points(office.today(db.now))
    point = office.point(typed) if typed else None
    meant = point.id if point else typed
    if meant in known:
        return [meant]
    return [member.point] if member is not None and member.point is not None else list(known)


async def _point(chat: Chat, first: Tell | None, typed: str) -> str:
    points = await chat.learn("counter-points", points_of, member=chat.staff, office=chat.office, typed=typed)
    if len(points) == 1:
        return points[0]
    if first is not None:
        await first(chat, points)
    chosen: str = await chat.choose("counter-where", [label_of(chat, one) for one in points])
    return chosen
