"""What residents ask about the card just shown: answered about the right thing, and the same choices stay."""

from pathlib import Path

import pytest

from bot.turns.phrases import phrasebook
from domain.text.colloquial import standard
from domain.text.errands import errand_of
from domain.text.followups import likely_topic_of, topic_of
from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam
from domain.text.topics import examples
from handlers import scripts
from handlers.cards.followups import likely
from tests.support.people import BUDI, SRI, row
from tests.support.texts import the_texts

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


def read(name):
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [tuple(line.split("|", 1)) for line in lines if not line.startswith("#")]


TABLE = read("followups.txt")
SAID = {
    "where": "Jalan R.A. Basuni",
    "who": "satu KK",
    "letter": "surat kuasa",
    "village": "Diambil di",
    "ahead": "nomor urut",
    "pace": "Minggu lalu",
    "when": "tidak bisa kami janjikan",
    "bring": "Bawa: tanda terima",
    "cost": "gratis",
    "temporary": "Surat keterangan pengganti",
    "meaning": "Artinya:",
    "until": "Batas waktunya",
    "life": "dicatat petugas",
    "blank": "kartu kosong",
    "queue": "tidak perlu jadwal",
    "notify": "kami kirim kabar",
    "receipt": "KK asli",
    "handin": "lewat chat ini",
    "wrong": "yang membetulkan",
    "anywhere": "di luar daerah",
    "dress": "wajah terlihat",
    "phone": "ponsel pintar",
    "finger": "iris mata",
}


async def looked_up(counter, channel="telegram", status="RECEIVED_AT_CENTRAL"):
    await counter.imports(row(SRI, status, lokasi="sooko"), row(BUDI, "CARD_SHIPPED"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.asks(SRI, SRI["nik"][-4:] if channel == "whatsapp" else None)
    return sri


def meant(topic, sentence):
    """The topic that is clear, or else (not of what is about no card) the most likely one."""
    found = topic_of(sentence)
    if found is None and topic != "-":
        found = (likely("status-next", sentence, False) or "").removeprefix("about:")
    return found


def test_the_table_has_at_least_150_sentences_of_every_topic():
    assert len(TABLE) >= 150
    assert {topic.removeprefix("record-") for topic, _ in TABLE} == {*SAID, "-"}


def test_every_sentence_is_about_its_topic():
    wrong = [(topic, sentence, meant(topic, sentence)) for topic, sentence in TABLE]
    assert not [one for one in wrong if (one[2] or "-") != one[0]]


def test_nine_of_ten_unseen_sentences_are_about_their_topic():
    unseen = [(topic.removeprefix("record-"), sentence) for topic, sentence in read("unseen.txt")]
    assert len(unseen) >= 190
    learnt = {one for texts in examples().values() for one in texts}
    assert not [sentence for _, sentence in unseen if standard(sentence) in learnt]
    heard = [(likely_topic_of(one) or "-").removeprefix("record-") == topic for topic, one in unseen]
    assert sum(heard) >= 0.9 * len(unseen)
    clear = [(topic, found.removeprefix("record-")) for topic, one in unseen if (found := topic_of(one))]
    assert sum(topic == found for topic, found in clear) >= 0.95 * len(clear) > 0.75 * len(unseen)


def test_no_errand_takes_a_sentence_about_the_card():
    taken = [(topic, sentence, errand_of(sentence)) for topic, sentence in TABLE]
    assert not [one for one in taken if one[2] and one[0] != "-" and (one[0], one[2]) != ("life", "death")]


def test_words_that_open_another_conversation_are_no_follow_up():
    scripts.load()
    opens = phrasebook(the_texts()).opens
    asked = {"status", "office", "fees", "requirements", "help", "back-to-bot", "queue"}  # also below a card
    taken = [word for word, name in opens.items() if name not in asked and topic_of(word)]
    assert {topic_of(word) for word in taken} <= {"receipt"}  # the card stands above, with its number
    careful = ("stop", "erase", "lost-number", "scam", "complaint", "officer", "my-data")
    examples = [one for name in careful for one in the_texts().words(None, f"{name}-examples")]
    honest = [one for one in examples if not (is_grievance(one) or looks_like_scam(one))]
    assert not [one for one in honest if topic_of(one) not in (None, "receipt")]


@CHANNELS
async def test_every_topic_is_answered_and_the_choices_stay_in_short(counter, channel):
    sri = await looked_up(counter, channel)
    labels = sri.labels
    for topic, words in SAID.items():
        sentence = next(one for about, one in TABLE if about == topic and not errand_of(one))
        await sri.says(sentence)
        sri.hears(words)
        sri.hears_not("setuju kami mengirim", "Silakan pilih salah satu", "nomor registrasi* pada")
        assert sri.labels == labels, sentence
    await sri.taps("Kabari saya")
    sri.hears("kami kabari begitu")


@CHANNELS
async def test_a_ready_card_names_address_map_and_hours_of_its_place(counter, channel):
    sri = await looked_up(counter, channel, "CARD_SHIPPED")
    sri.hears("siap diambil", "Senin–Kamis: 08.00–15.00")
    assert sri.screen.place is not None
    assert "Jalan R.A. Basuni" in sri.screen.place.line
    await sri.says("diambil di mana?")
    sri.hears("Diambil di", "Sekarang buka")
    sri.hears_not("belum siap")
    assert sri.screen.place is not None


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_within_a_day_the_card_is_remembered_after_the_conversation(counter, channel):
    sri = await looked_up(counter, channel)
    await sri.taps("Kabari saya")
    await counter.passes(hours=5)
    await sri.says("boleh istri saya?")
    sri.hears("satu KK")
    assert "Hapus dari daftar" in sri.labels
    await sri.says("menu")
    await sri.says("diambil di mana?")
    sri.hears("Jalan R.A. Basuni")


async def test_on_an_idle_shared_device_nobody_elses_card_is_remembered(counter):
    sri = await looked_up(counter, "web")
    await sri.taps("Kabari saya")
    await counter.passes(hours=1)
    await sri.says("boleh istri saya?")
    sri.hears_not("satu KK", "S***")


async def test_a_report_of_a_bribe_is_no_question_about_cost(counter):
    sri = await looked_up(counter)
    await sri.says("disuruh bayar sama pak kades")
    sri.hears("Ini yang akan dikirim ke kantor")


async def test_another_number_still_opens_another_card(counter):
    sri = await looked_up(counter)
    await sri.says("kapan jadi?")
    await sri.asks(BUDI)
    sri.hears("siap diambil")


@pytest.mark.parametrize("counter", [{"pickup": {"ways": ["power_of_attorney", "village"]}}], indirect=True)
async def test_the_answers_follow_the_rules_of_the_office(counter):
    sri = await looked_up(counter)
    await sri.says("surat kuasa isinya apa")
    sri.hears("meterai", "untuk mengambil KTP-el")
    await sri.says("boleh istri saya?")
    sri.hears("surat kuasa")
    sri.hears_not("satu KK")
    await sri.says("bisa diambil di desa?")
    sri.hears("kantor desa atau kelurahan")


@pytest.mark.parametrize(
    "counter",
    [
        {
            "services": [
                {
                    "id": "ktp_baru",
                    "title": {"id": "KTP baru"},
                    "requirements": {"id": ["KK"]},
                    "note": {"id": "Senin pagi ramai"},
                }
            ]
        }
    ],
    indirect=True,
)
async def test_what_to_bring_ends_with_the_offices_note(counter, sri):
    await counter.imports(row(SRI, "BELUM_REKAM", layanan="ktp_baru"))
    await sri.asks(SRI)
    await sri.says("bawa apa?")
    sri.hears("• KK", "Catatan kantor: Senin pagi ramai")


async def test_what_is_missing_is_said_first_to_what_to_bring(counter, sri):
    await counter.imports(row(SRI, "DOCS_INCOMPLETE", catatan="Akta kelahiran belum ada"))
    await sri.asks(SRI)
    await sri.says("bawa apa?")
    assert "Akta kelahiran belum ada" in sri.screen.text.split("\n\n")[0]


async def test_no_change_is_promised_below_a_card_to_fetch(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says("bisa diwakilkan?")
    sri.hears("Ada lagi yang ditanyakan?")
    sri.hears_not("bila berubah")
    assert "Kabari saya" in sri.labels


@CHANNELS
@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ("di mana?", "RECEIVED_AT_CENTRAL", "Diambil di"),
        ("dimana?", "CARD_SHIPPED", "Diambil di"),
        ("besok saya ambil ya", "CARD_SHIPPED", "Diambil di"),
        ("jam berapa?", "RECEIVED_AT_CENTRAL", "Diambil di"),
        ("what time?", "CARD_SHIPPED", "Diambil di"),
        ("which papers do you need", "CARD_SHIPPED", "Bawa:"),
        ("berapa lama", "RECEIVED_AT_CENTRAL", "tidak bisa kami janjikan"),
        ("kurang apa", "DOCS_INCOMPLETE", "Bawa:"),
        ("anak saya juga mau bikin ktp", "CARD_SHIPPED", "KTP-el pertama"),
    ],
)
async def test_short_questions_are_about_the_card(counter, channel, said, status, told):
    sri = await looked_up(counter, channel, status)
    await sri.says(said)
    sri.hears(told)
    sri.hears_not("bukan orang", "pengalaman yang tidak menyenangkan")


@pytest.mark.parametrize(
    ("status", "service", "asked", "heard"),
    [
        ("BELUM_REKAM", "ktp_baru", "di mana tempatnya?", ["Perekaman di", "Senin", "Pesan jadwal"]),
        ("BELUM_REKAM", "ktp_baru", "boleh diwakilkan?", ["tidak bisa diwakilkan"]),
        ("BELUM_REKAM", "ktp_baru", "kapan jadi?", ["Pesan jadwal"]),
        ("BELUM_REKAM", "ktp_baru", "bawa apa?", ["Kartu Keluarga"]),
        ("BELUM_REKAM", "ktp_baru", "harus antri lagi nggak", ["tempat dan jamnya bisa dipilih"]),
        ("CARD_SHIPPED", "ktp_hilang", "rekamnya dimana ya", ["perekaman *tidak perlu lagi*"]),
        ("CARD_SHIPPED", "ktp_hilang", "kapan jadi?", ["siap diambil"]),
        ("CARD_SHIPPED", "ktp_hilang", "urutan ke berapa?", ["siap diambil", "tidak ada nomor urut"]),
        ("CARD_ISSUED", "ktp_hilang", "nanti dikabarin kalo udah jadi?", ["tidak ada kabar lagi"]),
        ("WAITING_BLANK", "ikd", "bisa diantar ke rumah", ["IKD tidak dikirim", "ponsel Anda sendiri"]),
        ("SFE", "kia", "apa artinya?", ["Data anak"]),
        ("ENTAH_APA", "ktp_hilang", "apa artinya?", ["ENTAH_APA"]),
    ],
)
async def test_an_answer_follows_the_stage_and_kind_of_the_card(counter, sri, status, service, asked, heard):
    await counter.imports(row(SRI, status, layanan=service))
    await sri.says("halo")
    await sri.asks(SRI)
    labels = sri.labels
    await sri.says(asked)
    sri.hears(*heard)
    assert sri.labels == labels


@pytest.mark.parametrize(
    ("said", "again", "meaning"),
    [
        ("sampai mana sekarang", True, "about:when"),
        ("piye mas", True, "about:when"),
        ("piye mas", False, None),
        ("langit di sini cerah sekali", False, "about:unknown"),
        ("cerah", False, None),
        ("punya adik saya gimana", False, "other"),
        ("petugas minta uang rokok ke saya", False, None),
    ],
)
def test_a_sentence_that_names_no_topic_is_guessed_with_care(said, again, meaning):
    assert likely("status-next", said, again) == meaning
    assert likely("booking-what", said, again) is None
