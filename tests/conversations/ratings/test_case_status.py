"""How a complaint stands: by "status pengaduan saya" in its own chat, by its number anywhere."""

import pytest

from storage.ratings import case_files, cases

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


async def complained(counter, channel="telegram", name="Sri"):
    sri = counter.resident(name, channel=channel)
    await sri.says("pengaduan")
    await sri.says("Loket tutup padahal masih jam kerja")
    await sri.taps("Kirim")
    *_, case = await counter.store.read(case_files.listed)
    return sri, case.number


@CHANNELS
async def test_the_own_complaint_is_told_with_its_due_day_and_answer(counter, channel):
    sri, number = await complained(counter, channel)
    await sri.says("status pengaduan saya")
    sri.hears(number, "sedang ditangani", "30 November")
    await counter.store.write(lambda db: cases.reply(db, number=number, word="Mohon maaf.", staff_id=7))
    await sri.says(f"laporan {number.lower()} gimana")
    sri.hears(number, "sudah dijawab", "Mohon maaf.")


async def test_a_late_one_is_admitted(counter):
    sri, number = await complained(counter)
    await counter.passes(days=8)
    await sri.says("pengaduan saya kok belum dijawab")
    sri.hears(number, "seharusnya sudah dijawab", "Mohon maaf")


async def test_by_number_another_chat_hears_the_standing_without_words(counter):
    _, number = await complained(counter)
    await counter.store.write(lambda db: cases.reply(db, number=number, word="Rahasia Sri.", staff_id=7))
    budi = counter.resident("Budi", channel="whatsapp")
    await budi.says(f"status laporan {number}")
    budi.hears("sudah dijawab", "chat tempat laporan itu ditulis")
    budi.hears_not("Rahasia")


async def test_guessing_numbers_uses_up_the_budget_of_wrong_pairs(counter, sri):
    for last in "23456":
        await sri.says(f"laporan ABCDE{last}")
        sri.hears("nomor itu tidak ada")
    await sri.says("laporan ABCDE7")
    sri.hears_not("nomor itu tidak ada")
    sri.hears("Terlalu banyak")


async def test_on_a_shared_device_the_next_person_hears_nothing_of_it(counter):
    sri, number = await complained(counter, "web")
    await counter.passes(hours=1)
    await sri.says("status pengaduan saya")
    sri.hears("belum ada laporan")
    sri.hears_not(number)


async def test_without_any_complaint_the_way_to_one_is_told(sri):
    await sri.says("status pengaduan saya")
    sri.hears("belum ada laporan", "pengaduan")


@pytest.fixture
def only_letters(monkeypatch):
    """About one number in five has no digit."""
    monkeypatch.setattr(cases, "_ALPHABET", "ASNUYX")


@pytest.mark.usefixtures("only_letters")
@pytest.mark.parametrize(
    "said", ["laporan {}", "pengaduan nomor {}", "Pengaduan saya no {}", "lapor {}", "{}"]
)
@pytest.mark.parametrize("spelling", [str, str.lower])
async def test_an_own_number_of_letters_is_understood(counter, said, spelling):
    sri, number = await complained(counter)
    await sri.says(said.format(spelling(number)))
    sri.hears(number, "sedang ditangani")


@pytest.mark.usefixtures("only_letters")
@pytest.mark.parametrize("said", ["laporan {}", "status laporan nomor {}"])
async def test_a_number_of_letters_is_understood_in_another_chat(counter, said):
    _, number = await complained(counter)
    budi = counter.resident("Budi", channel="whatsapp")
    await budi.says(said.format(number))
    budi.hears("sedang ditangani", "chat tempat laporan itu ditulis")


@CHANNELS
async def test_an_own_number_alone_is_understood_while_something_else_is_asked(counter, channel):
    sri, number = await complained(counter, channel)
    await sri.says("status")
    await sri.says(number.lower())
    sri.hears(number, "sedang ditangani", "nomor registrasi")


@pytest.mark.parametrize(
    "said", ["laporan sampah", "LAPORAN SAMPAH", "pengaduan nomor satu saja", "laporan kemana ya"]
)
async def test_a_word_of_six_letters_is_no_number(sri, said):
    await sri.says(said)
    sri.hears_not("nomor itu tidak ada")


@CHANNELS
@pytest.mark.parametrize(
    "said",
    [
        "kapan dijawab",
        "kemarin saya lapor soal petugas jutek, udah sampai mana ya",
        "laporan saya soal petugas minta uang kok belum ditanggapi",
        "tindak lanjut aduan petugas kasar gimana",
    ],
)
async def test_a_question_after_a_complaint_is_no_new_one(counter, channel, said):
    sri, number = await complained(counter, channel)
    await sri.says(said)
    sri.hears(number, "sedang ditangani")


@pytest.mark.parametrize(
    "said",
    [
        "pengaduan saya: petugas kasar",
        "laporan: petugas tidur saat jam kerja",
        "laporan saya loket mojosari tutup terus",
        "keluhan: parkir ditarik 5 ribu",
    ],
)
async def test_a_new_complaint_is_no_question_after_one(sri, said):
    await sri.says(said)
    sri.hears_not("belum ada laporan")
