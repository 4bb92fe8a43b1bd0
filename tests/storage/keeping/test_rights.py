"""Rights are checked in one place, and refusals are audited."""

import pytest

from domain.refusals import NotAllowed
from domain.staff.roles import Action, Role, StaffMember
from storage import audit
from storage.staff import rights
from storage.store import Store

BUDI = StaffMember(id=7, name="Budi", role=Role.OFFICER, point="sooko")


async def refusals(store: Store) -> list[tuple[str, str]]:
    found = await store.read(lambda db: audit.entries(db, action=rights.REFUSED))
    return [(one.actor, one.subject) for one in found]


async def test_a_yes_leaves_nothing_and_a_no_leaves_a_line_that_stands(store: Store):
    assert await rights.insisted(store, member=BUDI, action=Action.SERVE, point="sooko") is BUDI
    assert await refusals(store) == []
    with pytest.raises(NotAllowed):
        await rights.insisted(store, member=BUDI, action=Action.SERVE, point="mojosari")
    assert await refusals(store) == [("staff:7", "action:serve")]


async def test_in_a_script_a_refusal_is_returned_and_audited(store: Store):
    async def ask(db):
        yes = await rights.allowed(db, member=BUDI, action=Action.ANNOUNCE)
        no = await rights.allowed(db, member=None, action=Action.ANNOUNCE, chat=12)
        return yes, no

    assert await store.write(ask) == (True, False)
    assert await refusals(store) == [("chat:12", "action:announce")]
