"""Each page of the console, requested over HTTP without a browser."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain.ratings.index import Element
from domain.ratings.survey import TimeBand
from domain.staff.roles import Role
from storage import audit
from storage.ratings import cases
from storage.ratings.answers import store_answers, store_word
from storage.schema import applications, closures, stage_history
from storage.schema import staff as staff_table
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.console.town import a_register

SRI = person(1)


async def rows(counter: ConsoleCounter, table) -> list:
    return await counter.store.read(lambda db: db.rows(select(table)))


async def audited(counter: ConsoleCounter, action: str) -> list[tuple[str, str]]:
    lines = await counter.store.read(lambda db: audit.entries(db, action=action))
    return [(line.subject.partition(":")[0], line.details) for line in lines]


async def test_a_card_is_found_by_nik_which_no_page_or_address_shows(counter: ConsoleCounter):
    await counter.import_register(a_register(2).mended)
    officer = await counter.enter(Role.OFFICER)
    found = await officer.sends("/staf/register", "/staf/register", cari=f"NIK {SRI['nik']}")
    assert SRI["no_registrasi"] in found.text
    assert SRI["nik"] not in found.text
    assert "S*** A***" in found.text
    wrong = await officer.sends("/staf/register", "/staf/register", cari=SRI["nik"][:15])
    assert wrong.status_code == 422
    assert "16 angka" in wrong.text
    assert SRI["nik"][:15] not in wrong.text
    unknown = await officer.sends("/staf/register", "/staf/register", cari=person(9)["no_registrasi"])
    assert "Data tidak ditemukan." in unknown.text


async def test_a_card_of_another_point_shows_only_where_it_is(counter: ConsoleCounter):
    await counter.import_register(a_register(1).mended)
    officer = await counter.enter(Role.OFFICER, "mojosari")
    found = await officer.sends("/staf/register", "/staf/register", cari=SRI["no_registrasi"])
    assert "Dilayani di Kantor Dispendukcapil, Sooko." in found.text
    assert "S*** A***" not in found.text
    assert not re.search(r'href="/staf/register/\d', found.text)


async def test_a_stage_changed_by_hand_is_shown_with_who_did_it(counter: ConsoleCounter):
    await counter.import_register(a_register(1).mended)
    officer = await counter.enter(Role.OFFICER)
    card = (await rows(counter, applications))[0].id
    path = f"/staf/register/{card}"
    wrong = await officer.sends(path, f"{path}/status", status="", tanggal="2026-11-24")
    assert wrong.status_code == 422
    assert "Pilih status yang baru." in wrong.text
    assert "Isi tanggal hari ini atau sebelumnya." in wrong.text  # tomorrow, on the office's clock
    done = await officer.sends(path, f"{path}/status", status="PICKED_UP", tanggal="2026-11-23")
    assert "Status sudah diubah." in done.text
    assert "oleh Endang Lestari" in done.text
    assert (await rows(counter, applications))[0].stage == "PICKED_UP"
    assert len(await rows(counter, stage_history)) == 2
    again = await officer.sends(path, f"{path}/status", status="PICKED_UP", tanggal="2026-11-23")
    assert "tidak ada yang berubah" in again.text


async def test_an_earlier_date_is_asked_about_once_and_a_future_date_refused(
    counter: ConsoleCounter,
):
    await counter.import_register(a_register(1).mended)
    officer = await counter.enter(Role.OFFICER)
    card = (await rows(counter, applications))[0]
    path = f"/staf/register/{card.id}"
    ahead = await officer.sends(path, f"{path}/status", status="PICKED_UP", tanggal="2026-12-24", yakin="1")
    assert (ahead.status_code, "Isi tanggal hari ini atau sebelumnya." in ahead.text) == (422, True)
    day = card.stage_on - timedelta(days=1)
    old = {"status": "PICKED_UP", "tanggal": day.isoformat()}
    asked = await officer.sends(path, f"{path}/status", **old)
    assert asked.status_code == 422
    assert "lebih lama daripada status yang sekarang" in asked.text
    assert "Ya, tanggal itu benar" in asked.text
    assert f'value="{day.isoformat()}"' in asked.text
    assert (await rows(counter, applications))[0].stage == card.stage
    done = await officer.sends(path, f"{path}/status", **old, yakin="1")
    assert "Status sudah diubah." in done.text
    changed = (await rows(counter, applications))[0]
    assert (changed.stage, changed.stage_on) == ("PICKED_UP", day)


async def test_a_registration_number_at_the_check_in_opens_its_card(counter: ConsoleCounter):
    await counter.import_register(a_register(1).mended)
    officer = await counter.enter(Role.OFFICER)
    opened = await officer.sends("/staf", "/staf/hari-ini/datang", kode=SRI["no_registrasi"], titik="sooko")
    assert opened.url.path.startswith("/staf/register/")
    assert "Sudah diambil" in opened.text


async def test_a_closed_day_leads_to_the_next_open_one(counter: ConsoleCounter):
    officer = await counter.enter(Role.OFFICER, "sooko")
    sunday = await officer.opens("/staf?titik=sooko&hari=2026-11-29")
    link = r'Tutup hari itu\.\s+Buka lagi <a href="/staf\?titik=sooko&amp;hari=2026-11-30">'
    assert re.search(link, sunday.text)
    assert "Buka lagi" not in (await officer.opens("/staf?titik=sooko&hari=2026-11-30")).text


async def test_a_time_is_closed_after_seeing_whom_it_concerns_and_opened_again(counter: ConsoleCounter):
    code = await counter.books("ktp_baru")
    chief = await counter.enter(Role.APPROVER)
    today = "2026-11-23"
    asked = {"titik": "sooko", "tanggal": today, "dari": "08:00", "sampai": "12:00", "sebab": "Rapat dinas"}
    page = "/staf/kalender?titik=sooko"
    shown = await chief.sends(page, "/staf/kalender/tutup/lihat", **asked)
    assert "1 orang sudah berjanji di waktu itu" in shown.text
    assert code in shown.text
    assert await rows(counter, closures) == []
    stamp = re.search(
        r'action="/staf/kalender/tutup">\s*<input type="hidden" name="csrf" value="([^"]+)"', shown.text
    )
    closed = await chief.http.post("/staf/kalender/tutup", data={"csrf": stamp[1], **asked})
    assert "Rapat dinas" in closed.text
    assert len(await rows(counter, closures)) == 1
    opened = await chief.sends(page, "/staf/kalender/buka", **asked)
    assert "Waktu itu dibuka lagi." in opened.text
    (one,) = await rows(counter, closures)
    assert one.opened_at is not None


@pytest.mark.parametrize(
    ("dari", "sampai", "tanggal", "told"),
    [
        ("", "", "", "Pilih tanggal."),
        ("12:00", "08:00", "2026-11-24", "Isi kedua jam"),
        ("12:00", "", "2026-11-24", "Isi kedua jam"),
        ("", "", "kapan-kapan", "Pilih tanggal."),
        ("", "", "9999-12-31", "Pilih tanggal."),
    ],
)
async def test_a_closing_that_makes_no_sense_is_told_beside_its_field(
    counter: ConsoleCounter, dari: str, sampai: str, tanggal: str, told: str
):
    chief = await counter.enter(Role.APPROVER)
    fields = {"titik": "sooko", "tanggal": tanggal, "dari": dari, "sampai": sampai}
    page = await chief.sends("/staf/kalender", "/staf/kalender/tutup/lihat", **fields)
    assert page.status_code == 422
    assert told in page.text


async def test_a_complaint_is_answered_given_on_and_closed(counter: ConsoleCounter):
    opened = await counter.store.write(
        lambda db: cases.open_case(
            db, kind="complaint", word="Antre <b>lama</b>", chat=None, on=counter.clock.now.date(), due_days=3
        )
    )
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/kasus/{opened.number}"
    assert "Antre &lt;b&gt;lama&lt;/b&gt;" in (await officer.opens(path)).text
    empty = await officer.sends(path, f"{path}/balas", jawaban=" ")
    assert empty.status_code == 422
    answered = await officer.sends(path, f"{path}/balas", jawaban="Kami menambah loket.")
    assert "Kami menambah loket." in answered.text
    await officer.sends(path, f"{path}/tutup")
    assert opened.number in (await officer.opens("/staf/kasus?lihat=selesai")).text
    assert (await officer.opens("/staf/kasus/TIDAKADA")).status_code == 404


async def test_the_index_is_shown_and_written_into_files(counter: ConsoleCounter):
    viewer = await counter.enter(Role.VIEWER)
    page = await viewer.opens("/staf/ikm")
    assert "Belum ada" in page.text or "belum ada" in page.text
    assert "perbaikan" not in page.text.lower()
    approver = await counter.enter(Role.APPROVER)
    for ending, begins in (("csv", b"kunci"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        file = await approver.opens(f"/staf/ikm/laporan.{ending}")
        assert file.status_code == 200
        assert file.content.startswith(begins)
        assert "attachment" in file.headers["content-disposition"]
    assert (await approver.opens("/staf/ikm/laporan.exe")).status_code == 404


async def test_members_of_a_point_that_left_the_office_file_can_work_on(counter: ConsoleCounter):
    visitor = await counter.enter(Role.APPROVER, "pacet")
    for path in ("/staf", "/staf/kalender", "/staf/ringkasan", "/staf/register"):
        assert (await visitor.opens(path)).status_code == 200, path


async def answered(
    counter: ConsoleCounter, people: int, *, on: date | None = None, point: str = "sooko", score: int = 4
) -> None:
    async def store(db) -> None:
        for _ in range(people):
            await store_answers(
                db,
                scores=dict.fromkeys(Element, score),
                on=on or counter.clock.now.date(),
                band=TimeBand.MORNING,
                point=point,
                service="ktp_baru",
            )

    await counter.store.write(store)


async def test_what_residents_wrote_is_read_by_approvers_of_the_whole_office(counter: ConsoleCounter):
    on = counter.clock.now.date()
    for word in ("Kursi tunggu kurang", f"Terima kasih Bu Endang, NIK saya {SRI['nik']}"):
        await counter.store.write(store_word, word=word, on=on)
    approver = await counter.enter(Role.APPROVER)
    page = (await approver.opens("/staf/ikm")).text
    assert "Kursi tunggu kurang" in page
    assert "Terima kasih Bu Endang" in page
    assert SRI["nik"] not in page
    assert (
        "Kursi"
        not in (
            await approver.opens(f"/staf/ikm?dari={on + timedelta(days=7)}&sampai={on + timedelta(days=9)}")
        ).text
    )
    assert "Kursi" not in (await approver.opens("/staf/ikm?titik=sooko")).text, "no text has a point"
    for visitor in (await counter.enter(Role.OFFICER), await counter.enter(Role.APPROVER, "sooko")):
        assert "Kursi" not in (await visitor.opens("/staf/ikm")).text


async def test_single_answers_are_for_approvers_without_who_they_are_of_and_audited(counter: ConsoleCounter):
    await answered(counter, 5)
    viewer, officer = await counter.enter(Role.VIEWER), await counter.enter(Role.OFFICER)
    for visitor in (viewer, officer):
        page = await visitor.opens("/staf/ikm")
        assert "Jawaban satu per satu hanya untuk penyetuju." in page.text
        assert "laporan.csv" not in page.text
        assert (await visitor.opens("/staf/ikm/laporan.pdf")).status_code == 200
        for ending in ("csv", "xlsx"):
            assert (await visitor.opens(f"/staf/ikm/laporan.{ending}")).status_code == 403
    approver = await counter.enter(Role.APPROVER)
    rows = (await approver.opens("/staf/ikm/laporan.csv")).text.splitlines()
    assert len(rows) == 6
    assert rows[0] == "kunci,tanggal,jam,lokasi,layanan," + ",".join(Element)
    (line,) = await counter.store.read(lambda db: audit.entries(db, action="answers-fetched"))
    assert line.actor.startswith("staff:")


async def test_figures_that_would_reveal_one_answer_are_hidden_from_viewers(counter: ConsoleCounter):
    await answered(counter, 4)
    viewer = await counter.enter(Role.VIEWER)
    page = await viewer.opens("/staf/ikm")
    assert "terlalu sedikit untuk ditampilkan" in page.text
    assert "100,00" not in page.text
    for file in ("laporan.pdf", "grafik.png"):
        refused = await viewer.opens(f"/staf/ikm/{file}")
        assert refused.status_code == 403
        assert "masih terlalu sedikit" in refused.text
    approver = await counter.enter(Role.APPROVER)
    assert "100,00" in (await approver.opens("/staf/ikm")).text


async def test_dates_at_the_ends_of_the_calendar_are_ignored(counter: ConsoleCounter):
    officer = await counter.enter(Role.APPROVER)
    for day in ("not-a-day", "0001-01-01", "9999-12-31"):
        today = await officer.opens(f"/staf?hari={day}")
        assert (today.status_code, day in today.text) == (200, False)
        assert (await officer.opens(f"/staf/hari-ini/daftar?hari={day}")).status_code == 200, day
    for ending in ("", "/laporan.csv", "/laporan.xlsx", "/laporan.pdf"):
        ends = await officer.opens(f"/staf/ikm{ending}?dari=0001-01-01&sampai=9999-12-31")
        assert ends.status_code == 200, ending
    assert (await officer.opens("/staf/ikm/grafik.png?dari=0001-01-01&sampai=9999-12-31")).status_code == 404
    widest = await officer.opens("/staf/ikm?dari=1970-01-01&sampai=2100-12-31")
    assert widest.status_code == 200
    assert (await officer.opens("/staf?hari=2100-12-31")).status_code == 200
    assert (await officer.opens("/staf?hari=1970-01-01")).status_code == 200


async def test_a_code_is_shown_once_and_who_is_revoked_is_gone(counter: ConsoleCounter):
    admin = await counter.enter(Role.ADMIN)
    invited = await admin.sends(
        "/staf/petugas", "/staf/petugas", nama="Rini Astuti", peran="officer", titik="sooko"
    )
    code = re.search(r'class="big code">([A-Z0-9]{10})<', invited.text)[1]
    assert code not in (await admin.opens("/staf/petugas")).text
    rini = await counter.visitor()
    assert "Selamat bekerja, Rini Astuti." in (await rini.log_in(code)).text
    (her,) = [one.id for one in await rows(counter, staff_table) if one.name == "Rini Astuti"]
    await admin.sends("/staf/petugas", f"/staf/petugas/{her}/cabut")
    assert (await rini.opens("/staf")).status_code == 403
    mine = await admin.opens("/staf/petugas")
    (me,) = [one.id for one in await rows(counter, staff_table) if one.name == "Wulan Hartini"]
    assert f"/staf/petugas/{me}/cabut" not in mine.text
    assert ("staff", "officer") in await audited(counter, "staff-invited")


async def test_an_admin_of_one_point_cannot_take_over_a_colleague_of_another(counter: ConsoleCounter):
    """Inviting an existing name again would give that member's code, role and point away."""
    await counter.code("Teguh Santoso", Role.ADMIN, "mojosari")
    await counter.code("Kepala Dinas", Role.ADMIN)
    admin = await counter.enter(Role.ADMIN, "sooko")
    listed = await admin.opens("/staf/petugas")
    assert "Teguh Santoso" not in listed.text
    for name in ("Teguh Santoso", "Kepala Dinas"):
        taken = await admin.sends("/staf/petugas", "/staf/petugas", nama=name, peran="viewer", titik="sooko")
        assert taken.status_code == 403
        assert 'class="big code"' not in taken.text
    everywhere = await admin.sends("/staf/petugas", "/staf/petugas", nama="Ani", peran="admin", titik="")
    assert everywhere.status_code == 403
    kept = {one.name: (one.role, one.point) for one in await rows(counter, staff_table)}
    assert kept["Teguh Santoso"] == ("admin", "mojosari")
    assert "Ani" not in kept


async def test_the_audit_page_words_its_codes_and_shows_the_codes_small(counter: ConsoleCounter):
    await counter.import_register(a_register(1).mended)
    card = (await rows(counter, applications))[0].id
    officer = await counter.enter(Role.OFFICER)
    await officer.sends(
        f"/staf/register/{card}", f"/staf/register/{card}/status", status="PICKED_UP", tanggal="2026-11-23"
    )
    await officer.opens("/staf/audit")
    admin = await counter.enter(Role.ADMIN)
    page = (await admin.opens("/staf/audit")).text
    for words, code in (
        ("Status diubah", "stage-changed"),
        ("permohonan", f"application:{card}"),
        ("Sudah diambil", "PICKED_UP"),
        ("Ditolak: tidak berwenang", "refused"),
        ("membaca audit", "action:see-audit"),
        ("Petugas diundang", "staff-invited"),
        ("petugas", "officer"),
    ):
        assert f'{words} <small class="code">{code}</small>' in page, code


async def test_the_audit_page_filters_by_action_and_colleague_and_names_no_resident(counter: ConsoleCounter):
    await counter.import_register(a_register(1).mended)
    officer = await counter.enter(Role.OFFICER)
    await officer.sends("/staf/register", "/staf/register", cari=SRI["nik"])
    admin = await counter.enter(Role.ADMIN)
    page = await admin.opens("/staf/audit?apa=register-seen")
    assert "Endang Lestari" in page.text
    assert "Register dilihat" in page.text
    for secret in (SRI["nik"], SRI["no_registrasi"], "Sri"):
        assert secret not in page.text
    for odd in ("sebelum=x", "sebelum=-1", "siapa=%27", "apa=<b>", "sebelum=" + "9" * 40):
        assert (await admin.opens(f"/staf/audit?{odd}")).status_code == 200
