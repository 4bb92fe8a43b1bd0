"""Rights of staff: one table and one check for chat, console and command line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.refusals import NotAllowed


class Role(StrEnum):
    """Role of a member of staff; each includes the rights of the previous ones."""

    VIEWER = "viewer"
    OFFICER = "officer"
    APPROVER = "approver"
    ADMIN = "admin"


class _Rank(IntEnum):
    VIEWER = 1
    OFFICER = 2
    APPROVER = 3
    ADMIN = 4


class Action(StrEnum):
    """Actions of staff. Every console route, staff command in chat and `--as` of the command line names one."""

    ENTER = "enter"  # use a staff chat or the console at all
    SEE_DAY = "see-day"  # today's bookings, names masked
    SEE_CALENDAR = "see-calendar"
    SEE_ANNOUNCEMENTS = "see-announcements"  # states and counts, without recipients
    SEE_INDEX = "see-index"  # the satisfaction index
    SEE_OVERVIEW = "see-overview"  # figures of the office's work, without people
    SERVE = "serve"  # check in, mark served or no-show, book a walk-in, confirm a handover
    SEE_REGISTER = "see-register"  # find an application by its number or full NIK
    IMPORT_REGISTER = "import-register"
    CHANGE_STAGE = "change-stage"  # by hand, besides imports
    ANNOUNCE = "announce"  # plan an announcement and see its recipients
    HANDLE_CASES = "handle-cases"  # complaints and ratings: read, answer, close
    SETTLE_CASES = "settle-cases"  # close or reassign somebody else's escalated case
    TALK = "talk"  # talk with a resident who asked for a human, and hand back
    EDIT_CALENDAR = "edit-calendar"  # hours, seats, closures
    SEE_ANSWERS = "see-answers"  # single answer sets behind the index
    APPROVE = "approve"  # release a large announcement; pause and resume any
    OVERRIDE = "override"  # repeat an announcement to the same recipients
    URGENT = "urgent"  # send in quiet hours
    EDIT_SERVICES = "edit-services"  # word what a service requires
    PUBLISH = "publish"  # publish what the office improved
    MANAGE_STAFF = "manage-staff"
    SEE_AUDIT = "see-audit"
    MANAGE_WEBHOOKS = "manage-webhooks"  # what other systems are told


_NEEDED = {
    _Rank.VIEWER: (
        Action.ENTER, Action.SEE_DAY, Action.SEE_CALENDAR, Action.SEE_ANNOUNCEMENTS, Action.SEE_INDEX,
        Action.SEE_OVERVIEW,
    ),
    _Rank.OFFICER: (
        Action.SERVE, Action.SEE_REGISTER, Action.IMPORT_REGISTER, Action.CHANGE_STAGE, Action.ANNOUNCE,
        Action.HANDLE_CASES, Action.TALK,
    ),
    _Rank.APPROVER: (
        Action.SEE_ANSWERS, Action.EDIT_CALENDAR, Action.APPROVE, Action.OVERRIDE, Action.URGENT, Action.EDIT_SERVICES,
        Action.PUBLISH,
    ),
    _Rank.ADMIN: (Action.MANAGE_STAFF, Action.SEE_AUDIT, Action.SETTLE_CASES, Action.MANAGE_WEBHOOKS),
}  # fmt: skip
_RANK = {action: rank for rank, actions in _NEEDED.items() for action in actions}

# Subject of an action about all points at once, which a member of one point may not do.
WHOLE_OFFICE = "*"
# Never about one point: a register file, the audit and webhooks are about all points, and services are the same
# everywhere.
_OFFICE_WIDE = frozenset(
    {Action.IMPORT_REGISTER, Action.EDIT_SERVICES, Action.SEE_AUDIT, Action.MANAGE_WEBHOOKS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A member of staff; `point` is their service point, None = the whole office."""

    id: int
    name: str
    role: Role
    point: str | None = None
    revoked_at: datetime | None = None


def may(member: StaffMember | None, action: Action, point: str | None = None) -> bool:
    """Whether this person may do this to something of this point; nobody and revoked members may do nothing.

    A member of one point may act on its things and on those without a point (`point` is None), but not on
    another point's or on the whole office's (`WHOLE_OFFICE`).
    """
    if member is None or member.revoked_at is not None or _Rank[member.role.name] < _RANK[action]:
        return False
    concerned = WHOLE_OFFICE if action in _OFFICE_WIDE else point
    return member.point is None or concerned is None or concerned == member.point


def insist(member: StaffMember | None, action: Action, point: str | None = None) -> StaffMember:
    """Return the member if they may do this.

    Raises:
        NotAllowed: they may not. The caller audits it outside the rolled-back transaction (storage/staff/rights.py).
    """
    if member is None or not may(member, action, point):
        raise NotAllowed
    return member


def may_see_list(member: StaffMember, *, owner: int) -> bool:
    """Whether this person may see the people in a list: refused rows of a file, recipients of an announcement.

    The list's owner may (`owner` imported or wrote it), and approvers and admins of the whole office.
    """
    oversees = member.point is None and _Rank[member.role.name] >= _Rank.APPROVER
    return member.id == owner or oversees


def may_handle_case(member: StaffMember | None, *, kind: str, points: Collection[str]) -> bool:
    """Whether this person may read, answer, close and own a case about these `points` (() = unknown).

    Officers may not handle complaints about their own point. A `fee` case never goes to staff of that point,
    whatever their role. A case with unknown point is only for members of the whole office.
    """
    if member is None or not may(member, Action.HANDLE_CASES):
        return False
    if member.point is None or kind == "correction":
        return True
    if not points:
        return False
    return member.point not in points or (kind != "fee" and member.role is not Role.OFFICER)
