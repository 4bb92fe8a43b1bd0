"""What a token of the API may do: scopes, each with the actions of staff that it stands for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.staff.roles import Action, Role, StaffMember, may


class TokenScope(StrEnum):
    """A scope of a token."""

    APPLICATIONS_WRITE = "applications:write"
    APPLICATIONS_READ = "applications:read"
    APPOINTMENTS_READ = "appointments:read"
    APPOINTMENTS_WRITE = "appointments:write"
    ANNOUNCEMENTS_WRITE = "announcements:write"
    INDEX_READ = "index:read"
    OVERVIEW_READ = "overview:read"
    REGISTER_READ = "register:read"  # whole numbers and names, where others see them masked
    WEBHOOKS_WRITE = "webhooks:write"


PER_MINUTE = 600
"""Usual limit of a token's requests."""

_ACTIONS: dict[TokenScope, tuple[Action, ...]] = {
    TokenScope.APPLICATIONS_WRITE: (Action.IMPORT_REGISTER, Action.CHANGE_STAGE),
    TokenScope.APPLICATIONS_READ: (Action.SEE_REGISTER,),
    TokenScope.APPOINTMENTS_READ: (Action.SEE_DAY, Action.SEE_CALENDAR),
    TokenScope.APPOINTMENTS_WRITE: (Action.SERVE, Action.EDIT_CALENDAR),
    TokenScope.ANNOUNCEMENTS_WRITE: (Action.ANNOUNCE, Action.SEE_ANNOUNCEMENTS),
    TokenScope.INDEX_READ: (Action.SEE_INDEX,),
    TokenScope.OVERVIEW_READ: (Action.SEE_OVERVIEW,),
    TokenScope.REGISTER_READ: (),
    TokenScope.WEBHOOKS_WRITE: (Action.ENTER,),
}


def role_for(scopes: Collection[TokenScope]) -> Role:
    """The least role with the rights of these scopes; a token has no other rights than its scopes."""
    needed = [action for scope in scopes for action in _ACTIONS[scope]]

    def suffices(role: Role) -> bool:
        member = StaffMember(id=0, name="", role=role)
        return all(may(member, action) for action in needed)

    return next(role for role in Role if suffices(role))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token in use. `member` acts for it, with its point; `per_minute` limits its requests."""

    member: StaffMember
    scopes: frozenset[TokenScope]
    per_minute: int

    def may(self, scope: TokenScope, action: Action, point: str | None = None) -> bool:
        """Whether its scopes and its point permit an action."""
        return scope in self.scopes and may(self.member, action, point)

    @property
    def sees_people(self) -> bool:
        """Whether numbers and names are shown to it in full."""
        return TokenScope.REGISTER_READ in self.scopes


def is_over(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a token has expired."""
    return expires_at is not None and expires_at <= now
