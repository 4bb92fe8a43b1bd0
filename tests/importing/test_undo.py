"""An import is taken back for a day, except where something newer stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from storage import audit
from storage.cards.register_undo import NotUndoable, undo, why_not
from storage.schema import applicants, applications, import_changes, stage_history
from tests.importing.conftest import nik, number, row
from tests.storage.appointments.town import Counter

HOLD = timedelta(seconds=300)


@pytest.fixture
def taken_back(store):
    async def take_back(report):
        steps = []
        return await undo(
            store, import_id=report.import_id, actor=audit.SYSTEM, hold=HOLD, advance=steps.append
        )

    return take_back


async def count(store, table) -> int:
    return await store.read(lambda db: db.scalar(select(func.count()).select_from(table)))


def said(store, one) -> tuple:
    """What an application says, decrypted; ciphertexts of equal texts differ."""
    texts = [
        sealed and store.vault.open(sealed, at=f"applications.{name}:{one.id}")
        for name, sealed in (("name", one.name), ("phone", one.phone), ("note", one.note))
    ]
    plain = [value for name, value in one._asdict().items() if name not in _NOT_COMPARED]
    return (*texts, *plain)


_NOT_COMPARED = ("name", "phone", "note", "updated_at", "push_due_at")


async def test_what_an_import_added_is_gone(taken_in, taken_back, file, store):
    await taken_in(file(row(1)))
    report = await taken_in(file(row(1), row(2), row(3), row(4, nik=nik(1))))
    undone = await taken_back(report)
    assert (undone.restored, undone.kept) == (3, 0)
    assert (await count(store, applications), await count(store, applicants)) == (1, 1)
    assert await count(store, stage_history) == 1


async def test_what_an_import_changed_is_as_before(taken_in, taken_back, file, store, stored, history):
    await taken_in(file(row(catatan="Bawa KK")))
    before = said(store, await stored())
    report = await taken_in(
        file(row(status="CARD_SHIPPED", tanggal="2026-11-22", nama="Nama Salah", no_hp="", catatan=""))
    )
    assert said(store, await stored()) != before
    undone = await taken_back(report)
    assert (undone.restored, undone.kept) == (1, 0)
    assert said(store, await stored()) == before
    assert await history() == [("PRR", 20, True), ("CARD_SHIPPED", 22, False)]
    assert await count(store, import_changes) == 0


async def test_the_same_file_counts_again_after_it_was_taken_back(taken_in, taken_back, file, stored):
    await taken_in(file(row()))
    newer = file(row(status="CARD_SHIPPED", tanggal="2026-11-22"))
    await taken_back(await taken_in(newer))
    assert (await taken_in(newer)).counts.changed == 1
    assert (await stored()).stage == "READY_FOR_PICKUP"


async def test_news_not_told_yet_are_withdrawn(taken_in, taken_back, file, stored, clock):
    """The push of the import is due, then the stage is as the follower knows it: nothing is told."""
    await taken_in(file(row()))
    report = await taken_in(file(row(status="CARD_SHIPPED", tanggal="2026-11-22")))
    assert (await stored()).push_due_at == clock() + HOLD
    clock.move(seconds=60)
    await taken_back(report)
    now = await stored()
    assert (now.stage, now.push_due_at) == ("PRINT_READY", clock() + HOLD)


async def test_what_changed_since_stays(taken_in, taken_back, file, store, stored, clock):
    await taken_in(file(row(1), row(2)))
    report = await taken_in(
        file(*(row(serial, status="CARD_PRINTED", tanggal="2026-11-21") for serial in (1, 2, 3, 4)))
    )
    clock.move(seconds=1)
    await taken_in(file(*(row(serial, status="CARD_SHIPPED", tanggal="2026-11-22") for serial in (1, 3))))
    undone = await taken_back(report)
    assert (undone.restored, undone.kept) == (2, 2)
    assert sorted(undone.numbers) == [number(1), number(3)]
    stages = [one.stage if (one := await stored(serial)) else None for serial in (1, 2, 3, 4)]
    assert stages == ["READY_FOR_PICKUP", "PRINT_READY", "READY_FOR_PICKUP", None]


async def test_imports_are_taken_back_one_after_another(taken_in, taken_back, file, stored, store, clock):
    """After the newer one is taken back nothing newer stands, so the older one goes, too."""
    reports = []
    for status, day in (("PRR", 20), ("CARD_PRINTED", 21), ("CARD_SHIPPED", 22)):
        clock.move(seconds=1)
        reports.append(await taken_in(file(row(1, status=status, tanggal=f"2026-11-{day}"))))
    for report, stage in zip(reversed(reports), ("PRINTED", "PRINT_READY", None), strict=True):
        clock.move(seconds=1)
        undone = await taken_back(report)
        assert (undone.restored, undone.kept) == (1, 0)
        assert (one := await stored(1)) is None or one.stage == stage
    assert await count(store, applications) == 0


async def test_an_undo_that_changed_nothing_can_be_repeated(taken_in, taken_back, file, stored, clock):
    """Somebody takes the imports back in the wrong order first."""
    await taken_in(file(row(1)))
    reports = []
    for status, day in (("CARD_PRINTED", 21), ("CARD_SHIPPED", 22)):
        clock.move(seconds=1)
        reports.append(await taken_in(file(row(1, status=status, tanggal=f"2026-11-{day}"))))
    older, newer = reports
    assert (await taken_back(older)).kept == 1
    assert (await taken_back(newer)).restored == 1
    assert (await taken_back(older)).restored == 1
    assert (await stored(1)).stage == "PRINT_READY"


async def test_an_application_that_somebody_refers_to_stays(taken_in, taken_back, file, store, stored, clock):
    report = await taken_in(file(row(1), row(2)))
    one = await stored(1)
    earlier = await taken_in(file(row(1, desa="Baru")))
    await store.write(
        lambda db: db.run(
            update(applications).where(applications.c.id == one.id).values(updated_at=one.updated_at)
        )
    )
    undone = await taken_back(report)
    assert earlier.counts.changed == 1
    assert (undone.restored, undone.numbers) == (1, [number(1)])


async def test_an_import_is_taken_back_once_and_within_a_day(taken_in, taken_back, file, store, clock):
    report = await taken_in(file(row(1)))
    await taken_back(report)
    with pytest.raises(NotUndoable, match="undone"):
        await taken_back(report)
    report = await taken_in(file(row(2)))
    clock.move(hours=24, seconds=1)
    with pytest.raises(NotUndoable, match="late"):
        await taken_back(report)
    [entry] = await store.read(lambda db: audit.entries(db, action="import-undone"))
    assert entry.details == "restored=1 kept=0"


async def test_a_large_import_is_taken_back_in_parts(taken_in, taken_back, file, store):
    await taken_in(file(*map(row, range(1, 121))))
    both = file(
        *(row(serial, status="CARD_PRINTED", tanggal="2026-11-21") for serial in range(1, 121)),
        *map(row, range(121, 241)),
    )
    undone = await taken_back(await taken_in(both))
    assert (undone.restored, undone.kept) == (240, 0)
    assert await count(store, applications) == 120
    stages = select(applications.c.stage).distinct()
    assert [one.stage for one in await store.read(lambda db: db.rows(stages))] == ["PRINT_READY"]


async def test_a_card_changed_in_the_same_moment_stays(taken_in, taken_back, file, stored):
    report = await taken_in(file(row(1), row(2)))
    await taken_in(file(row(1, status="CARD_PRINTED", tanggal="2026-11-22")))
    undone = await taken_back(report)
    assert (undone.restored, undone.numbers) == (1, [number(1)])
    assert (await stored(1)).stage == "PRINTED"


async def test_the_person_who_booked_meanwhile_stays_without_a_card(taken_in, taken_back, file, store):
    report = await taken_in(file(row(1)))
    (person,) = await store.read(lambda db: db.rows(select(applicants.c.id)))
    town = Counter(store, store.clock)
    booked = await town.books(replace(await town.person("sri"), applicant=person.id), town.slot())
    undone = await taken_back(report)
    assert (undone.restored, undone.kept) == (1, 0)
    assert await count(store, applications) == 0
    left = await store.read(lambda db: db.rows(select(applicants.c.id)))
    assert booked.applicant in {one.id for one in left}


async def test_what_is_no_import_cannot_be_taken_back(taken_in, file, store):
    report = await taken_in(file(row(1)))
    assert await store.read(lambda db: why_not(db, import_id=report.import_id)) is None
    for number_ in (report.import_id + 1, 2**40):
        assert await store.read(lambda db, n=number_: why_not(db, import_id=n)) == "unknown"
