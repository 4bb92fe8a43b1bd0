"""The list of cases: point, service and kecamatan of each, and filters; nothing of it for cases from answers."""

from datetime import timedelta

import pytest

from domain.staff.roles import Role
from storage.ratings import case_files, cases
from tests.console.conftest import ConsoleCounter
from tests.console.town import sends_announcements
from tests.support.people import SRI, row

LIST = "/staf/kasus"


@pytest.fixture
async def listed(counter: ConsoleCounter) -> dict[str, str]:
    """Four cases, their numbers by what they are; the fee is overdue."""
    today = counter.clock.now.date()
    about = {"services": ["ktp_baru"], "districts": ["Sooko"], "points": ["sooko"]}
    told = {
        "complaint": {"kind": "complaint", "on": today, **about},
        "fee": {"kind": "fee", "on": today - timedelta(days=9), **about, "points": ["mpp"]},
        "moved": {"kind": "complaint", "on": today, "services": ["ktp_pindah"], "districts": ["Puri"]},
        "low": {"kind": "low", "on": today, **about, "of_answers": True},
    }

    async def write(db) -> dict[str, str]:
        every = {"word": "", "chat": None, "due_days": 3}
        return {name: (await cases.open_case(db, **every, **one)).number for name, one in told.items()}

    return await counter.store.write(write)


QUERIES = {
    "": ["complaint", "fee", "moved", "low"],
    "titik=sooko": ["complaint", "low"],
    "layanan=ktp_baru": ["complaint", "fee"],
    "kecamatan=Puri": ["moved"],
    "jenis=complaint&layanan=ktp_pindah": ["moved"],
    "terlambat=1": ["fee"],
    "jenis=nonsense": [],
}


async def test_the_list_shows_what_its_filters_want(counter, listed):
    officer = await counter.enter(Role.OFFICER)
    for query, shown in QUERIES.items():
        page = (await officer.opens(f"{LIST}?{query}")).text
        assert [name for name, number in listed.items() if number in page] == shown, query
        assert f"{len(shown)} dari 4 kasus" in page, query


async def test_the_list_and_the_page_name_point_service_and_kecamatan(counter, listed):
    officer = await counter.enter(Role.OFFICER)
    expected = ("Kantor Dispendukcapil, Sooko", "KTP-el pertama", "Sooko")
    line = (await officer.opens(f"{LIST}?jenis=complaint&titik=sooko")).text.partition(listed["complaint"])[2]
    page = (await officer.opens(f"{LIST}/{listed['complaint']}")).text
    for words in (" · ".join(expected), *expected):
        assert words in line
    assert all(one in page for one in expected)
    low = (await officer.opens(f"{LIST}?jenis=low")).text.partition(listed["low"])[2].partition("</li>")[0]
    assert "Kantor Dispendukcapil, Sooko" in low
    assert "KTP-el pertama" not in low, "an answer set has a service, too"


async def test_a_complaint_is_about_what_its_chat_had_to_do_with(counter: ConsoleCounter):
    await counter.import_register(
        "\n".join(",".join(one) for one in _table({**row(SRI, "PRR"), "kecamatan": "Puri", "lokasi": "mpp"}))
    )
    sri = counter.resident("Sri")
    async with sends_announcements(counter):
        await sri.asks(SRI)
        await sri.says("/pengaduan")
        await sri.says("Petugasnya tidak sopan")
        await sri.taps("Kirim")
    (case,) = await counter.store.read(case_files.listed)
    assert (case.points, case.services, case.districts) == (("mpp",), ("ktp_hilang",), ("Puri",))


def _table(one: dict[str, str]) -> list[list[str]]:
    return [[*one], [*one.values()]]
