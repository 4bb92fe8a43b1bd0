"""P4: a resident asks for a human, over every channel; the bot is silent until it gets the chat back."""

import asyncio
from datetime import UTC, datetime

import pytest

from domain.staff.roles import Role
from storage.handovers import views
from storage.handovers.lines import lines
from storage.staff import staff
from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
NIK = SRI["nik"]


async def officer(counter, name="Ratna", role=Role.OFFICER, point=None):
    """A member of staff with a staff chat."""
    code = await counter.store.write(
        lambda db: staff.invite(db, name=name, role=role, point=point, actor="system")
    )
    member = counter.resident(name)
    await member.says(f"/staf {code}")
    await member.says("menu")
    return member


async def handed(counter, sri, first="Halo, mau tanya"):
    await sri.says("petugas")
    await sri.says(first)


async def taken(counter, sri, ratna):
    """Sri is handed over, and Ratna has her."""
    await handed(counter, sri)
    await counter.passes(minutes=3)
    ratna.catch_up()
    await ratna.taps("Ambil")
    ratna.catch_up()


@CHANNELS
@pytest.mark.first_office
async def test_a_resident_and_an_officer_talk_through_the_bot(counter, channel):
    ratna, sri = await officer(counter), counter.resident("Sri", channel=channel)
    await sri.says("petugas")
    sri.hears("diteruskan", "sedang buka", "15.00", "Belum ada orang lain yang menunggu")
    assert sri.labels == ["Pengaduan", "Kembali ke bot"]
    await sri.says("KTP saya hilang, bagaimana?")
    if channel == "web":
        sri.hears("diteruskan")
    else:
        sri.hears_nothing_new()
    await counter.passes(minutes=3)
    ratna.catch_up()
    ratna.hears("ingin bicara dengan petugas")
    await ratna.taps("Ambil")
    ratna.has_heard("terhubung", channel, "KTP saya hilang, bagaimana?")
    await ratna.says("Terima kasih")  # no opening word: everything goes to the resident
    ratna.has_heard("Dikirim")
    sri.has_heard("*Petugas:* Terima kasih")
    assert "Ratna" not in "".join(one.text for one in sri.screens)
    await sri.says("1")  # digits, too, are for the human
    ratna.has_heard("1")


async def types_it(ratna):
    await ratna.says("/kembalikan")


async def taps_it(ratna):
    asked = next(one for one in reversed(ratna.screens) if one.choices)
    await ratna.taps("Selesai, ke bot", of=asked)


@pytest.mark.parametrize(
    ("channel", "hands_back"),
    [("telegram", types_it), ("telegram", taps_it), ("web", types_it), ("whatsapp", types_it)],
)
async def test_the_bot_says_when_it_is_back_and_asks_what_was_open(counter, channel, hands_back):
    ratna, sri = await officer(counter), counter.resident("Sri", channel=channel)
    await sri.says("status")
    await taken(counter, sri, ratna)
    ratna.has_heard("Cek status KTP")
    await hands_back(ratna)
    ratna.has_heard("dikembalikan")
    await counter.passes(seconds=1)
    sri.has_heard("Bot menjawab lagi", "nomor registrasi")
    await sri.says("menu")
    sri.hears("Ada yang bisa kami bantu")


async def test_what_is_written_next_is_the_first_word_for_the_officer(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    [found] = await counter.store.read(views.living)
    said = await counter.store.read(lambda db: lines(db, handover=found.id))
    assert [one.word for one in said if one.actor == "resident"] == ["Halo, mau tanya"]


async def test_the_interrupted_question_comes_back(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("status")
    await sri.says("petugas")
    await sri.taps("Kembali ke bot")
    sri.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    sri.hears("NIK")
    await sri.says("petugas")
    await sri.says("halo")
    await sri.taps("Kembali ke bot")
    sri.hears("selesai", "NIK")
    await sri.says(NIK)
    sri.hears("siap diambil")


@CHANNELS
async def test_commands_taps_and_menu_work_meanwhile(counter, channel):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await handed(counter, sri)
    await sri.says("/bantuan")
    sri.hears("nomor registrasi")
    await sri.says("menu")
    sri.hears("Ada yang bisa kami bantu")
    await sri.taps("Cek status")
    sri.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    await sri.says(NIK[-4:] if channel == "whatsapp" else NIK)
    sri.hears("siap diambil")
    sri.catch_up()
    await sri.says("sudah saya cek, tetap belum jelas")
    if channel == "web":
        sri.hears("diteruskan")
    else:
        sri.hears_nothing_new()


async def test_a_0_alone_leads_to_the_menu_for_who_has_only_digits(counter, sri):
    await handed(counter, sri)
    await sri.says("0")
    sri.hears("Ada yang bisa kami bantu")


@CHANNELS
async def test_from_petugas_a_complaint_is_one_tap_away(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("/petugas")
    await sri.taps("Pengaduan")
    await sri.says("petugas di loket dua membentak ibu saya")
    await sri.taps("Kirim")
    sri.hears("nomor", "dijawab paling lambat")
    assert await counter.count("cases") == 1
    assert await counter.count("handovers", "state <> 'over'") == 0


async def test_words_that_are_no_answer_go_to_the_officer(counter, sri):
    await handed(counter, sri)
    await sri.says("/status")
    sri.hears("nomor registrasi")
    sri.catch_up()
    await sri.says("pak, saya lupa nomornya")
    sri.hears_nothing_new()
    [found] = await counter.store.read(views.living)
    assert found.lines == 2


@CHANNELS
async def test_an_officer_sees_no_nik(counter, channel):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    ratna, sri = await officer(counter), counter.resident("Sri", channel=channel)
    await sri.asks(SRI, NIK[-4:] if channel == "whatsapp" else None)
    await taken(counter, sri, ratna)
    shown = "\n".join(one.text for one in ratna.screens)
    assert SRI["no_registrasi"] in shown
    assert "S*** A***" in shown
    await sri.says(f"NIK saya 3516 9941 0790 0001 ya bu, atau {NIK}")
    shown = "\n".join(one.text for one in ratna.screens)
    assert "[NIK]" in shown
    assert "Sri" not in shown.replace("Sri_", "")
    for piece in (NIK, "0790 0001", NIK[-4:]):
        assert piece not in shown
    if channel != "whatsapp":
        sri.hears("diteruskan", "NIK")
        assert sri.screen.deletes is not None
    await ratna.says(f"Betul {NIK}?")
    sri.has_heard("[NIK]")


@CHANNELS
@pytest.mark.parametrize(
    ("kind", "mime", "name"),
    [("voice", "audio/ogg", "suara.ogg"), ("photo", "image/jpeg", "foto.jpg"), ("file", "", "berkas")],
)
async def test_voice_notes_photos_and_files_reach_the_officer(counter, channel, kind, mime, name):
    if channel == "web" and kind == "voice":
        kind, name, mime = "file", "suara.ogg", "audio/ogg"
    ratna, sri = await officer(counter), counter.resident("Sri", channel=channel)
    await taken(counter, sri, ratna)
    sri.phone.media["m1"] = b"\x00\x01 what it is"
    given = {"kind": kind, "media": "m1", "mime": mime, "text": "ini suratnya", "file_name": ""}
    if channel == "web":
        given |= {"media": None, "data": b"\x00\x01 what it is", "file_name": name}
    await sri.sends(**given)
    await arrives(counter, ratna, lambda: any(one.files for one in ratna.screens))
    [file] = next(one for one in reversed(ratna.screens) if one.files).files
    assert (file.data, file.name) == (b"\x00\x01 what it is", name)
    ratna.has_heard("ini suratnya")


async def test_a_photo_that_cannot_be_fetched_is_told_to_both(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    await sri.sends(kind="photo", media="gone")
    await arrives(counter, ratna, lambda: "tidak bisa diunduh" in ratna.screen.text)
    await arrives(counter, sri, lambda: "tidak bisa diunduh" in sri.screen.text)


async def arrives(counter, member, seen):
    async with asyncio.timeout(60):
        while not (member.screens and seen()):
            await counter.settle()
            await asyncio.sleep(0.01)


async def test_after_a_quiet_day_the_bot_takes_over_and_says_so(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    await counter.passes(hours=23)
    await sri.says("masih ada?")  # another day begins
    await counter.passes(hours=23)
    ratna.catch_up()
    sri.hears_nothing_new()
    await counter.passes(hours=2)
    sri.has_heard("24 jam", "Ada yang bisa kami bantu")
    ratna.has_heard("24 jam")
    await sri.says("/petugas")
    sri.hears("diteruskan")


async def test_a_resident_to_whom_nobody_came_is_told_so(counter, sri):
    await handed(counter, sri)
    await counter.passes(hours=25)
    sri.has_heard("belum ada petugas")


@pytest.mark.first_office
async def test_only_officers_of_the_resident_s_point_are_called(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED", lokasi="sooko"))
    here = await officer(counter, "Ratna", point="sooko")
    there = await officer(counter, "Wati", point="jetis")
    viewer = await officer(counter, "Tono", role=Role.VIEWER)
    await sri.asks(SRI)
    await handed(counter, sri)
    await counter.passes(minutes=3)
    here.hears("ingin bicara dengan petugas")
    there.hears_not("ingin bicara")
    viewer.hears_not("ingin bicara")
    await viewer.says("/panggilan")
    viewer.hears("tidak berwenang")
    await there.says("/panggilan")
    there.hears("Tidak ada warga")


async def test_the_usual_wait_is_the_median_of_the_last_month(counter, sri):
    ratna = await officer(counter)
    for name, minutes in (("A", 4), ("B", 10), ("C", 300)):
        other = counter.resident(name)
        await other.says("petugas")
        if name == "A":
            other.hears_not("Biasanya")
        await counter.passes(minutes=minutes)
        await ratna.says("/panggilan")
        await ratna.says("1")
        await ratna.says("/kembalikan")
        await counter.passes(minutes=3)
    await sri.says("petugas")
    sri.hears("10 menit")


async def test_while_the_office_is_closed_no_wait_in_minutes_is_promised(counter, sri):
    ratna = await officer(counter)
    await taken(counter, counter.resident("Adi"), ratna)
    await ratna.says("/kembalikan")
    counter.clock.move(hours=12)
    await sri.says("petugas")
    sri.hears("Kantor sedang tutup", "Belum ada orang lain yang menunggu")
    sri.hears_not("Biasanya")


async def test_a_usual_wait_of_hours_is_told_in_hours(counter, sri):
    ratna, adi = await officer(counter), counter.resident("Adi")
    await adi.says("petugas")
    await counter.passes(hours=3)
    await ratna.says("/panggilan")
    await ratna.says("1")
    await sri.says("petugas")
    sri.hears("Biasanya dijawab dalam 3 jam")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "sedang buka"),
        (datetime(2026, 11, 23, 11, 0, tzinfo=UTC), "Selasa, 24 November 2026"),
        (datetime(2026, 12, 24, 11, 0, tzinfo=UTC), "Senin, 28 Desember 2026"),  # Christmas, then a weekend
    ],
)
async def test_it_is_told_when_somebody_is_there(counter, sri, moment, words):
    counter.clock.move(seconds=(moment - counter.clock()).total_seconds())
    await sri.says("petugas")
    sri.hears(words)


async def test_an_answer_to_somebody_who_blocked_us_is_told_to_the_officer(counter):
    ratna, sri = await officer(counter), counter.resident("Sri", channel="whatsapp")
    await taken(counter, sri, ratna)
    sri.phone.blocked.add("Sri")
    await ratna.says("Sudah kami cek")
    await counter.passes(seconds=2)
    ratna.has_heard("tidak sampai", "blocked")


async def test_two_misunderstandings_lead_straight_to_a_human(counter, sri):
    await sri.says("xqzt wvk blorp")
    await sri.says("grmbl fnord zzyx")
    await sri.taps("Bicara")
    sri.hears("diteruskan")
    [found] = await counter.store.read(views.living)
    assert found.why == "unclear"


async def test_a_question_for_the_address_is_answered_before_the_handover(counter, sri):
    await sri.says("alamat")
    sri.hears("Telepon", "Senin")
    assert await counter.count("handovers") == 0
    await sri.taps("Bicara")
    sri.hears("diteruskan")


async def test_it_is_told_how_many_wait_while_nobody_knows_how_long(counter, sri):
    await handed(counter, counter.resident("Adi"))
    await sri.says("petugas")
    sri.hears("1 orang menunggu lebih dulu")
