"""Who of the staff may do what: one table, one check, asked by the chat, the console and the command line alike."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.refusals import NotAllowed


class Role(StrEnum):
    """What a member of staff is trusted with; each role may do everything that the ones before it may."""

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
    """What staff can do. Every route of the console, staff command in chat and `--as` of the command line names one."""

    ENTER = "enter"  # be in a staff chat or the console at all
    SEE_DAY = "see-day"  # who is booked today, without a whole name
    SEE_CALENDAR = "see-calendar"
    SEE_ANNOUNCEMENTS = "see-announcements"  # states and counts, not who
    SEE_INDEX = "see-index"  # the satisfaction index
    SERVE = "serve"  # check in, mark as served or as a no-show, take a walk-in, confirm a handover
    SEE_REGISTER = "see-register"  # find an application by its number or a whole NIK
    IMPORT_REGISTER = "import-register"
    CHANGE_STAGE = "change-stage"  # by hand, beside the imports
    ANNOUNCE = "announce"  # plan an announcement; see its recipients
    HANDLE_CASES = "handle-cases"  # complaints of the rating: read, answer, close
    SETTLE_CASES = "settle-cases"  # close or pass on somebody else's that was escalated
    TALK = "talk"  # take over a chat whose resident asked for a human, and hand it back
    EDIT_CALENDAR = "edit-calendar"  # hours, seats, closures
    SEE_ANSWERS = "see-answers"  # the single answer sets that the index is counted from
    APPROVE = "approve"  # release a large announcement; pause and resume any
    OVERRIDE = "override"  # send again what its recipients already got
    URGENT = "urgent"  # send in quiet hours
    EDIT_SERVICES = "edit-services"  # say what a service needs
    PUBLISH = "publish"  # say on the public page what the office improved
    MANAGE_STAFF = "manage-staff"
    SEE_AUDIT = "see-audit"


_NEEDED = {
    _Rank.VIEWER: (
        Action.ENTER, Action.SEE_DAY, Action.SEE_CALENDAR, Action.SEE_ANNOUNCEMENTS, Action.SEE_INDEX
    ),
    _Rank.OFFICER: (
        Action.SERVE, Action.SEE_REGISTER, Action.IMPORT_REGISTER, Action.CHANGE_STAGE, Action.ANNOUNCE,
        Action.HANDLE_CASES, Action.TALK,
    ),
    _Rank.APPROVER: (
        Action.SEE_ANSWERS, Action.EDIT_CALENDAR, Action.APPROVE, Action.OVERRIDE, Action.URGENT, Action.EDIT_SERVICES,
        Action.PUBLISH,
    ),
    _Rank.ADMIN: (Action.MANAGE_STAFF, Action.SEE_AUDIT, Action.SETTLE_CASES),
}  # fmt: skip
_RANK = {action: rank for rank, actions in _NEEDED.items() for action in actions}

# What an action is about when it is about every point at once: a member of one point may not.
WHOLE_OFFICE = "*"
# These are never about one point: a file holds the rows of all of them, so does the audit, and a service is the same everywhere.
_OFFICE_WIDE = frozenset({Action.IMPORT_REGISTER, Action.EDIT_SERVICES, Action.SEE_AUDIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A member of staff; `point` is the service point they sit at, None = the whole office."""

    id: int
    name: str
    role: Role
    point: str | None = None
    revoked_at: datetime | None = None


def may(member: StaffMember | None, action: Action, point: str | None = None) -> bool:
    """Tell whether this person may do this to a thing of this point; nobody and the revoked may nothing.

    A member of one point may act on things of that point, and on those that belong to none (`point` is None); never on
    those of another, nor on what concerns them all (`WHOLE_OFFICE`).
    """
    if member is None or member.revoked_at is not None or _Rank[member.role.name] < _RANK[action]:
        return False
    concerned = WHOLE_OFFICE if action in _OFFICE_WIDE else point
    return member.point is None or concerned is None or concerned == member.point


def insist(member: StaffMember | None, action: Action, point: str | None = None) -> StaffMember:
    """Give the member back who may do this.

    Raises:
        NotAllowed: they may not. The caller has it audited, outside what the refusal undoes (storage/staff/rights.py).
    """
    if member is None or not may(member, action, point):
        raise NotAllowed
    return member


def may_see_list(member: StaffMember, *, owner: int) -> bool:
    """Tell whether this person may see whom a list names: refused rows of a file, recipients of an announcement.

    It is its owner's (`owner` imported or wrote it); approvers and admins of the whole office see every list.
    """
    oversees = member.point is None and _Rank[member.role.name] >= _Rank.APPROVER
    return member.id == owner or oversees


def may_handle_case(member: StaffMember | None, *, kind: str, points: Collection[str]) -> bool:
    """Tell whether this person may read, answer, close and own a case; `points`: what it may be about, () = not known.

    Officers leave complaints about their own point to others. A case of money that was asked for (`fee`) never goes to
    that point's staff, whatever their role. Where the point is not known it may be anybody's: only for members of the
    whole office.
    """
    if member is None or not may(member, Action.HANDLE_CASES):
        return False
    if member.point is None or kind == "correction":
        return True
    if not points:
        return False
    return member.point not in points or (kind != "fee" and member.role is not Role.OFFICER)
