from datetime import UTC, datetime

import pytest

from domain import codec
from domain.refusals import NotAllowed
from domain.staff.roles import (
    WHOLE_OFFICE,
    Action,
    Role,
    StaffMember,
    insist,
    may,
    may_handle_case,
    may_see_list,
)

SEEN_BY_VIEWERS = {
    Action.ENTER, Action.SEE_DAY, Action.SEE_CALENDAR, Action.SEE_ANNOUNCEMENTS, Action.SEE_INDEX,
    Action.SEE_OVERVIEW,
}  # fmt: skip
DONE_BY_OFFICERS = SEEN_BY_VIEWERS | {
    Action.SERVE, Action.SEE_REGISTER, Action.IMPORT_REGISTER, Action.CHANGE_STAGE, Action.ANNOUNCE,
    Action.HANDLE_CASES, Action.TALK,
}  # fmt: skip
ALLOWED = {
    Role.VIEWER: SEEN_BY_VIEWERS,
    Role.OFFICER: DONE_BY_OFFICERS,
    Role.APPROVER: set(Action)
    - {Action.MANAGE_STAFF, Action.SEE_AUDIT, Action.SETTLE_CASES, Action.MANAGE_WEBHOOKS},
    Role.ADMIN: set(Action),
}


def member(role: Role, **more) -> StaffMember:
    return StaffMember(id=1, name="Ibu Wulan", role=role, **more)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("point", [None, "sooko", WHOLE_OFFICE])
def test_each_role_of_the_whole_office_may_do_exactly_this(role, point):
    assert {action for action in Action if may(member(role), action, point)} == ALLOWED[role]


@pytest.mark.parametrize("role", Role)
def test_a_member_of_one_point_may_do_nothing_to_things_of_another(role):
    here = member(role, point="sooko")
    office_wide = {
        Action.IMPORT_REGISTER,
        Action.EDIT_SERVICES,
        Action.SEE_AUDIT,
        Action.MANAGE_WEBHOOKS,
    }
    for point in ("sooko", None):
        assert {action for action in Action if may(here, action, point)} == ALLOWED[role] - office_wide
    for point in ("mojosari", WHOLE_OFFICE):
        assert not any(may(here, action, point) for action in Action)


@pytest.mark.parametrize("action", Action)
def test_nobody_and_the_revoked_may_nothing(action):
    revoked = member(Role.ADMIN, revoked_at=datetime(2026, 11, 23, tzinfo=UTC))
    assert not may(None, action)
    assert not may(revoked, action)


def test_insist_raises_not_allowed():
    officer = member(Role.OFFICER)
    assert insist(officer, Action.ANNOUNCE, "sooko") is officer
    for who in (officer, None):
        with pytest.raises(NotAllowed):
            insist(who, Action.APPROVE)


@pytest.mark.parametrize("revoked_at", [None, datetime(2026, 11, 23, tzinfo=UTC)])
def test_a_member_survives_being_recorded_in_a_transcript(revoked_at):
    somebody = member(Role.OFFICER, point="sooko", revoked_at=revoked_at)
    assert codec.load(StaffMember, codec.dump(somebody)) == somebody


@pytest.mark.parametrize(
    ("role", "point", "kind", "points", "may_they"),
    [
        (Role.VIEWER, None, "complaint", (), False),
        (Role.OFFICER, "sooko", "complaint", ("sooko",), False),
        (Role.OFFICER, "sooko", "low", ("mojosari", "sooko"), False),
        (Role.OFFICER, "sooko", "complaint", ("mojosari",), True),
        (Role.OFFICER, "sooko", "complaint", (), False),  # it may be about their point
        (Role.APPROVER, "sooko", "complaint", (), False),
        (Role.OFFICER, None, "complaint", (), True),
        (Role.OFFICER, "sooko", "correction", (), True),
        (Role.OFFICER, "sooko", "correction", ("sooko",), True),
        (Role.OFFICER, None, "fee", ("sooko",), True),
        (Role.APPROVER, "sooko", "complaint", ("sooko",), True),
        (Role.APPROVER, "sooko", "fee", ("sooko",), False),
        (Role.ADMIN, "sooko", "fee", ("sooko",), False),
        (Role.ADMIN, "sooko", "fee", (), False),  # it may be about their point
        (Role.ADMIN, "sooko", "fee", ("mojosari",), True),
        (Role.ADMIN, None, "fee", (), True),
    ],
)
def test_rights_to_handle_cases(role, point, kind, points, may_they):
    assert may_handle_case(member(role, point=point), kind=kind, points=points) is may_they


def test_lists_of_people_are_for_owners_and_whole_office_approvers():
    assert may_see_list(member(Role.OFFICER, point="sooko"), owner=1)
    assert not may_see_list(member(Role.OFFICER), owner=2)
    assert not may_see_list(member(Role.ADMIN, point="sooko"), owner=2)
    assert may_see_list(member(Role.APPROVER), owner=2)
    assert may_see_list(member(Role.ADMIN), owner=2)
