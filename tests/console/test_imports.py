"""Uploaded files: checked in the background, encrypted while they wait, refused with a sentence if they are no register."""

import asyncio
import io
import re
import zipfile

import pytest
from sqlalchemy import select

from bot.importing.heading import find_heading
from bot.importing.table import open_table
from bot.jobs import runner
from bot.jobs.imports import KIND
from domain.cards.register import COLUMNS
from domain.staff.roles import Role
from storage import audit
from storage.cards import import_words
from storage.schema import applications, job_files
from storage.schema import jobs as jobs_table
from storage.staff import jobs, staff
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.console.town import a_register
from tests.support.officers import Officer
from tests.support.people import row

FOLDER = "/staf/register/impor"


async def hands_in(officer: Officer, body: bytes, name: str = "daftar.csv") -> str:
    """Hand a file in, and wait until it is checked; give the page."""
    sent = await officer.sends(FOLDER, FOLDER, files={"berkas": (name, body)})
    return await over(officer, sent.url.path)


async def over(officer: Officer, path: str) -> str:
    while True:
        page = (await officer.opens(path)).text
        if 'id="maju"' not in page:
            return page
        await asyncio.sleep(0.05)


async def count(counter: ConsoleCounter, table) -> int:
    return len(await counter.store.read(lambda db: db.rows(select(table))))


async def test_a_checked_file_has_changed_nothing_until_it_is_imported(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, a_register(3).mended.encode())
    assert "Semua baris baik" in page
    assert await count(counter, applications) == 0
    path = re.search(rf'action="({FOLDER}/\d+)/simpan"', page)[1]
    sent = await officer.sends(path, f"{path}/simpan")
    assert "Impor selesai" in await over(officer, sent.url.path)
    assert await count(counter, applications) == 3


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr(
            "xl/workbook.xml", '<workbook><sheets><sheet name="a" r:id="r1" xmlns:r="r"/></sheets></workbook>'
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>',
        )
        with package.open("xl/s.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(b" " * 1024 * 1024)
    return file.getvalue()


UNUSABLE = {
    "empty": b"\xef\xbb\xbf\r\n",
    "a web page saved as a sheet": b"<html><body><table><tr><td>no_registrasi</td></tr></table>",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "columns missing": b"nama,alamat\nSri,Sooko\n",
    "a column twice": b"no_registrasi,nik,nik,nama,layanan,status,tanggal\n1,2,3,4,5,6,7\n",
    "a damaged workbook": b"PK\x03\x04" + b"\0" * 200,
    "a header alone": b"no_registrasi,nik,nama,layanan,status,tanggal\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
}


@pytest.mark.parametrize("body", UNUSABLE.values(), ids=UNUSABLE.keys())
async def test_what_is_no_register_is_refused_with_a_sentence(counter: ConsoleCounter, body: bytes):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, body)
    assert "Berkas ini tidak bisa dipakai" in page
    told = re.search(r'class="told" role="alert">([^<]+)<', page)[1]
    assert told.strip().endswith(".")
    assert "gangguan" not in told


async def test_a_bomb_is_refused_and_the_office_goes_on(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, bomb(), "bom.xlsx")
    assert "Berkas ini tidak bisa dipakai" in page
    assert "gangguan" not in page
    assert (await officer.opens("/staf")).status_code == 200


async def test_a_file_of_a_million_rows_is_refused_with_a_sentence(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    header = b"no_registrasi,nik,nama,layanan,status,tanggal\n"
    page = await hands_in(officer, header + b"1,1,a,b,c,d\n" * 1_000_001)
    assert "Berkas ini tidak bisa dipakai" in page
    assert "gangguan" not in page


async def test_a_file_above_the_limit_is_refused_with_the_limit(counter: ConsoleCounter):
    async with counter.client() as http:
        answer = await http.post("/staf/register/impor", content=bytes(90 * 1024 * 1024))
    assert answer.status_code == 413
    assert "paling besar 64 MB" in answer.text


async def test_without_a_file_the_form_says_what_to_do(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    sent = await officer.sends(FOLDER, FOLDER, files={"berkas": ("", b"")})
    assert sent.status_code == 422
    assert "Pilih berkas CSV atau XLSX lebih dahulu." in sent.text


INJECTED = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "\u202egnp.exe",
    "' OR '1'='1",
]


@pytest.mark.parametrize("name", INJECTED)
async def test_names_of_files_and_people_are_text_and_nothing_else(counter: ConsoleCounter, name: str):
    officer = await counter.enter(Role.OFFICER)
    one = {**row(person(1), "KODE " + name[:20]), "nama": name.replace("\n", " ")}
    text = (
        ",".join(one) + "\n" + ",".join('"' + value.replace('"', '""') + '"' for value in one.values()) + "\n"
    )
    sent = await officer.sends(FOLDER, FOLDER, files={"berkas": (name, text.encode())})
    page = await over(officer, sent.url.path)
    for shown in (page, (await officer.opens(FOLDER)).text):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert ">49<" not in shown
    fetched = await officer.http.get(f"{sent.url.path}/ditolak")
    for line in fetched.text.splitlines() if fetched.status_code == 200 else []:
        assert not any(cell.strip('"\ufeff').startswith(("=", "+", "-", "@")) for cell in line.split(","))


async def test_an_uploaded_file_is_encrypted_and_refused_rows_need_the_right(
    counter: ConsoleCounter,
):
    officer = await counter.enter(Role.OFFICER)
    damaged = a_register(4).with_errors
    page = await hands_in(officer, damaged.encode())
    kept = await counter.store.read(lambda db: db.rows(select(job_files.c.name, job_files.c.body)))
    assert {one.name for one in kept} == {"given", "refused"}
    assert not any(person(3)["nik"].encode() in one.body for one in kept)
    address = re.search(rf'href="({FOLDER}/\d+/ditolak)"', page)[1]
    assert "no_registrasi" in (await officer.opens(address)).text
    for role, point in ((Role.VIEWER, None), (Role.ADMIN, "sooko")):
        assert (await (await counter.enter(role, point)).opens(address)).status_code == 403


async def test_an_import_whose_process_died_is_finished_by_the_next(counter: ConsoleCounter):
    """A closed tab does not stop an import, and another process continues a dead one's."""
    officer = await counter.enter(Role.OFFICER)
    await counter.rests()
    sent = await officer.sends(FOLDER, FOLDER, files={"berkas": ("a.csv", a_register(3).mended.encode())})
    taken = await counter.store.write(lambda db: jobs.claim(db, owner="one that died"))
    assert taken.kind == KIND
    assert 'id="maju"' in (await officer.opens(sent.url.path)).text
    counter.clock.move(seconds=16)
    await counter.works_on()
    assert "Semua baris baik" in await over(officer, sent.url.path)


async def test_a_job_that_breaks_lets_the_next_one_have_its_turn(counter: ConsoleCounter, vault):
    officer = await counter.enter(Role.OFFICER)
    (her,) = [one.staff_id for one in await counter.sessions()]

    async def plan(db) -> int:
        argument = {"name": "tanpa write"}  # written by another version
        return await jobs.plan(db, kind=KIND, staff=her, argument=argument)

    broken = await counter.store.write(plan)
    await counter.store.write(
        lambda db: jobs.add_part(db, job=broken, name=jobs.GIVEN, part=0, body=b"no_registrasi\n")
    )
    assert "Semua baris baik" in await hands_in(officer, a_register(2).mended.encode())
    states = await counter.store.read(lambda db: db.rows(select(jobs_table.c.state)))
    assert sorted(one.state for one in states) == ["done", "failed"]
    assert jobs.LEASE.total_seconds() / 5 > runner.BEAT_SECONDS


def unusual(code: str, rows: int = 12) -> bytes:
    """A list whose status nobody but the office knows."""
    made = [row(person(serial), code) for serial in range(1, rows + 1)]
    lines = [",".join(made[0]), *(",".join(map(str, one.values())) for one in made)]
    return "\n".join(lines).encode()


async def stages(counter: ConsoleCounter) -> set:
    rows = await counter.store.read(lambda db: db.rows(select(applications.c.stage)))
    return {one.stage for one in rows}


async def test_unknown_codes_are_explained_once_for_the_whole_office(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, unusual("ACC KABID"))
    assert "Apa arti status ini?" in page
    path = re.search(rf'action="({FOLDER}/\d+)/arti"', page)[1]
    empty = await officer.sends(path, f"{path}/arti", **{"arti-0": ""})
    assert (empty.status_code, "Pilih arti" in empty.text) == (422, True)
    sent = await officer.sends(path, f"{path}/arti", **{"arti-0": "PRINTED"})
    page = await over(officer, sent.url.path)
    assert "Apa arti status ini?" not in page
    checked = re.search(rf'action="({FOLDER}/\d+)/simpan"', page)[1]
    sent = await officer.sends(checked, f"{checked}/simpan")
    assert "Impor selesai" in await over(officer, sent.url.path)
    assert await stages(counter) == {"PRINTED"}
    other = await counter.enter(Role.OFFICER, name="Dewi Lestari")
    assert "Apa arti status ini?" not in await hands_in(other, unusual("acc_kabid", 14))


async def test_services_in_the_offices_words_are_explained_once(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    strange = unusual("PRR").replace(b"ktp_hilang", b"GANTI HILANG")
    page = await hands_in(officer, strange)
    assert "Apa arti layanan ini?" in page
    assert "GANTI HILANG" in page
    path = re.search(rf'action="({FOLDER}/\d+)/arti"', page)[1]
    sent = await officer.sends(path, f"{path}/arti", **{"layanan-0": "ktp_hilang"})
    page = await over(officer, sent.url.path)
    assert "Semua baris baik" in page
    assert "Apa arti layanan ini?" not in page
    listed = (await officer.opens(FOLDER)).text
    assert "GANTI HILANG</strong>: Penggantian KTP-el hilang" in listed


async def test_points_in_the_offices_words_are_explained_once(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, unusual("PRR").replace(b"sooko", b"Kantor Induk"))
    assert "Apa arti titik layanan ini?" in page
    path = re.search(rf'action="({FOLDER}/\d+)/arti"', page)[1]
    sent = await officer.sends(path, f"{path}/arti", **{"lokasi-0": "sooko"})
    page = await over(officer, sent.url.path)
    assert "Apa arti titik layanan ini?" not in page
    checked = re.search(rf'action="({FOLDER}/\d+)/simpan"', page)[1]
    sent = await officer.sends(checked, f"{checked}/simpan")
    await over(officer, sent.url.path)
    rows = await counter.store.read(lambda db: db.rows(select(applications.c.point)))
    assert {one.point for one in rows} == {"sooko"}
    listed = (await officer.opens(FOLDER)).text
    assert "Kantor Induk</strong>: Kantor Dispendukcapil, Sooko" in listed


async def test_what_may_be_a_person_is_not_asked_about_as_a_service(counter: ConsoleCounter):
    """The columns of name and service were exchanged: each row has a word of its own."""
    officer = await counter.enter(Role.OFFICER)
    made = [
        {**row(person(one), "PRR"), "layanan": f"Sri Aminah {'ABCDEFGHIJKLMNOP'[one]}"} for one in range(15)
    ]
    lines = [",".join(made[0]), *(",".join(map(str, one.values())) for one in made)]
    page = await hands_in(officer, "\n".join(lines).encode())
    assert "Apa arti layanan ini?" not in page
    assert "Sri Aminah" not in page


async def test_many_unknown_codes_are_imported_only_when_confirmed(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, unusual("ACC KABID"))
    path = re.search(rf'action="({FOLDER}/\d+)/simpan"', page)[1]
    asked = await officer.sends(path, f"{path}/simpan")
    assert (asked.status_code, "Baca perhatian" in asked.text) == (422, True)
    sent = await officer.sends(path, f"{path}/simpan", yakin="1")
    assert "Impor selesai" in await over(officer, sent.url.path)
    assert await stages(counter) == {None}


async def test_stages_that_go_back_in_bulk_are_confirmed(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    await counter.import_register(unusual("CARD_SHIPPED").decode())
    page = await hands_in(officer, unusual("SUDAH_REKAM"))
    assert "12 status mundur" in page
    path = re.search(rf'action="({FOLDER}/\d+)/simpan"', page)[1]
    assert (await officer.sends(path, f"{path}/simpan")).status_code == 422


async def test_headings_are_explained_once_for_the_whole_office(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    body = unusual("PRR", 2).replace(b"no_registrasi", b"Kode Berkas").replace(b"nama", b"Pemohon KTP")
    page = await hands_in(officer, body)
    assert "Apa arti judul kolomnya?" in page
    path = re.search(rf'action="({FOLDER}/\d+)/arti"', page)[1]
    fields = {
        name: meaning
        for name, title in re.findall(r'<label for="(kolom-\d+)">([^<]+)<', page)
        if (meaning := {"Kode Berkas": "no_registrasi", "Pemohon KTP": "nama"}.get(title))
    }
    sent = await officer.sends(path, f"{path}/arti", **fields)
    assert "Semua baris baik" in await over(officer, sent.url.path)


async def test_a_meaning_chosen_by_mistake_is_forgotten_and_asked_again(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    path = re.search(rf'action="({FOLDER}/\d+)/arti"', await hands_in(officer, unusual("ACC KABID")))[1]
    sent = await officer.sends(path, f"{path}/arti", **{"arti-0": "PICKED_UP"})
    await over(officer, sent.url.path)
    listed = (await officer.opens(FOLDER)).text
    assert "ACC KABID" in listed
    assert "Sudah diambil" in listed
    told = await officer.sends(FOLDER, f"{FOLDER}/kata", jenis="status", kata="ACCKABID")
    assert "Arti kata itu dilupakan" in told.text
    assert "ACC KABID" not in told.text
    assert "Apa arti status ini?" in await hands_in(officer, unusual("ACC KABID"))
    [entry] = await counter.store.read(lambda db: audit.entries(db, action="import-word-forgotten"))
    assert entry.subject == "status:PICKED_UP"


async def test_an_import_is_taken_back_with_a_button(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, unusual("PRR"))
    path = re.search(rf'action="({FOLDER}/\d+)/simpan"', page)[1]
    sent = await officer.sends(path, f"{path}/simpan")
    page = await over(officer, sent.url.path)
    done = re.search(rf'action="({FOLDER}/\d+)/batalkan"', page)[1]
    other = await counter.enter(Role.OFFICER, name="Dewi Lestari")
    assert "Batalkan impor ini" not in (await other.opens(done)).text
    sent = await officer.sends(done, f"{done}/batalkan")
    page = await over(officer, sent.url.path)
    assert "Impor dibatalkan" in page
    assert await count(counter, applications) == 0
    assert "Batalkan impor ini" not in (await officer.opens(done)).text
    assert "pembatalan" in (await officer.opens(FOLDER)).text


async def test_equal_faults_are_one_line_with_their_count(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    made = [{**row(person(serial), "PRR"), "nik": "3.52E+15"} for serial in range(1, 301)]
    lines = [",".join(made[0]), *(",".join(map(str, one.values())) for one in made)]
    page = await hands_in(officer, "\n".join(lines).encode())
    assert page.count("<tr>") < 20
    assert re.search(r'data-label="Jumlah">300<.*data-label="Baris">2, 3, 4, 5, 6, …<', page)


async def test_an_empty_register_can_be_downloaded_and_filled(counter: ConsoleCounter, tmp_path):
    officer = await counter.enter(Role.OFFICER)
    got = await officer.opens(f"{FOLDER}/template.xlsx")
    path = tmp_path / "template.xlsx"
    path.write_bytes(got.content)
    assert find_heading(open_table(path)).header.places.keys() == set(COLUMNS)
    assert "hanya berisi judul" in await hands_in(officer, got.content, "template.xlsx")


async def test_a_service_of_signs_alone_is_explained_once(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER)
    page = await hands_in(officer, unusual("PRR").replace(b"ktp_hilang", b"???"))
    assert "Apa arti layanan ini?" in page
    path = re.search(rf'action="({FOLDER}/\d+)/arti"', page)[1]
    sent = await officer.sends(path, f"{path}/arti", **{"layanan-0": "ktp_hilang"})
    page = await over(officer, sent.url.path)
    assert "Semua baris baik" in page
    assert "Apa arti layanan ini?" not in page


async def test_a_column_without_a_heading_gets_no_meaning(counter: ConsoleCounter):
    await counter.code("Teguh Santoso", Role.OFFICER)
    member = await counter.store.read(lambda db: staff.find(db, name="Teguh Santoso"))
    given = {"kind": import_words.COLUMN, "meanings": {"": "nama", "NAMA WARGA": "nama"}, "staff": member.id}
    await counter.store.write(lambda db: import_words.remember(db, **given))
    assert [one.shown for one in await counter.store.read(import_words.explained)] == ["NAMA WARGA"]
