"""The family list hears names, places in the list and a child, and questions about one of the people."""

import pytest

from domain.text.person_named import name_alone, person_in
from tests.conversations.appointments.steps import proof, to_record
from tests.support.people import BUDI, CHILDREN, SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
SRIS, BUDIS, AHMADS = "0007-Z", "0008-X", "00A1-9"


async def with_a_family(counter, channel="telegram"):
    """Sri, who follows her own card, her husband's and her child's, and sees the list of the three."""
    ahmad = CHILDREN[0]
    await counter.imports(
        row(SRI, "CARD_SHIPPED"),
        row(BUDI, "RECEIVED_AT_CENTRAL"),
        row(ahmad, "CARD_SHIPPED", layanan="kia"),
    )
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    for person in (SRI, BUDI, ahmad):
        await sri.asks(person, proof(sri, person))
        await sri.taps("Kabari saya")
    await sri.says("/status")
    sri.hears("Status siapa")
    return sri


@CHANNELS
@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("punya budi", BUDIS),
        ("punyae pak budi wis dadi durung", BUDIS),
        ("budi", BUDIS),
        ("budi santoso", BUDIS),
        ("budi's card", BUDIS),
        ("kapan jadi punya budi?", BUDIS),
        ("kartunya sri gimana", SRIS),
        ("yang anak saya", AHMADS),
        ("kia anak saya gimana", AHMADS),
        ("yang kedua", BUDIS),
        ("nomor dua", BUDIS),
        ("sing kapindho", BUDIS),
        ("the second one", BUDIS),
        ("yang pertama aja", SRIS),
        ("yang terakhir", AHMADS),
    ],
)
async def test_words_choose_one_of_the_list(counter, channel, said, whose):
    sri = await with_a_family(counter, channel)
    await sri.says(said)
    sri.hears(f"{whose}\n")
    sri.hears_not("Status siapa")


@CHANNELS
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("diambil dimana punya budi", ["0008-X", "Diambil di"]),
        ("punya sri boleh diambil istri?", ["0007-Z", "satu KK"]),
    ],
)
async def test_a_question_about_one_of_them_is_answered_about_that_card(counter, channel, said, told):
    sri = await with_a_family(counter, channel)
    await sri.says(said)
    sri.hears(*told)
    assert "Hapus dari daftar" in sri.labels


@pytest.mark.parametrize("said", ["bawa apa?", "kapan jadi?", "diambil dimana?"])
async def test_a_question_without_a_name_asks_whose_card_is_meant(counter, said):
    sri = await with_a_family(counter)
    labels = sri.labels
    await sri.says(said)
    sri.hears("tergantung kartunya", "Status siapa")
    assert sri.labels == labels
    await sri.says("yang kedua")
    sri.hears("0008-X")


@pytest.mark.parametrize("said", ["punya saya", "punya istri saya", "joko", "yang kesepuluh", "nomor 9"])
async def test_somebody_who_is_not_in_the_list_is_asked_for_again(counter, said):
    sri = await with_a_family(counter)
    await sri.says(said)
    sri.hears("Status siapa")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("25 desember buka?", "Hari Raya Natal"),
        ("ktp saya hilang", "kepolisian"),
        ("bayar?", "gratis"),
        ("kartu keluarga hilang", "tidak dilayani di sini"),
        ("petugas", "diteruskan ke petugas"),
    ],
)
async def test_other_errands_at_the_list_are_heard_as_such(counter, said, told):
    sri = await with_a_family(counter)
    await sri.says(said)
    sri.hears(told)


async def test_the_list_of_a_booking_hears_names_too(counter):
    await counter.imports(to_record(SRI), to_record(BUDI))
    sri = counter.resident("Sri")
    for person in (SRI, BUDI):
        await sri.asks(person)
    await sri.says("/jadwal")
    sri.hears("Untuk siapa")
    await sri.says("untuk budi")
    sri.hears("Mau datang ke mana")


@pytest.mark.parametrize("said", ["kapan jadi", "bawa apa", "langit cerah sekali hari ini", "ya", "besok"])
def test_sentences_without_a_person_name_nobody(said):
    assert person_in(said) is None
    assert name_alone(said) is None


def test_a_long_story_names_nobody():
    assert person_in("punya budi") is not None
    assert person_in(f"punya budi, {'yang kemarin sudah datang ' * 5}") is None
