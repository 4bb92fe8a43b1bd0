"""Who names a service is told about that one; who is shown a list of them may ask something else."""

import pytest

from bot.turns.small_screens import fits
from tests.support.people import SRI, row

ONLY = [
    {"id": "anak", "title": {"id": "Kartu anak"}, "requirements": {"id": ["Akta"]}},
    {"id": "baru", "title": {"id": "KTP baru"}, "requirements": {"id": ["KK"]}},
]
NAMED = [
    ("KTP saya hilang", "Surat kehilangan dari kepolisian"),
    ("ktp hilang", "Surat kehilangan dari kepolisian"),
    ("kecopetan dompet pak, ktp katut ilang", "Surat kehilangan dari kepolisian"),
    ("ktp rusak", "KTP-el yang rusak"),
    ("ktp saya patah jadi dua", "KTP-el yang rusak"),
    ("mau buat ktp baru", "Usia 17 tahun"),
    ("pindah alamat", "Surat keterangan pindah"),
    ("pindah dari surabaya, mau bikin ktp mojokerto", "Surat keterangan pindah"),
    ("mau ganti alamat di ktp", "KK) dengan data baru"),
    ("baru nikah mau ganti status", "KK) dengan data baru"),
    ("mau bikin kia buat anak saya", "Akta kelahiran"),
    ("cara aktivasi ikd gimana", "Ponsel pintar"),
    ("istri saya warga negara asing, buat ktp bagaimana", "KITAP"),
]


@pytest.mark.parametrize(("said", "needed"), NAMED)
async def test_a_named_service_is_explained_with_papers_price_and_booking(counter, sri, said, needed):
    await sri.says("halo")
    await sri.says(said)
    sri.hears(needed, "gratis")
    assert sri.labels == ["Pesan jadwal", "Jam dan alamat", "Layanan lain"]
    await sri.says("1")
    sri.hears("nomor registrasi")


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
@pytest.mark.parametrize(
    ("tongue", "said", "needed", "free"),
    [
        ("jv", "ktp kulo ical", "Surat kehilangan", "gratis"),
        ("en", "I lost my ID card", "Loss letter from the police", "free"),
        ("en", "my card is damaged", "The damaged card", "free"),
        ("en", "I want to make a new ID card", "Aged 17", "free"),
        ("en", "I moved here", "Moving letter", "free"),
    ],
)
async def test_the_answer_is_about_the_named_service_in_every_language(
    counter, tongue, said, needed, free, channel
):
    sri = counter.resident("Sri", channel=channel)
    await counter.speaks(sri, tongue)
    await sri.says(said)
    sri.hears(needed, free)
    assert len(sri.labels) == 3
    assert fits(sri.screen.text), sri.screen.text


async def test_a_general_question_about_papers_asks_which_service(counter, sri):
    await sri.says("cara urus ktp")
    assert len(sri.labels) == 9
    await sri.says("yang hilang")
    sri.hears("Surat kehilangan dari kepolisian")
    await sri.taps("Layanan lain")
    await sri.says("ktp saya rusak")
    sri.hears("KTP-el yang rusak")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("jam buka?", "Senin"),
        ("buka jam berapa", "Senin"),
        ("kartu saya sudah jadi?", "nomor registrasi"),
        ("sudah jadi?", "nomor registrasi"),
        ("berapa biayanya", "gratis"),
    ],
)
async def test_another_question_is_answered_while_the_services_are_listed(counter, sri, said, heard):
    await sri.says("/syarat")
    sri.hears("layanan yang mana")
    await sri.says(said)
    sri.hears(heard)
    sri.hears_not("belum kami kenal", "pilih dari daftar")


async def test_a_lost_card_mentioned_midway_is_answered_and_the_question_repeated(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("status")
    await sri.says("ktp hilang")
    sri.hears("Surat kehilangan dari kepolisian", "nomor registrasi")
    assert not sri.labels
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"])
    sri.hears("siap diambil")


async def test_a_clarified_sentence_leads_to_the_service_that_it_names(counter, sri):
    await sri.says("biaya ganti data")
    sri.hears("Maksudnya yang mana?")
    await sri.taps("Syarat layanan")
    sri.hears("KK) dengan data baru")


async def test_a_choice_after_an_answer_is_not_asked_for_again(counter, sri):
    await sri.says("halo")
    await sri.says("jam buka")
    await sri.taps("Pengaduan")
    sri.hears("keluhan")
    await sri.says("/batal")
    assert sri.screen.text.count("Ada yang bisa kami bantu") == 1


@pytest.mark.parametrize("counter", [{"services": ONLY}], indirect=True)
async def test_a_named_service_that_the_office_lacks_is_chosen_from_its_list(counter, sri):
    await sri.says("ktp saya hilang")
    sri.hears("layanan yang mana")
    assert sri.labels == ["Kartu anak", "KTP baru"]
