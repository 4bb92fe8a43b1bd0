"""Lists of the register for officers, their export, and the search without a number."""

import re

import pytest

from domain.staff.roles import Role
from storage import audit
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.support.people import row

LIST = "/staf/register/daftar"


def register(*rows: dict) -> str:
    columns = [*rows[0]]
    lines = [",".join(columns), *(",".join(str(one.get(name, "")) for name in columns) for one in rows)]
    return "\n".join(lines)


@pytest.fixture
async def stocked(counter: ConsoleCounter) -> ConsoleCounter:
    """Five applications at two points; one status is unknown, one has stood since summer."""
    await counter.import_register(
        register(
            {**row(person(1), "PRR", tanggal="2026-11-20"), "lokasi": "sooko"},
            {**row(person(2), "PRR", tanggal="2026-07-01"), "lokasi": "sooko"},
            {**row(person(3), "CARD_SHIPPED", tanggal="2026-11-20"), "lokasi": "mojosari"},
            {**row(person(4), "ACC KABID", tanggal="2026-11-20"), "lokasi": "mojosari"},
            {**row(person(5), "PRR", tanggal="2026-11-20"), "lokasi": "mojosari"},
        )
    )
    return counter


def shown(page: str) -> list[str]:
    return re.findall(r'class="code">([^<]+)<', page)


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", [2, 1, 3, 4, 5]),
        ("tahap=PRINT_READY", [2, 1, 5]),
        ("tahap=PRINT_READY&titik=sooko", [2, 1]),
        ("umur=30", [2]),
        ("tahap=unknown", [4]),
        ("tahap=NONSENSE&umur=-7", [2, 1, 3, 4, 5]),
    ],
)
async def test_a_list_shows_the_oldest_first_and_its_export_the_same(stocked, query, people):
    officer = await stocked.enter(Role.OFFICER)
    numbers = [person(one)["no_registrasi"] for one in people]
    page = (await officer.opens(f"{LIST}?{query}")).text
    assert sorted(shown(page)) == sorted(numbers)
    assert shown(page)[0] == numbers[0]
    exported = (await officer.opens(f"{LIST}.csv?{query}")).text.splitlines()
    assert [line.split(";")[0] for line in exported[1:]] == shown(page)
    assert not any(person(one)["nik"] in page + "".join(exported) for one in range(1, 6))
    assert not any(person(one)["nama"] in page + "".join(exported) for one in range(1, 6))


async def test_each_stage_is_counted(stocked):
    officer = await stocked.enter(Role.OFFICER)
    page = (await officer.opens(LIST)).text
    assert "Siap cetak (3)" in page
    assert "kode tidak dikenal (1)" in page


async def test_an_officer_of_a_point_sees_its_list_only(stocked):
    officer = await stocked.enter(Role.OFFICER, "sooko")
    numbers = [person(one)["no_registrasi"] for one in (2, 1)]
    assert shown((await officer.opens(LIST)).text) == numbers
    assert (await officer.opens(f"{LIST}.csv?titik=mojosari")).status_code == 403


async def test_lists_and_exports_are_audited(stocked):
    officer = await stocked.enter(Role.OFFICER)
    await officer.opens(f"{LIST}?tahap=PRINT_READY")
    await officer.opens(f"{LIST}.csv")
    for action, details in (
        ("register-listed", "PRINT_READY everywhere 0"),
        ("register-exported", "all everywhere 0"),
    ):
        [entry] = await stocked.store.read(lambda db, action=action: audit.entries(db, action=action))
        assert entry.details == details


def born(nik: str) -> str:
    day = int(nik[6:8]) % 40
    return (
        f"{1900 + int(nik[10:12]) if int(nik[10:12]) > 26 else 2000 + int(nik[10:12])}-{nik[8:10]}-{day:02}"
    )


async def test_somebody_without_a_number_is_found_by_birth_date_and_four_digits(stocked):
    officer = await stocked.enter(Role.OFFICER)
    one = person(1)
    fields = {"empat": one["nik"][-4:], "lahir": born(one["nik"])}
    page = (await officer.sends("/staf/register", "/staf/register", **fields)).text
    assert shown(page) == [one["no_registrasi"]]
    other = {**fields, "lahir": "1950-01-01"}
    assert "tidak ditemukan" in (await officer.sends("/staf/register", "/staf/register", **other)).text
    seen = await stocked.store.read(lambda db: audit.entries(db, action="register-seen"))
    assert sorted(entry.subject.partition(":")[0] for entry in seen) == ["application", "unknown"]


@pytest.mark.parametrize("fields", [{"empat": "12", "lahir": "1990-01-01"}, {"empat": "abcd", "lahir": "x"}])
async def test_half_a_search_is_told_what_is_missing(stocked, fields):
    officer = await stocked.enter(Role.OFFICER)
    sent = await officer.sends("/staf/register", "/staf/register", **fields)
    assert (sent.status_code, "empat angka terakhir NIK dan tanggal lahir" in sent.text) == (422, True)
