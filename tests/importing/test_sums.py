"""Daily sums of the register are the same as if they were counted anew."""

from datetime import date, timedelta
from functools import partial
from importlib import import_module

import pytest
from sqlalchemy import func, select, text

from domain.cards.stages import Stage
from storage.cards import desk
from storage.cards.register_undo import undo
from storage.overview.sums import Subject, sums
from storage.schema import daily_sums, imports
from tests.importing.conftest import row

FILES = [
    [row(1), row(2, status="CARD_SHIPPED"), row(3, status="BLA BLA", tanggal_lengkap="", tanggal_masuk="")],
    [row(1, status="CARD_SHIPPED", tanggal="2026-11-24"), row(2, lokasi="mpp", tanggal="2026-11-23"), row(4)],
    # Back to an earlier stage, handed over, and a ready card's day corrected.
    [row(1, status="PRR", tanggal="2026-11-25"), row(2, status="CARD_ISSUED", tanggal="2026-11-26")],
    [row(4, status="CARD_SHIPPED", tanggal="2026-11-24"), row(3, status="PRR", tanggal="2026-11-24")],
    [row(4, status="CARD_SHIPPED", tanggal="2026-11-26", tanggal_lengkap="2026-11-10"), row(3, status="DUP")],
]


async def kept(store):
    rows = await store.read(lambda db: db.rows(select(daily_sums).where(daily_sums.c.total > 0)))
    return sorted(tuple(one) for one in rows)


async def counted_anew(store):
    fill = import_module("storage.migrations.versions.0020_daily_sums").FILL

    async def again(db):
        await db.run(daily_sums.delete())
        for statement in fill[db.dialect]:
            await db.run(text(statement))

    await store.write(again)
    return await kept(store)


@pytest.mark.parametrize("files", [1, 2, 3, 5])
async def test_sums_kept_by_imports_equal_a_recount(taken_in, file, store, files):
    for rows in FILES[:files]:
        await taken_in(file(*rows))
        await taken_in(file(*rows))  # unchanged rows count nothing
    assert await kept(store) == await counted_anew(store)


async def test_a_change_by_hand_moves_the_sums(taken_in, file, store, office, stored):
    await taken_in(file(row(1)))
    application = (await stored(1)).id
    for stage, day in ((Stage.READY_FOR_PICKUP, 24), (Stage.READY_FOR_PICKUP, 25), (Stage.PICKED_UP, 26)):
        given = {"application": application, "stage": stage, "day": date(2026, 11, day), "member": 7}
        await store.write(partial(desk.change_stage, **given, rules=office))
    span = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}
    ready = await store.read(partial(sums, subject=Subject.READY, **span))
    assert ready == {(date(2026, 11, 24), "21"): 1}
    assert await store.read(partial(sums, subject=Subject.HANDED, **span, point="sooko"))
    assert not await store.read(partial(sums, subject=Subject.HANDED, **span, point="mpp"))
    assert await kept(store) == await counted_anew(store)


async def test_an_import_that_is_taken_back_is_taken_out_of_the_sums(taken_in, file, store):
    await taken_in(file(row(1), row(2, status="CARD_SHIPPED"), row(3)))
    before = await kept(store)
    rows = [row(1, status="CARD_SHIPPED", tanggal="2026-11-22"), row(2, status="PRR", tanggal="2026-11-22")]
    await taken_in(
        file(*rows, row(3, lokasi="mpp", tanggal="2026-11-22"), row(4), row(5, status="CARD_SHIPPED"))
    )
    assert await kept(store) != before
    newest = await store.read(lambda db: db.scalar(select(func.max(imports.c.id))))
    take_back = {"actor": "system", "hold": timedelta(0), "advance": lambda _count: None}
    assert (await undo(store, import_id=newest, **take_back)).restored == 5
    assert await kept(store) == before
