from datetime import UTC, datetime

import pytest

from domain.roles import Action, Role, StaffMember, may

ALLOWED = {
    Role.VIEWER: {Action.ENTER},
    Role.OFFICER: {Action.ENTER, Action.SERVE, Action.ANNOUNCE},
    Role.APPROVER: {Action.ENTER, Action.SERVE, Action.ANNOUNCE, Action.APPROVE},
    Role.ADMIN: set(Action),
}


def member(role: Role, **more) -> StaffMember:
    return StaffMember(id=1, name="Ibu Wulan", role=role, **more)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_exactly_this(role):
    assert {action for action in Action if may(member(role), action)} == ALLOWED[role]


@pytest.mark.parametrize("action", Action)
def test_nobody_and_the_revoked_may_nothing(action):
    revoked = member(Role.ADMIN, revoked_at=datetime(2026, 11, 23, tzinfo=UTC))
    assert not may(None, action)
    assert not may(revoked, action)


@pytest.mark.parametrize("revoked_at", [None, datetime(2026, 11, 23, tzinfo=UTC)])
def test_a_member_survives_being_recorded_in_a_transcript(revoked_at):
    somebody = member(Role.OFFICER, point="sooko", revoked_at=revoked_at)
    assert StaffMember.from_json(somebody.to_json()) == somebody
