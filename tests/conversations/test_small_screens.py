"""P6: no bubble is longer than the screen of a small phone (bot/turns/small_screens.py says how long that is)."""

import random
import re
import textwrap
from collections.abc import Iterator

import pytest

from bot.turns.small_screens import CHARACTERS, COLUMNS, LINES, fits, lines_of, seen_at_once
from domain.cards.stages import Stage
from handlers.people.consents import NOTICE_VERSION
from locales.texts import LANGUAGES
from tests.conversations.test_transcripts import FOLDER
from tests.support.people import SRI, row
from tests.support.texts import the_texts

INDENT = len("Loket: ")
CHOICE = re.compile(r"  \d+\. \[")


def bubbles(transcript: str) -> Iterator[str]:
    """What the office said, without the buttons below it."""
    for block in re.split(r"\n(?=\S)", transcript):
        if block.startswith("Loket: "):
            lines = [line[INDENT:] for line in block.rstrip().split("\n")]
            yield "\n".join(line for line in lines if not CHOICE.match(line)).rstrip()


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_no_bubble_of_a_transcript_is_longer_than_a_small_screen(file):
    found = list(bubbles(file.read_text("utf-8")))
    assert found
    for bubble in found:
        assert fits(bubble), f"{lines_of(bubble)} lines of {LINES}, {len(bubble)} of {CHARACTERS}:\n{bubble}"


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
@pytest.mark.parametrize("tongue", LANGUAGES)
async def test_the_notice_makes_room_when_the_first_message_gets_a_whole_report(counter, tongue, channel):
    for stage in Stage:
        note = "fotokopi KK" if stage in ("DOCS_INCOMPLETE", "REJECTED") else ""
        await counter.imports(row(SRI, stage, catatan=note, tanggal_lengkap="2026-11-21"))
        sri = counter.resident(f"Sri {stage} {tongue}", channel=channel)
        if tongue != "id":
            await counter.speaks(sri, tongue)
        await sri.asks(SRI, SRI["nik"][-4:] if channel == "whatsapp" else None)
        shown = sri.screen.text
        assert fits(shown), f"{lines_of(shown)} lines, {len(shown)} characters:\n{shown}"
        assert "hapusdata" in shown, "the notice is said with the first reply"


FIRST_WORDS = {
    "id": [
        "halo",
        "/status",
        "/jadwal",
        "/bantuan",
        "/syarat",
        "ktp saya hilang",
        "mau ganti alamat di ktp",
        "buat kia",
    ],
    "en": [
        "hello",
        "/status",
        "/jadwal",
        "/bantuan",
        "/syarat",
        "my card is lost",
        "i moved here",
        "is it free",
    ],
}
EVERYWHERE = [
    "jam buka",
    "lupa nomor",
    "/biaya",
    "/pengaduan",
    "/perbaikan",
    "/petugas",
    "kamu siapa",
    "klik link minta otp",
]


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
@pytest.mark.parametrize("tongue", LANGUAGES)
async def test_a_first_answer_is_seen_at_once_with_the_notice_before_it(counter, tongue, channel):
    for said in [*FIRST_WORDS.get(tongue, FIRST_WORDS["id"]), *EVERYWHERE]:
        sri = counter.resident(f"Sri {said}", channel=channel)
        await counter.speaks(sri, tongue)
        await sri.says(said)
        shown = sri.screen.text
        assert "hapusdata" in shown, f"no notice before the answer to {said!r}"
        assert seen_at_once(shown), f"{said!r}: {lines_of(shown, 36)} lines of 36 letters:\n{shown}"


def test_the_notice_of_this_version_is_the_one_that_people_were_shown():
    """Who changes its meaning raises NOTICE_VERSION, so that everybody is shown it again."""
    said = the_texts().say("id", "engine-notice", look_up_days=30, link_days=90)
    assert NOTICE_VERSION == 1
    assert said == (
        "Yang kami simpan: nomor registrasi, NIK (terkunci), alamat chat ini.\n"
        "Guna: menjawab, mengabari bila diminta.\n"
        "Lama: percakapan 24 jam, pencarian 30 hari, kabar 90 hari sesudah diambil.\n"
        "Ingin dihapus? Ketik *hapusdata*. Melihat: *datasaya*."
    )


async def test_a_notice_that_changed_is_shown_once_more_and_recorded(counter, sri, monkeypatch):
    await sri.says("halo")
    sri.hears("Selamat datang", "Yang kami simpan")
    await sri.says("halo")
    sri.hears_not("Yang kami simpan")
    monkeypatch.setattr("bot.turns.turn.NOTICE_VERSION", 2)
    await sri.says("halo")
    sri.hears("Pemberitahuan tentang data pribadi berubah", "Yang kami simpan")
    assert await counter.count("notices") == 2
    assert await counter.count("notices", "channel = 'telegram' AND shown_at IS NOT NULL") == 2


def test_lines_are_counted_as_textwrap_breaks_them():
    order = random.Random(7)
    words = [
        "",
        "",
        " ",
        "1",
        "aku",
        "di",
        "ktp,",
        "pukul",
        "08.30-15.00",
        "e-KTP",
        "KTP-el",
        "(ktp)",
        "--",
        "kata-kata",
        "k" * 50,
        "x-" * 30,
    ]
    for _ in range(2000):
        line, columns = " ".join(order.choices(words, k=order.randrange(16))), order.choice((4, 12, COLUMNS))
        expected = len(textwrap.wrap(line, columns)) or 1
        assert lines_of(f"*{line}*", columns) == expected, (line, columns)
