"""Status codes that mean no stage stop a file when there are many, until the office says what they mean."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.importing.run import import_register
from bot.setup.office_file import load_office
from domain.cards.stages import Stage, stage_of
from domain.office.rules import Imports
from domain.office.tables import BadOffice
from domain.staff.roles import Role
from storage import audit
from storage.cards import import_words
from storage.schema import applications, imports
from storage.staff import staff
from tests.importing.conftest import row

WORDS = Path(__file__).parents[2] / "bot/console/templates/words.html"


def codes_of(report):
    return [(one.code, one.rows) for one in report.unknown]


def many(code: str, rows: int = 11, of: int = 11) -> list[dict]:
    return [row(serial, status=code if serial <= rows else "PRR") for serial in range(1, of + 1)]


def test_each_label_of_the_console_is_a_code_in_any_spelling():
    block = re.search(r"set stages = \{(.*?)\} %\}", WORDS.read_text(), re.DOTALL)[1]
    labels = dict(re.findall(r'"([A-Z_]+)": "([^"]+)"', block))
    assert labels.keys() == {stage.value for stage in Stage}
    for stage, label in labels.items():
        for spelling in (
            label,
            label.upper(),
            label.lower().replace(" ", "_"),
            f" {label.replace(' ', '  ')}",
        ):
            assert stage_of(spelling) == stage


async def test_many_unknown_codes_stop_the_import_before_anything_is_written(taken_in, file, store):
    path = file(*many("ACC KABID"))
    for dry_run in (True, False):
        report = await taken_in(path, dry_run=dry_run)
        assert (report.stopped, report.exit_code, codes_of(report)) == (True, 2, [("ACC KABID", 11)])
    assert await store.read(lambda db: db.rows(select(imports.c.id))) == []
    assert report.to_json()["unknown"] == [{"code": "ACC KABID", "rows": 11}]


@pytest.mark.parametrize(("rows", "of"), [(10, 10), (11, 220)])
async def test_few_unknown_codes_are_kept_as_they_are(taken_in, file, rows, of):
    report = await taken_in(file(*many("ACC KABID", rows, of)))
    assert (report.exit_code, report.counts.new) == (0, of)
    assert codes_of(report) == [("ACC KABID", rows)]


async def test_accepted_unknown_codes_are_imported(taken_in, file, stored):
    report = await taken_in(file(*many("ACC KABID")), accept_unknown=True)
    assert (report.exit_code, report.counts.new) == (0, 11)
    assert ((await stored(1)).stage, (await stored(1)).raw_code) == (None, "ACC KABID")


async def test_spellings_of_one_code_count_together(taken_in, file):
    report = await taken_in(file(row(1, status="Acc Kabid"), row(2, status="ACC_KABID")))
    assert codes_of(report) == [("Acc Kabid", 2)]


async def test_a_code_of_marks_alone_is_explained_like_any_other(store, taken_in, file, stored):
    path = file(*many("✔"), row(20, status="??"))
    code = await store.write(lambda db: staff.invite(db, name="Wulan", role=Role.ADMIN, actor=audit.SYSTEM))
    member = await store.write(lambda db: staff.redeem_code(db, code=code, asker=b"a"))
    explain = {"✔": "READY_FOR_PICKUP"}
    await store.write(
        lambda db: import_words.remember(db, kind=import_words.STATUS, meanings=explain, staff=member.id)
    )
    report = await taken_in(path)
    assert codes_of(report) == [("??", 1)]
    assert ((await stored(1)).stage, (await stored(20)).stage) == ("READY_FOR_PICKUP", None)


async def test_the_office_file_says_what_its_codes_mean(store, office, texts, file, stored):
    own = replace(office, imports=Imports(codes={"acc kabid": "PRINTED", "selesai": "READY_FOR_PICKUP"}))
    path = file(*many("ACC_KABID"), row(20, status="Selesai"))
    report = await import_register(store, path, office=own, texts=texts)
    assert report.unknown == ()
    assert ((await stored(1)).stage, (await stored(20)).stage) == ("PRINTED", "READY_FOR_PICKUP")


def test_an_unknown_stage_in_the_office_file_is_named(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text('[import.codes]\n"acc kabid" = "DICETAK"\n')
    with pytest.raises(BadOffice, match=r"import\.codes\.acc kabid"):
        load_office(path)


async def test_what_staff_explain_is_remembered_and_corrects_rows_of_before(
    taken_in, store, file, stored, clock
):
    path = file(*many("ACC KABID"))
    await taken_in(path, accept_unknown=True)
    member = await store.write(
        lambda db: staff.invite(db, name="Rina", role=Role.OFFICER, point=None, actor=audit.SYSTEM)
    )
    (her,) = await store.read(staff.names)
    assert member

    async def explain(db):
        meanings = {"Acc-Kabid": "PRINTED"}
        await import_words.remember(db, kind=import_words.STATUS, meanings=meanings, staff=her)

    await store.write(explain)
    report = await taken_in(path)
    assert (report.counts.changed, report.unknown) == (11, ())
    assert (await stored(1)).stage == "PRINTED"
    [entry] = await store.read(lambda db: audit.entries(db, action="import-word-explained"))
    assert entry.subject == "status:PRINTED"


async def test_many_stages_that_go_back_are_told(taken_in, file, store, texts):
    await taken_in(file(*many("CARD_SHIPPED")))
    older = file(*many("SUDAH_REKAM"))
    for dry_run in (True, False):
        report = await taken_in(older, dry_run=dry_run)
        assert (report.backward, report.goes_back) == (11, True)
    assert any("mundur" in line for line in report.lines(texts, "id"))
    query = select(applications.c.stage).distinct()
    assert [one.stage for one in await store.read(lambda db: db.rows(query))] == ["RECORDED"]
