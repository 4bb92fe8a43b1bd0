"""Repeated imports of the register: the newest file wins, and the history is kept."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.importing.run import import_register
from domain.cards.stages import Stage
from storage import audit
from storage.schema import applicants, applications, imports, stage_history
from storage.store import Store
from storage.vault import Vault
from tests.importing.conftest import nik, number, row, write_csv
from tests.support.exploring import examples


async def everything(store):
    """Give all rows of the register's tables."""
    queries = [select(table).order_by(table.c.id) for table in (applicants, applications, stage_history)]
    return [await store.read(lambda db, query=query: db.rows(query)) for query in queries]


def counts(report):
    return (report.counts.new, report.counts.changed, report.counts.unchanged, len(report.refused))


def reasons(report):
    return [(remark.row, remark.column) for remark in report.refused]


async def by_staff(store, stage: str, day: int, serial: int = 7) -> None:
    change = update(applications).where(applications.c.number == number(serial))
    values = {"stage": stage, "raw_code": stage, "stage_on": date(2026, 11, day), "stage_by": "staff"}
    await store.write(lambda db: db.run(change.values(values)))


async def test_new_persons_are_stored_in_the_order_of_their_indexes(taken_in, file, store):
    await taken_in(file(*(row(serial, nik=nik(serial)) for serial in range(1, 200))))
    query = select(applicants.c.nik_index).order_by(applicants.c.id)
    indexes = [one.nik_index for one in await store.read(lambda db: db.rows(query))]
    assert indexes == sorted(indexes)


async def test_a_first_import_takes_every_good_row_with_person_and_history(
    taken_in, file, store, stored, history
):
    report = await taken_in(file(row(1), row(2), row(3, nik=nik(1))))
    assert report.exit_code == 0
    assert report.to_json() == {
        "rows": 3, "new": 3, "changed": 0, "unchanged": 0, "older": 0,
        "refused": [], "refused_file": None, "flagged": [],
        "import": report.import_id, "unknown": [], "backward": 0,
    }  # fmt: skip
    one, three = await stored(1), await stored(3)
    assert one.applicant_id == three.applicant_id != (await stored(2)).applicant_id
    assert (one.service, one.stage, one.point, one.district) == (
        "ktp_baru",
        Stage.PRINT_READY,
        "sooko",
        "Sooko",
    )
    assert (one.stage_by, one.push_due_at) == ("import", None)
    assert await history(1) == [("PRR", 20, True)]
    person = await store.read(
        lambda db: db.one(select(applicants).where(applicants.c.id == one.applicant_id))
    )
    assert store.vault.open(person.nik, at=f"applicants.nik:{person.id}") == nik(1)
    assert store.vault.open(one.name, at=f"applications.name:{one.id}") == "Siti Aminah B"
    assert store.vault.open(one.phone, at=f"applications.phone:{one.id}") == "+62812345" + "00001"
    assert one.phone_index == store.vault.index("+6281234500001", of="phone")


async def test_an_unchanged_file_changes_nothing(taken_in, file, store, clock):
    path = file(*map(row, range(1, 21)), row(21, catatan="Kartu lama dibawa", status="APA_INI"))
    await taken_in(path)
    before = await everything(store)
    clock.move(days=1)
    assert counts(await taken_in(path)) == (0, 0, 21, 0)
    assert await everything(store) == before


async def test_each_import_stands_in_the_audit_without_a_nik(taken_in, file, store, clock):
    await taken_in(file(row(1), row(2, nik="3.52E+15")))
    [entry] = await store.read(lambda db: audit.entries(db, action="imported"))
    assert entry.details == "rows=2 new=1 changed=0 unchanged=0 refused=1"
    record = await store.read(lambda db: db.one(select(imports)))
    assert (entry.subject, record.finished_at, record.refused) == (f"import:{record.id}", clock(), 1)


async def test_a_newer_status_wins_and_waits_for_its_push(taken_in, file, stored, history, clock, office):
    await taken_in(file(row()))
    assert counts(await taken_in(file(row(status="CARD_SHIPPED", tanggal="2026-11-22")))) == (0, 1, 0, 0)
    now = await stored()
    assert (now.stage, now.stage_on) == (Stage.READY_FOR_PICKUP, date(2026, 11, 22))
    assert now.push_due_at == clock() + timedelta(seconds=office.push.hold_seconds)
    assert await history() == [("PRR", 20, True), ("CARD_SHIPPED", 22, True)]


async def test_an_older_status_is_added_to_the_history_but_does_not_win(
    taken_in, file, store, stored, history
):
    await taken_in(file(row()))
    before = await stored()
    older = file(row(status="PRO", tanggal="2026-11-05", nama="Nama Lama", no_hp="081299999999"))
    first, again = await taken_in(older), await taken_in(older)
    assert counts(first) == counts(again) == (0, 0, 1, 0)
    assert (first.counts.older, again.counts.older) == (1, 0)
    assert await stored() == before
    assert await history() == [("PRR", 20, True), ("PRO", 5, False)]


async def test_an_older_day_of_the_same_status_is_added_to_the_history(taken_in, file, history):
    await taken_in(file(row()))
    await taken_in(file(row(tanggal="2026-11-05")))
    assert await history() == [("PRR", 20, True), ("PRR", 5, False)]


async def test_a_future_date_counts_from_the_day_of_the_import(taken_in, file, stored, history, clock):
    """A mistyped year 2027 is told, and the next import is accepted even with an earlier day."""
    await taken_in(file(row()))
    slip = row(status="CARD_SHIPPED", tanggal="2027-11-22")
    report = await taken_in(file(slip))
    assert counts(report) == (0, 1, 0, 0)
    assert [(one.row, one.column) for one in report.flagged] == [(2, "tanggal")]
    assert (await stored()).stage_on == date(2026, 11, 23)
    clock.move(days=1)
    assert counts(await taken_in(file(slip))) == (0, 0, 1, 0)
    assert counts(await taken_in(file(row(status="CARD_PRINTED", tanggal="2026-11-22")))) == (0, 1, 0, 0)
    now = await stored()
    assert (now.stage, now.stage_on) == (Stage.PRINTED, date(2026, 11, 22))
    assert counts(await taken_in(file(slip))) == (0, 0, 1, 0), "the slip is known: it does not come back"
    assert (await stored()).stage == Stage.PRINTED
    assert await history() == [
        ("PRR", 20, True),
        ("CARD_SHIPPED", 22, False),
        ("CARD_SHIPPED", 23, True),
        ("CARD_PRINTED", 22, True),
    ]


async def test_a_future_date_in_a_first_row_allows_the_next_import(taken_in, file, stored):
    await taken_in(file(row(tanggal="2027-11-20")))
    assert (await stored()).stage_on == date(2026, 11, 23)
    assert counts(await taken_in(file(row(status="CARD_SHIPPED", tanggal="2026-11-21")))) == (0, 1, 0, 0)
    assert (await stored()).stage == Stage.READY_FOR_PICKUP


@pytest.mark.parametrize("column", ["nama", "catatan"])
async def test_a_damaged_character_costs_its_row_and_no_other(taken_in, file, stored, column):
    path = file(row(1), row(2, **{column: "Siti\0Aminah é"}), row(3))
    report = await taken_in(path)
    assert counts(report) == (2, 0, 0, 1)
    assert reasons(report) == [(3, column)]
    assert "NUL" in report.refused[0].reason
    assert reasons(await taken_in(report.refused_file)) == [(2, column)], (
        "what was not mended is refused again"
    )


async def test_of_two_statuses_of_one_day_the_later_import_wins(taken_in, file, stored, history):
    for status in ("PRR", "WAITING_BLANK", "PRR"):
        await taken_in(file(row(status=status)))
    assert (await stored()).stage == Stage.PRINT_READY
    assert await history() == [("PRR", 20, True), ("WAITING_BLANK", 20, True), ("PRR", 20, True)]


@pytest.mark.parametrize("final", ["PICKED_UP", "DELIVERED", "CANCELLED"])
async def test_what_staff_ended_an_import_of_that_day_does_not_bring_back(
    taken_in, file, store, stored, history, final
):
    await taken_in(file(row()))
    await by_staff(store, final, 23)
    same_day = file(row(status="CARD_SHIPPED", tanggal="2026-11-23"))
    first, again = await taken_in(same_day), await taken_in(same_day)
    assert counts(first) == counts(again) == (0, 0, 1, 0)
    assert (first.counts.older, again.counts.older) == (1, 0)
    now = await stored()
    assert (now.stage, now.stage_by, now.push_due_at) == (final, "staff", None)
    assert await history() == [("PRR", 20, True), ("CARD_SHIPPED", 23, False)]
    await taken_in(file(row(status="CARD_SHIPPED", tanggal="2026-11-24")))
    assert (await stored()).stage == Stage.READY_FOR_PICKUP


async def test_a_stage_set_by_staff_yields_to_an_import_of_that_day(taken_in, file, store, stored):
    await taken_in(file(row()))
    await by_staff(store, "WAITING_BLANK", 22)
    await taken_in(file(row(status="CARD_PRINTED", tanggal="2026-11-22")))
    assert ((await stored()).stage, (await stored()).stage_by) == (Stage.PRINTED, "import")


async def test_a_new_phone_number_is_imported_although_staff_set_the_status(taken_in, file, store, stored):
    await taken_in(file(row()))
    await by_staff(store, "PICKED_UP", 23)
    assert counts(await taken_in(file(row(no_hp="081211112222")))) == (0, 1, 0, 0)
    now = await stored()
    assert store.vault.open(now.phone, at=f"applications.phone:{now.id}") == "+6281211112222"
    assert now.stage == "PICKED_UP"


async def test_a_corrected_row_changes_what_it_says_and_pushes_nothing(
    taken_in, file, store, stored, history
):
    await taken_in(file(row(catatan="Kartu lama dibawa")))
    corrected = row(
        nama="Siti Aminah Baru", layanan="ktp_hilang", desa="", no_hp="", catatan="", tanggal_lengkap=""
    )
    assert counts(await taken_in(file(corrected))) == (0, 1, 0, 0)
    now = await stored()
    assert store.vault.open(now.name, at=f"applications.name:{now.id}") == "Siti Aminah Baru"
    assert (now.service, now.village, now.phone, now.phone_index, now.note, now.complete_on) == (
        "ktp_hilang", None, None, None, None, None
    )  # fmt: skip
    assert now.push_due_at is None
    assert await history() == [("PRR", 20, True)]


async def test_a_file_without_a_column_leaves_what_is_known(taken_in, file, store):
    await taken_in(file(row(catatan="Kartu lama dibawa")))
    before = await everything(store)
    short = file(row(), columns=("no_registrasi", "nik", "nama", "layanan", "status", "tanggal"))
    assert counts(await taken_in(short)) == (0, 0, 1, 0)
    assert await everything(store) == before


async def test_a_mistyped_telephone_number_does_not_wipe_out_the_right_one(taken_in, file, store):
    await taken_in(file(row()))
    before = await everything(store)
    report = await taken_in(file(row(no_hp="tidak punya")))
    assert (counts(report), report.exit_code) == ((0, 0, 1, 0), 0)
    assert [(remark.row, remark.column) for remark in report.flagged] == [(2, "no_hp")]
    assert await everything(store) == before


async def test_an_unknown_status_is_kept_and_a_change_of_it_is_news(taken_in, file, stored):
    report = await taken_in(file(row(status="SEDANG_DICEK")))
    assert ([remark.column for remark in report.flagged], report.exit_code) == (["status"], 0)
    assert "SEDANG_DICEK" in report.flagged[0].reason
    assert ((await stored()).stage, (await stored()).raw_code) == (None, "SEDANG_DICEK")
    await taken_in(file(row(status="DICEK_LAGI")))
    assert (await stored()).push_due_at is not None


async def test_a_code_for_the_same_stage_is_recorded_and_no_news(taken_in, file, stored, history):
    await taken_in(file(row()))
    await taken_in(file(row(status="PRINT_READY_RECORD")))
    assert ((await stored()).raw_code, (await stored()).push_due_at) == ("PRINT_READY_RECORD", None)
    assert await history() == [("PRR", 20, True), ("PRINT_READY_RECORD", 20, True)]


async def test_a_row_that_somebody_changed_between_look_and_write_is_decided_anew(
    taken_in, file, store, stored, history
):
    """Another process marks the card as picked up after the import has looked and before it writes."""
    await taken_in(file(row()))
    write = store.write

    async def meddled(work):
        store.write = write
        await by_staff(store, "PICKED_UP", 23)
        return await write(work)

    path = file(row(status="CARD_SHIPPED", tanggal="2026-11-23"))

    async def meddle_after_the_beginning(work):
        store.write = meddled
        return await write(work)

    store.write = meddle_after_the_beginning
    await taken_in(path)
    assert (await stored()).stage == "PICKED_UP"
    assert await history() == [("PRR", 20, True), ("CARD_SHIPPED", 23, False)]


async def test_while_two_keys_live_an_import_finds_rows_of_the_old_key(
    file, store, database_url, clock, office, texts
):
    path = file(row(1), row(2))
    await import_register(store, path, office=office, texts=texts)
    before = await everything(store)
    both = await Store.open(database_url, vault=Vault([bytes(range(1, 33)), bytes(range(32))]), clock=clock)
    try:
        assert counts(await import_register(both, path, office=office, texts=texts)) == (0, 0, 2, 0)
        added = write_csv(path, row(1), row(3, nik=nik(2)), row(2, status="PRO", tanggal="2026-11-22"))
        assert counts(await import_register(both, added, office=office, texts=texts)) == (1, 1, 1, 0)
        assert [len(rows) for rows in await everything(both)] == [2, 3, 4]
    finally:
        await both.close()
    assert (await everything(store))[0] == before[0]


STATUSES = st.sampled_from(["PRO", "PRR", "WAITING_BLANK", "CARD_SHIPPED", "APA_INI"])
ROWS = st.lists(
    st.tuples(st.integers(1, 4), STATUSES, st.integers(1, 20)),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one[0],
)


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, data=st.data())
async def test_the_order_of_rows_with_different_numbers_does_not_matter(taken_in, file, store, rows, data):
    """A file and the same file in another order have the same result."""
    cells = [row(serial, status=status, tanggal=f"2026-11-{day:02}") for serial, status, day in rows]
    await taken_in(file(*cells))
    before = await everything(store)
    assert counts(await taken_in(file(*data.draw(st.permutations(cells))))) == (0, 0, len(cells), 0)
    assert await everything(store) == before
