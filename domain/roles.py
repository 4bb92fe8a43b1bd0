"""Who of the staff may do what: one table, one check, asked by the chat, the console and the command line alike."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Self


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
    """What staff can do."""

    ENTER = "enter"  # be in a staff chat or the console at all, see the day
    SERVE = "serve"  # confirm a handover, mark a resident as served
    ANNOUNCE = "announce"  # plan an announcement
    APPROVE = "approve"  # release a large, repeated or urgent announcement
    MANAGE_STAFF = "manage-staff"


_NEEDED = {
    Action.ENTER: _Rank.VIEWER,
    Action.SERVE: _Rank.OFFICER,
    Action.ANNOUNCE: _Rank.OFFICER,
    Action.APPROVE: _Rank.APPROVER,
    Action.MANAGE_STAFF: _Rank.ADMIN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A member of staff; `point` is the service point they sit at, None = the whole office."""

    id: int
    name: str
    role: Role
    point: str | None = None
    revoked_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the member as JSON values."""
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role.value,
            "point": self.point,
            "revoked_at": self.revoked_at.isoformat() if self.revoked_at else None,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        revoked_at = value["revoked_at"]
        return cls(
            id=value["id"],
            name=value["name"],
            role=Role(value["role"]),
            point=value["point"],
            revoked_at=datetime.fromisoformat(revoked_at) if revoked_at else None,
        )


def may(member: StaffMember | None, action: Action) -> bool:
    """Tell whether this person may do this; nobody and the revoked may nothing."""
    if member is None or member.revoked_at is not None:
        return False
    return _Rank[member.role.name] >= _NEEDED[action]
