"""Random residents of a real office: whatever they type or tap, nothing loops, and a person is near."""

import random
from typing import Any

import pytest

from tests.conversations.appointments.steps import to_record
from tests.support.exploring import examples
from tests.support.people import BUDI, SRI, row

CHANNELS = ("telegram", "web", "whatsapp")
RECEIPT = "Pesan diteruskan ke petugas."  # on the web, for each message to the officer
WORDS = (
    # steering, and ways out
    *(
        "menu",
        "0",
        "1",
        "2",
        "3",
        "9",
        "kembali",
        "batal",
        "selesai",
        "lainnya",
        "ya",
        "tidak",
        "oke",
        "halo",
        "/start",
    ),
    # follow-ups
    *(
        "kapan jadi?",
        "diambil di mana?",
        "boleh istri saya?",
        "masih berapa orang?",
        "apa artinya?",
        "sampai kapan?",
    ),
    *("bawa apa", "bayar berapa", "bisa diantar?", "surat kuasa", "sudah pindah"),
    *("besok aja deh", "jam 10 bisa?", "punya budi", "yang kedua", "kok ga ketemu", "nanti aja"),
    # questions at a question
    *("perlu bawa kk asli?", "kerudungan boleh?", "mpp aja deh", "bisa anonim?", "berapa lama dibalas?"),
    # handovers
    *("petugas", "kembali ke bot", "sudah cukup pak", "berhenti", "stop", "hapusdata", "apakah ini robot?"),
    # thanks, anger, complaints, questions
    *(
        "makasih",
        "goblok",
        "petugas kasar",
        "dimintai uang petugas 100rb",
        "jam buka",
        "lupa nomor",
        "ktp saya hilang",
    ),
    # booking
    *(
        "/jadwal",
        "besok",
        "senin jam 9",
        "setengah 10",
        "terserah",
        "ubah ke selasa",
        "pindah ke rabu jam 10",
        "sooko",
    ),
    # cards, right, wrong and mistyped
    *(
        "status",
        "ktp saya sudah jadi belum",
        SRI["no_registrasi"],
        SRI["no_registrasi"].replace("0", "O"),
        BUDI["no_registrasi"],
    ),
    *(SRI["nik"], BUDI["nik"], f"{SRI['no_registrasi']} {SRI['nik']}", "MJK-261102-0007-A", "12345"),
    # nothing at all
    *("asdf", "?", "xyzzy plugh", "/bahasa en", "/bahasa id", "nomeripun ical", "is my card ready"),
)


PERSON = ("Petugas", "Bicara ke petugas", "Talk to a person", "Send")


class Story:
    """One resident who acts at random, drawn from a number; what happens is kept for the message of a failure."""

    def __init__(self, counter: Any, number: int) -> None:
        self.random = random.Random(number)
        self.counter = counter
        self.resident = counter.resident(f"Warga {number}", channel=CHANNELS[number % len(CHANNELS)])
        self.told: list[str] = []

    async def run(self, steps: int) -> None:
        for _ in range(steps):
            await self.random.choice(
                (self.says, self.says, self.says, self.taps, self.taps, self.taps_twice, self.repeats)
            )()
            self.counter.clock.move(seconds=self.random.choice((4, 20, 90, 700)))
        await self.misses()
        await self.reaches_a_person()

    async def misses(self) -> None:
        """Wherever the story stands, the third message without sense shows a person by a digit or a tap."""
        for _ in range(3):
            await self.says("xyzzy plugh")
        screen = self.resident.screen
        near = {choice.label for choice in screen.choices} & {*PERSON, "Kirim"}  # a complaint goes to one
        assert near or "ketik *2*" in screen.text or "type *2*" in screen.text or await self.has_a_person(), (
            self.story
        )

    async def says(self, text: str = "") -> None:
        text = text or self.random.choice(WORDS)
        await self.acts(text, lambda: self.resident.says(text))

    async def repeats(self) -> None:
        text = self.random.choice(WORDS)
        for _ in range(4):
            await self.says(text)

    async def taps(self, times: int = 1) -> None:
        choices = [choice for screen in self.resident.screens[-4:] for choice in screen.choices]
        if not choices:
            await self.says()
            return
        choice = self.random.choice(choices)
        for _ in range(times):
            await self.acts(
                f"[{choice.label}]", lambda: self.resident.sends(kind="choice", choice=choice.token), tap=True
            )

    async def taps_twice(self) -> None:
        await self.taps(2)

    async def acts(self, what: str, act: Any, *, tap: bool = False) -> None:
        before = len(self.resident.screens)
        self.told.append(f"> {what}")
        await act()
        new = self.resident.screens[before:]
        self.told += [screen.text for screen in new]
        assert len(new) <= 1 or not tap, self.story
        assert new or await self.has_a_person(), f"no answer:\n{self.story}"
        shown = [screen.text for screen in self.resident.screens[-2:]]
        loops = len(shown) == 2 and len(set(shown)) == 1 and not shown[0].startswith(RECEIPT)
        assert tap or not loops, f"the same reply twice in a row:\n{self.story}"

    async def has_a_person(self) -> bool:
        return bool(await self.counter.count("handovers", "state <> 'over'"))

    async def reaches_a_person(self) -> None:
        """Three messages suffice from anywhere; a complaint that waits to be sent keeps its words until *menu*."""
        for text in ("petugas", "menu", "petugas"):
            if await self.has_a_person():
                return
            await self.says(text)
        assert await self.has_a_person() or "hari ini" in self.resident.screen.text, (
            f"no person in reach:\n{self.story}"
        )

    @property
    def story(self) -> str:
        return "\n".join(self.told[-24:])


async def play(counter: Any, number: int, steps: int) -> None:
    await counter.imports(
        row(SRI, random.Random(number).choice(("WAITING_BLANK", "CARD_SHIPPED", "PRR"))), to_record(BUDI)
    )
    await Story(counter, number).run(steps)


@pytest.mark.parametrize("number", range(max(3, examples(12))))
async def test_no_story_loops_or_leaves_the_resident_alone(counter, number):
    await play(counter, number, steps=24)
