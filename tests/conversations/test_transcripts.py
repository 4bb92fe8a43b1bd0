"""Each conversation as a text file that people who read no Python can review; `make transcripts` writes them anew."""

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from domain.staff.roles import Role
from locales.texts import LANGUAGES
from storage.audit import SYSTEM
from storage.staff import staff
from tests.conversations.appointments.steps import books, to_record
from tests.conversations.appointments.stories import STORIES as OF_BOOKING
from tests.support.counter import Counter
from tests.support.people import BUDI, CHILDREN, SRI, row
from tests.support.resident import Resident

FOLDER = Path(__file__).with_name("transcripts")
# A drawn ticket code has a digit and a letter; nothing else here looks like one.
DRAWN = re.compile(r"\b(?=\w*[2-9])(?=\w*[A-Z])[A-HJKMNP-Z2-9]{6}\b")
Story = Callable[[Counter, Resident], Awaitable[None]]


async def first_contact(counter: Counter, sri: Resident) -> None:
    await sri.says("/start")
    await sri.says("qwerty")
    await sri.says("/bantuan")
    await sri.says("/petugas")


async def status_ready(counter: Counter, sri: Resident) -> None:
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.says("/status")
    await sri.says("MJK-261102-0007-A")
    await sri.says(SRI["no_registrasi"])
    await sri.says("351699410790001")
    await sri.says(SRI["nik"])
    await sri.says("1")
    await sri.says("/berhenti")


async def status_waiting(counter: Counter, sri: Resident) -> None:
    await counter.imports(
        row(BUDI, "PRR", tanggal_lengkap="2026-11-10"),
        row(SRI, "WAITING_BLANK", tanggal_lengkap="2026-11-12"),
    )
    await sri.asks(SRI)
    await sri.says("1")
    counter.clock.move(days=1)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-24", tanggal_lengkap="2026-11-12"))
    await counter.passes(minutes=6)
    sri.catch_up()


async def status_every_stage(counter: Counter, sri: Resident) -> None:
    for status in (
        *("SUBMITTED", "DOCS_INCOMPLETE", "NOT_RECORDED", "RECORDED", "SENT_TO_CENTER", "NEEDS_REVIEW"),
        *("RECORD_FAILED", "DUPLICATE", "PRINT_READY", "WAITING_BLANK", "PRINTED", "READY_FOR_PICKUP"),
        *("PICKED_UP", "DELIVERED", "REJECTED", "CANCELLED", "KODE_BARU"),
    ):
        note = "fotokopi KK" if status in ("DOCS_INCOMPLETE", "REJECTED") else ""
        await counter.imports(row(SRI, status, catatan=note, tanggal_lengkap="2026-11-21"))
        counter.transcript.append(f"\n--- {status} ---")
        await sri.asks(SRI)


async def status_wrong_pairs(counter: Counter, sri: Resident) -> None:
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    for _ in range(6):
        await sri.asks(SRI, BUDI["nik"])


async def several_people(counter: Counter, sri: Resident) -> None:
    await counter.imports(*(row(child, "PRR") for child in CHILDREN))
    for child in CHILDREN:
        await sri.asks(child)
        await sri.says("1")
    await sri.says("/status")
    await sri.says("2")
    await sri.says("1")
    await sri.says("1")


async def language(counter: Counter, sri: Resident) -> None:
    await sri.says("/status")
    await sri.says("/bahasa")
    await sri.says("3")
    await sri.says("/bahasa")
    await sri.says("2")


async def odd_messages(counter: Counter, sri: Resident) -> None:
    await sri.says("/status")
    for kind in ("voice", "sticker", "location", "contact", "other"):
        counter.transcript.append(f"Sri: ({kind})")
        await sri.sends(kind=kind)
    await sri.shows(b"no picture at all")
    await sri.says("/kembali")
    await sri.says("/batal")


async def staff_code(counter: Counter, sri: Resident) -> None:
    code = await counter.store.write(lambda db: staff.invite(db, name="Ayu", role=Role.OFFICER, actor=SYSTEM))
    await sri.says("/staf")
    await sri.sends(text="AAAAAAAAAA")
    await sri.says("/staf")
    await sri.sends(text=code)


async def counter_day(counter: Counter, sri: Resident) -> None:
    """Sri is the officer here; three people have booked, and it is a quarter to nine."""
    grown = ({**one, "nik": one["nik"].replace("100115", "100185")} for one in CHILDREN)
    people = dict(zip(("09.00", "09.30", "10.00"), grown, strict=True))
    await counter.imports(*(to_record(one) for one in people.values()), row(SRI, "CARD_SHIPPED"))
    codes = [await books(counter.resident(one["nama"]), one, time=time) for time, one in people.items()]
    counter.clock.move(hours=23, minutes=45)
    code = await counter.store.write(lambda db: staff.invite(db, name="Ayu", role=Role.OFFICER, actor=SYSTEM))
    await sri.sends(text=f"/staf {code}")
    counter.transcript.clear()
    await sri.says("/hariini sooko")
    await sri.says("2")
    await sri.says("1")
    await sri.says(codes[1])
    await sri.says(codes[1])
    counter.clock.move(minutes=106)
    for digit in ("5", "3", "1", "1", "1", "1"):
        await sri.says(digit)
    await sri.says(f"batalkan {codes[1]}")
    for point in ("sooko", "mpp"):
        await sri.says(f"/tamu {point}")
        await sri.says("3")
    await sri.says("/selesai")
    await sri.says(SRI["no_registrasi"])
    await sri.says(f"/selesai {SRI['no_registrasi']}")
    await sri.says("/selesai ZZZ222")


async def people(counter: Counter, sri: Resident) -> None:
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    await sri.says("1")
    await sri.says("/data")
    await sri.says("1")
    await sri.says(SRI["no_registrasi"])
    await sri.says(SRI["nik"])
    await sri.says("/izin")
    await sri.says("1")
    await sri.says("3")
    await sri.says("/perbaikan")
    await sri.says("Nama saya Sri Aminah, tertulis Sri Amina")
    await sri.says("2")
    await sri.says("/pengaduan")
    await sri.says("Antrenya diserobot tadi pagi")
    await sri.says("/hapusdata")
    await sri.says("2")


STORIES = (
    first_contact,
    status_ready,
    status_waiting,
    status_every_stage,
    status_wrong_pairs,
    several_people,
    language,
    odd_messages,
    staff_code,
    people,
    counter_day,
    *OF_BOOKING,
)


def with_same_codes(text: str) -> str:
    """Give the transcript with ticket codes that are the same in every run: ABC234, ABC235 …"""
    codes = list(dict.fromkeys(found for found in DRAWN.findall(text) if found != "ZZZ222"))
    for place, code in enumerate(codes):
        text = text.replace(code, f"ABC{234 + place}")
    return text


def written_down(counter: Counter) -> str:
    return with_same_codes("\n".join(counter.transcript) + "\n")


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
@pytest.mark.first_office
async def test_transcript_is_the_one_that_was_reviewed(counter, sri, story: Story, tongue):
    if tongue != "id":
        await sri.says(f"/bahasa {tongue}")
        counter.transcript.clear()
    await story(counter, sri)
    written = written_down(counter)
    file = FOLDER / f"{story.__name__}.{tongue}.txt"
    if os.environ.get("LOKET_TRANSCRIPTS") == "write":
        file.write_text(written, "utf-8")
    assert file.read_text("utf-8") == written, (
        "the words have changed: read them, then run `make transcripts`"
    )


@pytest.mark.parametrize(
    "story", [several_people, counter_day, *OF_BOOKING[:1]], ids=lambda story: story.__name__
)
async def test_two_processes_in_turns_tell_the_same_as_one(two_offices, story: Story):
    await story(two_offices, two_offices.resident("Sri"))
    assert (FOLDER / f"{story.__name__}.id.txt").read_text("utf-8") == written_down(two_offices)
    assert min(two_offices.turns) > 3


def test_no_transcript_is_left_over():
    assert {file.name for file in FOLDER.iterdir()} == {
        f"{story.__name__}.{tongue}.txt" for story in STORIES for tongue in LANGUAGES
    }
