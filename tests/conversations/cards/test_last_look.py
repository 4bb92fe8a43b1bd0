"""A complaint or correction is shown once more before it is filed, with [Kirim] and [Batal]."""

import pytest

from bot.turns.small_screens import fits
from storage.ratings import case_files

BOTH = pytest.mark.parametrize("opening", ["/pengaduan", "/perbaikan"])


async def filed(counter) -> list[str]:
    return [one.word for one in await counter.store.read(case_files.listed)]


@BOTH
@pytest.mark.parametrize("yes", ["1", "kirim", "ya", pytest.param("nggih", marks=pytest.mark.first_office)])
async def test_what_is_to_be_sent_is_shown_and_sent_once(counter, sri, opening, yes):
    await sri.says(opening)
    await sri.says("Antrean saya diserobot tadi pagi")
    sri.hears("Antrean saya diserobot tadi pagi", "dikirim ke kantor")
    assert sri.labels == ["Kirim", "Batal"]
    assert await filed(counter) == []
    before = sri.screen
    await sri.says(yes)
    sri.hears("nomor", "November")
    await sri.taps("Kirim", of=before)
    assert await filed(counter) == ["Antrean saya diserobot tadi pagi"]


@BOTH
@pytest.mark.parametrize("no", ["2", "batal", "tidak jadi", "tidak", "0", "/menu"])
async def test_what_is_taken_back_is_not_filed(counter, sri, opening, no):
    await sri.says(opening)
    await sri.says("ini salah ketik saja pak")
    await sri.says(no)
    assert await filed(counter) == []
    await sri.says("1")
    assert await filed(counter) == []


@BOTH
async def test_back_lets_it_be_written_anew(counter, sri, opening):
    await sri.says(opening)
    await sri.says("Antre lama sekali kemarin")
    await sri.says("/kembali")
    await sri.says("Petugasnya tidak ada di loket")
    sri.hears("Petugasnya tidak ada")
    sri.hears_not("Antre lama")
    await sri.says("1")
    assert await filed(counter) == ["Petugasnya tidak ada di loket"]


@BOTH
async def test_who_writes_in_several_messages_adds_to_it(counter, sri, opening):
    await sri.says(opening)
    await sri.says("Loket tutup padahal masih jam kerja")
    await sri.says("itu hari Senin, jam sembilan pagi")
    sri.hears("jam kerja itu hari Senin")
    await sri.says("1")
    assert await filed(counter) == ["Loket tutup padahal masih jam kerja\nitu hari Senin, jam sembilan pagi"]


async def test_a_sentence_that_led_here_by_mistake_leads_out_without_a_case(counter, sri):
    await sri.says("alamat saya masih alamat lama")
    sri.hears("Apa yang salah")
    await sri.says("kartu saya kapan jadinya ya bu")
    await sri.says("2")
    sri.hears("tidak ada yang dikirim")
    assert await filed(counter) == []


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
@pytest.mark.parametrize(
    ("tongue", "labels", "sent"),
    [
        ("id", ["Kirim", "Batal"], "nomor"),
        ("jv", ["Kirim", "Batal"], "nomor"),
        ("en", ["Send", "Cancel"], "number"),
    ],
)
async def test_a_long_complaint_with_a_nik_is_shown_short_and_without_it(
    counter, channel, tongue, labels, sent
):
    sri = counter.resident("Sri", channel=channel)
    await counter.speaks(sri, tongue)
    await sri.says("halo")
    await sri.says("/pengaduan")
    await sri.says(f"NIK 3516994107900001 <b>tidak</b> diterima. {'Sudah tiga kali datang. ' * 50}")
    sri.hears_not("3516994107900001")
    assert fits(sri.screen.text), sri.screen.text
    assert sri.labels == labels
    await sri.says("1")
    sri.hears(sent)
