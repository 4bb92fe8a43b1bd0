"""R4: a one, a price or a complaint opens a case; the office answers it, and the resident says whether that helped."""

from datetime import date

import pytest

from domain.appointments.closures import Closure
from domain.ratings.index import ELEMENTS
from domain.staff.roles import Role
from storage.appointments import closures
from storage.ratings import case_files, cases
from storage.staff import staff
from tests.conversations.ratings.test_rating import answer, rows, serve


@pytest.mark.parametrize(
    ("digits", "kind"), [("441444444", "low"), ("444344444", "fee"), ("144144444", "fee")]
)
async def test_r4_a_one_or_a_price_opens_a_case(counter, sri, digits, kind):
    await serve(counter, sri)
    await answer(sri, "1" + digits)
    (case,) = await counter.store.read(case_files.listed)
    sri.hears("sudah diterima", case.number, "4 Desember")  # five days after the week, whichever day of it
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    sri.hears_not(case.number)
    assert (case.kind, case.word, case.state) == (kind, "", "open")


async def test_r4_a_word_about_money_opens_a_case_with_the_word(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1" + "4" * 9)
    await sri.taps("Lewati")
    await sri.says("Disuruh bayar 50 ribu oleh calo")
    (case,) = await counter.store.read(case_files.listed)
    assert (case.kind, case.word) == ("fee", "Disuruh bayar 50 ribu oleh calo")


async def test_r4_the_word_after_a_one_joins_its_case(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1" + "441444444")
    await sri.taps("Lewati")
    await sri.says("Antrenya tidak jelas")
    (case,) = await counter.store.read(case_files.listed)
    assert (case.kind, case.word) == ("low", "Antrenya tidak jelas")


async def test_r4_the_office_answers_and_not_yet_reopens_and_escalates(counter, sri):
    await sri.says("pengaduan")
    await sri.says("Loket tutup padahal masih jam kerja")
    await sri.taps("Kirim")
    (case,) = await counter.store.read(case_files.listed)
    sri.hears(case.number, "30 November", "lewat chat ini")
    await counter.store.write(
        lambda db: cases.reply(db, number=case.number, word="Mohon maaf, ada pelatihan.", staff_id=7)
    )
    await counter.passes(minutes=3)
    sri.hears("Mohon maaf, ada pelatihan.", case.number)
    await sri.taps("Belum")
    sri.hears("buka lagi", "atasan")
    reopened = await counter.store.read(lambda db: case_files.show(db, number=case.number))
    assert (reopened.state, reopened.escalated) == ("open", True)
    assert [one.what for one in reopened.history] == ["opened", "replied", "reopened", "escalated"]
    await counter.store.write(
        lambda db: cases.reply(db, number=case.number, word="Sudah diperbaiki.", staff_id=7)
    )
    await counter.passes(minutes=3)
    await sri.taps("Sudah")
    sri.hears("kami tutup")
    closed = await counter.store.read(lambda db: case_files.show(db, number=case.number))
    assert closed.state == "closed"


async def test_r4_a_case_that_waits_too_long_escalates_once(counter, sri):
    await sri.says("pengaduan")
    await sri.says("Loket tutup padahal masih jam kerja")
    await sri.taps("Kirim")
    await counter.passes(days=7)
    (case,) = await counter.store.read(case_files.listed)
    assert not case.escalated
    await counter.passes(days=1)
    await counter.passes(days=1)
    (case,) = await counter.store.read(case_files.listed)
    assert case.escalated
    assert await counter.count("case_history", "what = 'escalated'") == 1


async def test_r4_what_staff_see_of_a_case_tells_nobody_who_wrote(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1" + "1" * 9)
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    (case,) = await counter.store.read(case_files.listed)
    shown = await counter.store.read(lambda db: case_files.show(db, number=case.number))
    (chat,) = (await rows(counter, "SELECT id FROM chats"))[0]
    assert str(chat) not in repr(shown) + str([one.actor for one in shown.history])
    assert all(element.value not in repr(shown) for element in ELEMENTS)


async def complained(counter, resident):
    """Somebody complained; the case is given to who has the fewest."""
    await resident.says("pengaduan")
    await resident.says("Loket tutup padahal masih jam kerja")
    await resident.taps("Kirim")
    (case,) = await counter.store.read(case_files.listed)
    return case


async def shown(counter, case):
    return await counter.store.read(lambda db: case_files.show(db, number=case.number))


async def closes(counter, case):
    await counter.store.write(lambda db: cases.close(db, number=case.number, by="staff:7"))
    await counter.passes(minutes=3)


async def test_r4_who_is_not_helped_may_say_what_is_missing(counter, sri):
    case = await complained(counter, sri)
    await counter.store.write(lambda db: cases.reply(db, number=case.number, word="Maaf.", staff_id=7))
    await counter.passes(minutes=3)
    await sri.taps("Belum")
    sri.hears("buka lagi", "Apa yang masih kurang?")
    await sri.says("masih tutup")
    sri.hears("sudah kami tambahkan", case.number)
    assert [(one.what, one.word) for one in (await shown(counter, case)).history][-1] == (
        "told",
        "masih tutup",
    )


async def test_r4_closing_a_case_unanswered_is_told_and_it_can_be_reopened(counter, sri):
    case = await complained(counter, sri)
    await closes(counter, case)
    sri.hears("menutup laporan", case.number, "Apakah ini sudah cukup?")
    await sri.taps("Belum")
    sri.hears("buka lagi", "atasan")
    assert (await shown(counter, case)).state == "open"


async def test_r4_an_answered_resident_is_not_asked_again_at_closing(counter, sri):
    case = await complained(counter, sri)
    await counter.store.write(lambda db: cases.reply(db, number=case.number, word="Maaf.", staff_id=7))
    await counter.passes(minutes=3)
    heard = len(sri.screens)
    await closes(counter, case)
    assert len(sri.screens) == heard
    await sri.taps("Belum")
    sri.hears("buka lagi", "Apa yang masih kurang?")
    await sri.taps("Lewati")
    sri.hears("Ada yang bisa kami bantu?")
    assert "told" not in [one.what for one in (await shown(counter, case)).history]


async def test_r4_what_is_reopened_goes_to_somebody_above(counter, sri):
    for name, role in (("Wulan", Role.APPROVER), ("Hartini", Role.ADMIN)):
        await counter.store.write(
            lambda db, name=name, role=role: staff.invite(db, name=name, role=role, actor="system")
        )
    case = await complained(counter, sri)
    assert case.owner == "Wulan"
    await closes(counter, case)
    await sri.taps("Belum")
    assert (await shown(counter, case)).owner == "Hartini"


async def test_r4_a_late_case_goes_to_somebody_above_once(counter, sri):
    for name, role in (("Wulan", Role.APPROVER), ("Hartini", Role.ADMIN)):
        await counter.store.write(
            lambda db, name=name, role=role: staff.invite(db, name=name, role=role, actor="system")
        )
    case = await complained(counter, sri)
    await counter.passes(days=8)
    assert (await shown(counter, case)).owner == "Hartini"


async def test_r4_a_low_rating_that_mentions_money_is_marked_as_possible_fee(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1" + "441444444")
    await sri.taps("Lewati")
    await sri.says("Dimintai uang 50 ribu")
    (case,) = await counter.store.read(case_files.listed)
    assert (case.kind, case.word) == ("fee", "Dimintai uang 50 ribu")


async def test_a_case_is_due_after_working_days_also_over_holidays(counter, sri):
    """Christmas, collective leave and both weekends are passed over; on the 31st the office is closed by staff."""
    counter.clock.now = counter.clock.now.replace(month=12, day=22)
    closed = Closure(day=date(2026, 12, 31), reason="rapat")
    await counter.store.write(
        lambda db: closures.close(db, closure=closed, zone=counter.office.timezone, by="system")
    )
    await sri.says("pengaduan")
    await sri.says("Loket tutup padahal masih jam kerja")
    await sri.taps("Kirim")
    (case,) = await counter.store.read(case_files.listed)
    assert (case.opened_on, case.due_on) == (date(2026, 12, 22), date(2027, 1, 4))
