"""An office that announces, on either database; Monday 23 November 2026 at nine."""

from collections.abc import AsyncIterator

import pytest

from domain.staff.roles import Role
from tests.announcements.hall import Hall, hall_of


@pytest.fixture
async def hall(store, clock, tmp_path, request) -> AsyncIterator[Hall]:
    """`@pytest.mark.parametrize("hall", [{"quiet": {...}}], indirect=True)` changes the office's file."""
    opened = hall_of(store, clock, tmp_path, **getattr(request, "param", {}))
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def officer(hall):
    return await hall.member(Role.OFFICER, "Ayu")


@pytest.fixture
async def approver(hall):
    return await hall.member(Role.APPROVER, "Bima")


@pytest.fixture
def template(_sqlite_template):
    """A database file with the newest schema, to be copied."""
    return _sqlite_template
