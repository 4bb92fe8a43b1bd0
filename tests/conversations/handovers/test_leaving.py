"""While a human has the chat: words that return to the bot, opt out or erase do what they say, on every channel."""

import pytest

from storage.handovers import views
from storage.handovers.lines import lines
from tests.support.officers import officer

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


async def waiting(counter, channel="telegram"):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("petugas")
    await sri.says("Halo, mau tanya")
    return sri


async def taken(counter, channel="telegram"):
    """Sri is with an officer who has answered her."""
    ratna, sri = await officer(counter), await waiting(counter, channel)
    await ratna.says("/panggilan")
    await ratna.says("1")
    await ratna.says("Berapa orang yang mau diurus, Bu?")
    await counter.passes(seconds=1)
    sri.hears("Berapa orang")
    return sri


async def words_for_officer(counter):
    found = await counter.store.read(views.living)
    said = await counter.store.read(lambda db: lines(db, handover=found[0].id)) if found else []
    return [one.word for one in said if one.actor == "resident"]


async def is_over(counter):
    return not await counter.count("handovers", "state <> 'over'")


@CHANNELS
@pytest.mark.parametrize(
    "word", ["2", "kembali ke bot", "Kembali ke bot saja", "selesai", "sudah selesai", "back to the bot"]
)
async def test_a_word_returns_to_the_bot_while_nobody_has_answered(counter, channel, word):
    sri = await waiting(counter, channel)
    await sri.says(word)
    sri.hears("Bot menjawab lagi")
    assert await is_over(counter)


@CHANNELS
@pytest.mark.parametrize("word", ["kembali ke bot", "selesai", "/selesai"])
async def test_a_word_returns_to_the_bot_while_an_officer_talks(counter, channel, word):
    sri = await taken(counter, channel)
    await sri.says(word)
    sri.hears("Bot menjawab lagi")
    assert await is_over(counter)


@CHANNELS
async def test_after_an_officers_question_a_digit_answers_it(counter, channel):
    sri = await taken(counter, channel)
    await sri.says("2")
    assert (await words_for_officer(counter))[-1] == "2"
    sri.hears("diteruskan ke petugas", "Kembali ke bot")
    await sri.says("menu")
    await sri.taps("Kembali ke bot")
    sri.hears("Bot menjawab lagi")


@CHANNELS
@pytest.mark.parametrize("word", ["berhenti", "STOP!", "berhenti kirim pesan"])
@pytest.mark.parametrize("reach", [waiting, taken], ids=["waiting", "taken"])
async def test_opting_out_is_never_passed_on_in_silence(counter, channel, word, reach):
    sri = await reach(counter, channel)
    await sri.says(word)
    sri.hears("tidak akan mengirim kabar lagi", "petugas tetap terbuka", "selesai")
    assert await counter.count("chats", "stopped_at IS NOT NULL") == 1
    assert word not in await words_for_officer(counter)
    assert not await is_over(counter)
    await sri.says("selesai")
    sri.hears("Bot menjawab lagi")


@CHANNELS
@pytest.mark.parametrize("word", ["hapusdata", "Hapus data saya"])
async def test_erasing_is_asked_and_done(counter, channel, word):
    sri = await waiting(counter, channel)
    await sri.says(word)
    if channel == "web":
        sri.hears("Komputer ini mungkin dipakai bersama")
        return
    sri.hears("Lanjutkan?")
    await sri.taps("Ya, hapus")
    sri.hears("sudah dihapus")


@CHANNELS
@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("selesai terima kasih", "Bot menjawab lagi"),
        ("sudah cukup pak", "Bot menjawab lagi"),
        ("Akhiri ya bu", "Bot menjawab lagi"),
        ("tolong jangan kirim pesan lagi ya", "tidak akan mengirim kabar lagi"),
        ("saya mau berhenti langganan", "tidak akan mengirim kabar lagi"),
        ("please stop sending messages", "tidak akan mengirim kabar lagi"),
        ("tolong hapus data saya dong", "apus"),
        ("delete my data please", "apus"),
    ],
)
async def test_polite_words_around_such_a_word_change_nothing(counter, channel, said, answered):
    sri = await taken(counter, channel)
    await sri.says(said)
    assert said not in await words_for_officer(counter)
    if (channel, answered) == ("web", "apus"):
        answered = "Komputer ini mungkin dipakai bersama"
    sri.hears(answered)


@pytest.mark.parametrize(
    "said",
    [
        "stop kirim pesan ke wa saya",
        "gak usah kirim pesan lagi",
        "mandeg kirim pesen",
        "ojo ngirim wa neh",
        "tolong jangan hubungi saya lagi ya pak",
        "saya tidak mau dikirimi pesan",
        "don't send me messages",
        "berhenti kirimi saya notifikasi",
    ],
)
async def test_opting_out_in_own_words_is_done(counter, said):
    sri = await waiting(counter)
    await sri.says(said)
    sri.hears("tidak akan mengirim kabar lagi", "petugas tetap terbuka")
    assert said not in await words_for_officer(counter)


@pytest.mark.parametrize(
    "said",
    [
        "gak usah dikirim pak",
        "jangan kirim ke balai desa",
        "gak usah kirim wa, saya datang saja",
        "kirim pesan",
    ],
)
async def test_refusing_something_else_is_for_the_officer(counter, said):
    sri = await taken(counter)
    await sri.says(said)
    assert (await words_for_officer(counter))[-1] == said


@pytest.mark.parametrize(
    "said", ["batal", "Batalkan saja pak", "balik ke bot", "balik ke menu", "udahan", "udah selesai kak"]
)
@pytest.mark.parametrize("reach", [waiting, taken], ids=["waiting", "taken"])
async def test_cancelling_and_going_back_end_the_talk(counter, said, reach):
    sri = await reach(counter)
    await sri.says(said)
    sri.hears("Bot menjawab lagi")
    assert await is_over(counter)
    assert said not in await words_for_officer(counter)


@CHANNELS
async def test_tidak_jadi_ends_a_talk_until_the_officer_has_asked_something(counter, channel):
    sri = await waiting(counter, channel)
    await sri.says("tidak jadi")
    sri.hears("Bot menjawab lagi")
    sri = await taken(counter, channel)
    await sri.says("tidak jadi")
    assert (await words_for_officer(counter))[-1] == "tidak jadi"
    sri.hears("diteruskan ke petugas", "Kembali ke bot")


async def test_cancelling_a_question_asked_in_between_keeps_the_talk(counter):
    sri = await waiting(counter)
    await sri.says("/status")
    await sri.says("batal")
    sri.hears("tidak dilanjutkan")
    assert not await is_over(counter)


async def test_a_sentence_that_only_mentions_such_a_word_is_for_the_officer(counter):
    sri = await waiting(counter)
    await sri.says("saya sudah selesai rekam kemarin bu")
    sri.hears_nothing_new()
    assert (await words_for_officer(counter))[-1] == "saya sudah selesai rekam kemarin bu"


@CHANNELS
async def test_the_menu_has_the_way_back_only_during_a_handover(counter, channel):
    sri = await waiting(counter, channel)
    await sri.says("0")
    assert "Kembali ke bot" in sri.labels
    assert "Petugas" not in sri.labels
    await sri.taps("Kembali ke bot")
    sri.hears("Bot menjawab lagi")
    await sri.says("menu")
    assert "Kembali ke bot" not in sri.labels
    assert "Petugas" in sri.labels


async def test_the_interrupted_question_returns_after_a_typed_word(counter, sri):
    await sri.says("status")
    await sri.says("petugas")
    await sri.says("selesai")
    sri.hears("Bot menjawab lagi", "nomor registrasi")


async def test_outside_a_handover_such_a_word_repeats_the_open_question(sri):
    await sri.says("status")
    await sri.says("kembali ke bot")
    sri.hears("Bot yang menjawab", "nomor registrasi")


async def test_an_officers_selesai_without_its_slash_finishes_a_service(counter):
    ratna = await officer(counter)
    await ratna.says("selesai")
    ratna.hears("Apa yang selesai?")


@pytest.mark.parametrize("word", ["selesai", "kembali ke bot"])
async def test_outside_a_handover_such_a_word_is_no_dead_end(sri, word):
    await sri.says(word)
    sri.hears("Bot yang menjawab")
    sri.hears_not("tidak berwenang")
    assert "Cek status KTP" in sri.labels


@pytest.mark.parametrize(
    "said", ["udah ga jadi, balik ke bot", "oke makasih bu. selesai", "sudah ya pak, kembali ke bot aja"]
)
async def test_a_message_that_ends_with_the_way_out_ends_the_handover(counter, said):
    sri = await waiting(counter)
    await sri.says(said)
    sri.hears("percakapan dengan petugas selesai")


@pytest.mark.parametrize("said", ["kapan selesai ktp saya", "ktp saya sudah jadi, selesai"])
async def test_the_same_words_elsewhere_do_not_end_anything(sri, said):
    await sri.says("halo")
    await sri.says(said)
    sri.hears_not("percakapan dengan petugas", "petugas yang sedang")


@pytest.mark.parametrize("taken_up", [False, True])
async def test_a_quarter_hour_of_silence_ends_a_talk_on_a_shared_computer(counter, taken_up):
    """Somebody else may sit there by then. The same silence on a phone ends nothing."""
    sri = await (taken if taken_up else waiting)(counter, "web")
    joko = counter.resident("Joko")
    await joko.says("petugas")
    await joko.says("Saya tunggu, Pak")
    await counter.passes(minutes=14)
    assert await counter.count("handovers", "state = 'over'") == 0
    await counter.passes(minutes=2)
    assert await counter.count("handovers", "state = 'over'") == 1
    await sri.says("cek status")
    sri.hears("nomor registrasi")
    assert await words_for_officer(counter) == ["Saya tunggu, Pak"]
