"""The register at the counter: found by a whole number or NIK, every look audited, a stage changed by hand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.setup.office_file import load_office
from domain.cards.stages import Stage
from domain.people.nik import Nik
from storage import audit
from storage.cards import desk
from storage.schema import applications, stage_history
from storage.store import Store
from tests.storage import rows

NIK, NUMBER = "3516994107900001", "MJK-261102-0007-Z"
TODAY = date(2026, 11, 24)
WULAN = 7


@pytest.fixture
async def card(store: Store) -> int:
    return await store.write(lambda db: rows.application(db, number=NUMBER, nik=NIK, point="sooko"))


async def found(store: Store) -> list[desk.Card]:
    return await store.write(lambda db: desk.by_nik(db, nik=Nik.from_json(NIK), member=WULAN))


async def seen(store: Store) -> list[tuple[str, str]]:
    lines = await store.read(lambda db: audit.entries(db, action="register-seen"))
    return [(line.actor, line.subject) for line in lines]


async def change(store: Store, application: int, stage: Stage) -> bool:
    given = {"application": application, "stage": stage, "day": TODAY, "member": WULAN}
    return await store.write(lambda db: desk.change_stage(db, **given, rules=load_office(None)))


async def test_an_officer_finds_by_number_and_by_nik_and_sees_neither_whole(store: Store, card: int):
    number = load_office(None).number.parse(NUMBER)
    (by_number,) = await store.write(lambda db: desk.by_number(db, number=number, member=WULAN))
    (by_nik,) = await found(store)
    assert by_number == by_nik
    assert (by_nik.id, by_nik.name, by_nik.nik) == (card, "S*** A***", "3516********0001")
    assert await seen(store) == [("staff:7", f"application:{card}")] * 2


async def test_a_search_that_finds_nobody_is_audited_too(store: Store):
    assert await found(store) == []
    assert await seen(store) == [("staff:7", "unknown")]


async def test_a_stage_set_by_hand_is_recorded_and_pushed_after_the_hold(store: Store, card: int, clock):
    assert await change(store, card, Stage.PICKED_UP)
    row = await store.read(lambda db: db.one(select(applications)))
    assert (row.stage, row.stage_by, row.stage_on) == (Stage.PICKED_UP, "staff", TODAY)
    assert row.push_due_at == clock.now + timedelta(minutes=5)
    shown, (step,) = await store.write(lambda db: desk.look_at(db, application=card, member=WULAN))
    assert shown.by_staff
    assert (step.stage, step.source, step.won) == (Stage.PICKED_UP, "staff:7", True)
    (line,) = await store.read(lambda db: audit.entries(db, action="stage-changed"))
    assert (line.subject, line.details) == (f"application:{card}", "PICKED_UP")


async def test_the_same_stage_again_changes_nothing(store: Store, card: int):
    assert not await change(store, card, Stage.READY_FOR_PICKUP)
    assert await store.read(lambda db: db.rows(select(stage_history))) == []
    assert await store.read(lambda db: db.scalar(select(applications.c.push_due_at))) is None


async def test_an_application_without_point_differs_from_no_application(store: Store, card: int):
    assert await store.read(lambda db: desk.point_of(db, application=card)) == ("sooko",)
    assert await store.read(lambda db: desk.point_of(db, application=card + 1)) is None


async def test_a_card_that_is_gone_shows_nothing_and_the_look_is_audited(store: Store, card: int):
    assert await store.write(lambda db: desk.look_at(db, application=card + 1, member=WULAN)) is None
    assert await seen(store) == [("staff:7", "unknown")]


@pytest.mark.parametrize("lock", [True, False])
async def test_only_a_number_of_the_register_has_a_stage(store: Store, card: int, lock: bool):
    parse = load_office(None).number.parse

    async def standing(number: str) -> desk.Standpoint | None:
        return await store.write(lambda db: desk.standing(db, number=parse(number), lock=lock))

    assert (await standing(NUMBER)).id == card
    assert await standing("MJK-261102-0008-X") is None
