"""/umumkan: an officer announces from the chat, and sees there how far it is."""

import pytest

from domain.announcements.announcement import Counts
from domain.staff.roles import Role
from storage import audit
from storage.audit import SYSTEM
from storage.staff import staff
from tests.support.people import SRI, row


async def staff_chat(hall, role=Role.OFFICER, *, channel="telegram", point=None):
    code = await hall.store.write(
        lambda db: staff.invite(db, name="Ayu", role=role, point=point, actor=SYSTEM)
    )
    ayu = hall.resident("Ayu", channel=channel)
    await ayu.says(f"/staf {code}")
    return ayu


async def announcement_of(hall):
    from storage.announcements.records import every

    (one,) = await hall.store.read(every)
    return one.id


async def writes(ayu, text="Kartu {nama} sudah jadi di {tempat}."):
    await ayu.says("/umumkan")
    await ayu.taps("Siap diambil")
    ayu.hears("Tulis teksnya")
    await ayu.says(text)


async def test_an_officer_sees_the_text_and_the_count_before_anything_goes_out(hall):
    people = await hall.crowd(3)
    ayu = await staff_chat(hall)
    await writes(ayu)
    ayu.hears("Kartu S*** A*** sudah jadi di Kantor Dispendukcapil, Sooko.", "3 penerima: Telegram 3")
    assert sum("Kirim" in label for label in ayu.labels) == 1
    await ayu.taps("Kirim")
    ayu.hears("Disetujui")
    await hall.passes(seconds=1)
    assert not hall.read_by(people[0]["no_registrasi"])
    await hall.passes(seconds=61)
    assert hall.read_by(people[0]["no_registrasi"]) == [
        "Kartu S*** A*** sudah jadi di Kantor Dispendukcapil, Sooko."
    ]


async def test_back_at_the_last_look_goes_to_the_text_again(hall):
    await hall.crowd(1)
    ayu = await staff_chat(hall)
    await writes(ayu, "Kartu {nama} sudah jdi.")
    ayu.hears("1 penerima")
    await ayu.says("kembali")
    ayu.hears("Tulis teksnya")
    await ayu.says("Kartu {nama} sudah jadi.")
    ayu.hears("Kartu S*** A*** sudah jadi.", "1 penerima")


async def test_back_after_a_test_message_goes_on_to_the_text(hall):
    await hall.crowd(1)
    ayu = await staff_chat(hall)
    await writes(ayu, "Kartu {nama} sudah jdi.")
    await ayu.taps("Uji ke saya")
    await ayu.says("kembali")
    ayu.hears("1 penerima")
    await ayu.says("kembali")
    ayu.hears("Tulis teksnya")


async def test_bold_words_are_shown_bold_before_they_are_sent_bold(hall):
    await hall.crowd(1)
    ayu = await staff_chat(hall)
    await writes(ayu, "Kartu {nama} sudah jadi. *Gratis*, jam 8*9.")
    ayu.hears("Kartu S*** A*** sudah jadi. *Gratis*, jam 8*9.")


async def test_a_refused_text_stays_a_text_whatever_words_it_contains(hall):
    await hall.crowd(1)
    ayu = await staff_chat(hall)
    await writes(ayu, "Data {gelar} yang salah diperbaiki petugas, cek status atau pesan jadwal, gratis.")
    ayu.hears("hanya boleh {nama}", "Tulis teksnya")
    await ayu.says("Data {nama} yang salah diperbaiki petugas, cek status atau pesan jadwal, gratis.")
    ayu.hears("1 penerima: Telegram 1")


async def test_an_announcement_from_the_chat_is_named_after_its_first_words(hall):
    await hall.crowd(1)
    ayu = await staff_chat(hall)
    await writes(ayu, "*Kartu* {nama} sudah jadi di {tempat}. " + "Silakan diambil. " * 10)
    await ayu.taps("Kirim")
    await hall.passes(seconds=1)
    ayu.hears('Pengumuman "Kartu … sudah jadi di …. Silakan')


async def test_a4_the_test_message_to_oneself_reads_as_the_real_one(hall):
    await hall.crowd(1)
    ayu = await staff_chat(hall)
    await writes(ayu)
    await ayu.taps("Uji ke saya")
    asked, tried = [screen.text for screen in ayu.screens[-2:]]
    assert "Pesan uji" in asked
    assert tried == "Kartu S*** A*** sudah jadi di Kantor Dispendukcapil, Sooko."
    assert await hall.count("announcements") == 0


async def test_a4_progress_is_edited_in_place_and_ends_with_the_reasons(hall):
    people = await hall.crowd(30)
    hall.phones["telegram"].blocked = {people[0]["no_registrasi"]}
    ayu = await staff_chat(hall)
    await writes(ayu)
    await ayu.taps("Kirim")
    before = len(ayu.screens)
    await hall.passes(seconds=1)
    (planned,) = ayu.screens[before:]
    assert "30 penerima" in planned.text
    assert "Belum mulai" in planned.text
    await hall.passes(seconds=61)
    *_, last = ayu.screens
    assert last.replaces is not None
    assert "terkirim 29" in last.text
    assert "memblokir kantor di aplikasi chat: 1" in last.text
    assert "loket announcements --report" in last.text
    told = len(ayu.screens)
    await hall.passes(hours=1)
    assert len(ayu.screens) == told


async def test_a_chat_that_cannot_edit_is_told_the_result_alone(hall):
    await hall.crowd(2)
    ayu = await staff_chat(hall, channel="whatsapp")
    await writes(ayu)
    await ayu.taps("Kirim")
    before = len(ayu.screens)
    await hall.passes(seconds=1)
    assert len(ayu.screens) == before
    await hall.passes(seconds=61)
    assert len(ayu.screens) == before + 1
    ayu.hears("Selesai", "terkirim 2")


async def test_within_a_minute_one_tap_takes_it_back(hall):
    await hall.crowd(2)
    ayu = await staff_chat(hall)
    await writes(ayu)
    await ayu.taps("Kirim")
    await ayu.taps("Urungkan")
    ayu.hears("Diurungkan")
    await hall.passes(hours=1)
    assert await hall.counts(await announcement_of(hall)) == Counts()


async def test_an_announcement_that_is_dropped_or_let_go_does_as_told(hall):
    await hall.crowd(2)
    ayu = await staff_chat(hall)
    await writes(ayu)
    await ayu.taps("Tidak jadi")
    ayu.hears("Tidak ada yang dikirim")
    assert await hall.count("announcements") == 0
    await writes(ayu)
    await ayu.taps("Kirim")
    await ayu.taps("Biarkan")
    ayu.hears_not("Diurungkan")
    await hall.passes(seconds=1)
    await hall.passes(seconds=61)
    assert (await hall.counts(await announcement_of(hall))).sent == 2


async def test_an_officer_revoked_at_the_last_look_sends_nothing(hall):
    await hall.crowd(2)
    ayu = await staff_chat(hall)
    await writes(ayu)
    await hall.store.write(lambda db: staff.revoke(db, name="Ayu", actor=SYSTEM))
    await ayu.taps("Kirim")
    ayu.hears("tidak berwenang")
    assert await hall.count("announcements") == 0


async def test_afterwards_the_tap_stops_what_has_not_gone_out(hall):
    await hall.crowd(2)
    ayu = await staff_chat(hall)
    await writes(ayu)
    await ayu.taps("Kirim")
    button = ayu.button("Urungkan")
    await hall.passes(seconds=1)
    await hall.passes(seconds=61)
    await ayu.sends(kind="choice", choice=button.token)
    ayu.hears("Selesai")


async def test_a3_fifty_one_recipients_are_refused_in_the_chat_too(hall):
    await hall.crowd(51)
    ayu = await staff_chat(hall)
    await writes(ayu)
    await ayu.taps("Kirim")
    ayu.hears("tidak berwenang", "penyetuju")
    assert await hall.count("announcements") == await hall.count("announcement_applications") == 0
    (line,) = await hall.store.read(lambda db: audit.entries(db, action="refused"))
    assert line.details == "needs-approver"


@pytest.mark.parametrize(("count", "role", "told"), [
    (51, Role.OFFICER, True), (50, Role.OFFICER, False), (51, Role.APPROVER, False)
])  # fmt: skip
async def test_a3_who_needs_an_approver_reads_so_before_sending(hall, count, role, told):
    await hall.crowd(count)
    ayu = await staff_chat(hall, role)
    await writes(ayu)
    ayu.hears(f"{count} penerima", "Kirim")
    if told:
        ayu.hears("Lebih dari 50 penerima memerlukan penyetuju")
    else:
        ayu.hears_not("memerlukan penyetuju")


async def test_a9_an_approvers_urgent_announcement_goes_out_at_night_and_is_audited(hall):
    people = await hall.crowd(2)
    hall.clock.move(hours=13)
    bima = await staff_chat(hall, Role.APPROVER)
    await writes(bima)
    bima.hears("jam tenang", "06.00")
    await bima.taps("Mendesak")
    bima.hears("Disetujui sebagai mendesak")
    await hall.passes(seconds=1)
    assert not hall.read_by(people[0]["no_registrasi"])
    await hall.passes(seconds=61)
    assert hall.read_by(people[0]["no_registrasi"])
    (line,) = await hall.store.read(lambda db: audit.entries(db, action="announcement-released"))
    assert line.details == "urgent"


async def test_a9_an_officer_at_night_is_offered_the_morning_alone(hall):
    await hall.crowd(2)
    hall.clock.move(hours=13)
    ayu = await staff_chat(hall)
    await writes(ayu)
    ayu.hears("jam tenang", "06.00")
    assert not any("Mendesak" in label for label in ayu.labels)


@pytest.mark.parametrize("role", [None, Role.VIEWER])
async def test_who_may_not_announce_is_told_so_and_it_is_audited(hall, role):
    await hall.crowd(1)
    ayu = hall.resident("Ayu") if role is None else await staff_chat(hall, role)
    await ayu.says("/umumkan")
    ayu.hears("tidak berwenang")
    assert await hall.count("announcements") == 0
    (line,) = await hall.store.read(lambda db: audit.entries(db, action="refused"))
    assert line.subject == "action:announce"


async def test_an_officer_of_one_point_writes_to_that_point_alone(hall):
    await hall.crowd(2)
    other = SRI | {"nama": "Dewi"}
    await hall.imports(row(other, "CARD_SHIPPED", lokasi="mpp"))
    await hall.follows(other)
    ayu = await staff_chat(hall, point="mpp")
    await writes(ayu)
    ayu.hears("1 penerima")
    assert "Pilih tempat" not in ayu.labels


async def test_a_place_can_be_chosen_before_sending(hall):
    await hall.crowd(2)
    await hall.imports(row(SRI, "CARD_SHIPPED", lokasi="mpp"))
    await hall.follows(SRI)
    ayu = await staff_chat(hall)
    await writes(ayu)
    ayu.hears("3 penerima")
    await ayu.taps("Pilih tempat")
    await ayu.taps("Mal Pelayanan")
    ayu.hears("1 penerima")


async def test_a_text_that_cannot_be_sent_is_asked_for_again(hall):
    await hall.crowd(1)
    ayu = await staff_chat(hall)
    await writes(ayu, "Halo {siapa}")
    ayu.hears("kurung kurawal hanya boleh", "Tulis teksnya")
    await ayu.says("x" * 701)
    ayu.hears("700 huruf")
    await ayu.says("Kartu siap.")
    ayu.hears("1 penerima")
