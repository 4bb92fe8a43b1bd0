"""The audit by day, person and number, and its file."""

import html
import re

import pytest

from bot.console.pages import audit as pages_audit
from domain.staff.roles import Role
from storage import audit
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.console.things import made_at
from tests.console.town import a_register
from tests.support.officers import table


async def file(visitor, query: str = "") -> list[dict[str, str]]:
    return table(await visitor.opens(f"/staf/audit.csv?{query}"))


async def test_the_audit_is_filtered_by_the_days_of_the_office(counter: ConsoleCounter):
    admin = await counter.enter(Role.ADMIN)
    counter.clock.move(hours=16)  # after midnight in Mojokerto, still the 23rd in UTC
    await counter.import_register(a_register(1).mended)
    admin = await counter.enter(Role.ADMIN)
    assert [row["tentang"] for row in await file(admin, "dari=2026-11-24&apa=imported")]
    assert not await file(admin, "sampai=2026-11-23&apa=imported")
    days = {row["waktu"][:10] for row in await file(admin, "sampai=2026-11-23")}
    assert days == {"2026-11-23"}
    assert (
        "Impor register</span>" not in (await admin.opens("/staf/audit?sampai=2026-11-23&apa=imported")).text
    )


@pytest.mark.parametrize("of", ["application", "ticket"])
async def test_a_number_finds_what_concerns_it_and_stays_out_of_addresses(counter: ConsoleCounter, of: str):
    await counter.import_register(a_register(2).mended)
    officer = await counter.enter(Role.OFFICER)
    number = person(1)["no_registrasi"]
    await officer.sends("/staf/register", "/staf/register", cari=number)
    typed = number.lower() if of == "application" else await counter.walks_in("ktp_baru")
    admin = await counter.enter(Role.ADMIN)
    answer = await admin.sends("/staf/audit", "/staf/audit", nomor=typed)
    assert number not in str(answer.url)
    assert f"tentang={of if of == 'application' else 'booking'}" in str(answer.url)
    rows = await file(admin, answer.url.query.decode())
    assert {row["perbuatan"] for row in rows} == {"register-seen" if of == "application" else "walk-in"}


async def test_an_unknown_number_is_told(counter: ConsoleCounter):
    admin = await counter.enter(Role.ADMIN)
    for typed in ("MJK-261102-0007-Z", "ABC234", "apa saja", ""):
        answer = await admin.sends("/staf/audit", "/staf/audit", nomor=typed)
        assert answer.status_code == 422
        assert "Data tidak ditemukan" in answer.text


async def test_the_file_names_staff_and_is_audited_itself(counter: ConsoleCounter):
    admin = await counter.enter(Role.ADMIN)
    rows = await file(admin)
    assert "Wulan Hartini" in {row["petugas"] for row in rows}
    (line,) = await counter.store.read(lambda db: audit.entries(db, action="audit-fetched"))
    assert line.subject == "audit"


async def test_downloads_tell_whole_lists_from_masked_reports(counter: ConsoleCounter):
    things = await made_at(counter, "sooko")
    admin = await counter.enter(Role.ADMIN)
    for path in ("laporan.csv", "surat.csv"):
        await admin.opens(f"/staf/pengumuman/{things.ids['/staf/pengumuman']}/{path}")
    await admin.opens(f"/staf/register/impor/{things.ids['/staf/register/impor']}/ditolak")
    entries = await counter.store.read(audit.entries)
    told = {(one.action, one.details) for one in entries}
    assert told >= {
        ("announcement-reported", "masked-names"),
        ("announcement-reported", "whole-names"),
        ("refused-rows-fetched", "whole-niks"),
    }
    assert "nama lengkap" in (await admin.opens("/staf/audit?apa=announcement-reported")).text


async def test_older_lines_follow_page_by_page_and_the_file_has_them_all(
    counter: ConsoleCounter, monkeypatch
):
    monkeypatch.setattr(pages_audit, "_PART", 40)  # lines of the file that are read at once
    admin = await counter.enter(Role.ADMIN)

    async def remember(db) -> None:
        for place in range(101):
            await audit.record(db, actor=audit.SYSTEM, action="purged", subject=f"day:{place}")

    await counter.store.write(remember)
    seen, address = [], "/staf/audit?apa=purged"
    while address:
        page = (await admin.opens(address)).text
        seen += re.findall(r"day:([0-9]+)", page)
        older = re.search(r'href="(/staf/audit\?[^"]*sebelum=[0-9]+)"', page)
        address = html.unescape(older[1]) if older else ""
    assert [int(place) for place in seen] == [*reversed(range(101))]
    assert [row["tentang"] for row in await file(admin, "apa=purged")] == [f"day:{place}" for place in seen]
