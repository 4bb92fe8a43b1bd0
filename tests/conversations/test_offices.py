"""Whole conversations at each sample office: its own places, numbers, languages and clock, and nobody else's."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.setup.office_file import load_office, missing_in
from domain.cards.stages import Stage
from domain.staff.roles import Role
from storage import audit
from storage.staff import staff
from storage.store import Store
from storage.vault import Vault
from tests.announcements.hall import Hall
from tests.conversations.appointments.steps import calendar_of
from tests.conversations.offices import Town, files, towns
from tests.support.clock import Clock
from tests.support.counter import Counter
from tests.support.elsewhere import FIRST_OFFICE
from tests.support.resident import Resident

TOWNS = towns()


@pytest.fixture(params=TOWNS)
def town(request: pytest.FixtureRequest) -> Town:
    return TOWNS[request.param]


@asynccontextmanager
async def opened(
    kind: type[Counter], store: Store, clock: Clock, town: Town, folder: Path
) -> AsyncIterator[Counter]:
    """The office; when it closes, it has named no place of the other one."""
    counter = kind(store, clock, town.office, folder)
    await counter.open()
    yield counter
    await counter.close()
    said = "\n".join(counter.transcript)
    if town.office.name != TOWNS["mojokerto"].office.name:
        assert FIRST_OFFICE.findall(said) == []


@pytest.fixture
async def store(_sqlite_url: str, vault: Vault, clock: Clock) -> AsyncIterator[Store]:
    """One database is enough where a test is about places."""
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    yield store
    await store.close()


@pytest.fixture
async def counter(store: Store, clock: Clock, tmp_path: Path, town: Town) -> AsyncIterator[Counter]:
    async with opened(Counter, store, clock, town, tmp_path) as counter:
        yield counter


@pytest.fixture
async def hall(store: Store, clock: Clock, tmp_path: Path, town: Town) -> AsyncIterator[Hall]:
    """The office with what carries announcements."""
    async with opened(Hall, store, clock, town, tmp_path) as hall:
        yield hall


@pytest.fixture
def sri(counter: Counter) -> Resident:
    return counter.resident("Sri")


@pytest.fixture
def person(town: Town) -> dict[str, str]:
    return town.person("0007", "Sri Aminah")


def row(person: dict[str, str], status: str, **more: str) -> dict[str, str]:
    return {**person, "layanan": "ktp_baru", "status": status, "tanggal": "2026-11-20", **more}


async def test_a_card_is_ready_at_the_point_of_the_district(counter, sri, town, person):
    await counter.imports(row(person, "CARD_SHIPPED", kecamatan=town.district))
    await sri.asks(person)
    sri.hears("siap diambil", town.point, f"buka sampai pukul {town.closes} {town.zone}")


async def test_a_nik_from_next_door_is_told_of_that_office(counter, sri, town):
    theirs = town.person("0008", "Budi", code=f"{town.office.neighbour.prefixes[0]}01")
    await sri.asks(theirs)
    sri.hears("tidak ditemukan", f"NIK itu terbitan {town.next_door}", f"tanyakan ke {town.their_office}")


async def test_a_number_that_is_none_is_shown_the_offices_own_form(sri, town):
    await sri.says("/status")
    await sri.says("12345")
    sri.hears(f"{town.office.number.prefix}-")


async def test_appointment_record_and_reminder_use_the_offices_time_zone(counter, sri, town, person):
    await counter.imports(row(person, "BELUM_REKAM", kecamatan=town.district))
    await sri.says("/jadwal")
    await sri.asks(person)
    assert town.district in sri.screen.choices[0].hint or town.district in sri.screen.text
    await sri.says("surabaya")
    sri.hears(f"contohnya {town.office.districts[0].name}")
    await sri.says(town.district)
    await sri.says("lusa")
    assert town.opens in " ".join(sri.labels)
    await sri.says(town.opens)
    sri.hears(f"{town.opens} {town.zone}", town.point)
    await sri.says("1")
    sri.hears(f"{town.opens} {town.zone}")
    begins = calendar_of(sri, town.office.zone)[1]["dtstart"]
    assert f"{begins.dt:%H.%M}" == town.opens
    await counter.passes(seconds=(begins.dt - timedelta(days=1) - counter.clock.now).total_seconds() + 60)
    (reminder,) = sri.catch_up()
    assert f"{town.opens} {town.zone}" in reminder.text
    await sri.says("/jadwal")
    sri.hears(f"{town.opens} {town.zone}")


async def test_just_the_offices_languages_are_offered(counter, sri, town):
    await sri.says("/bahasa")
    assert len(sri.labels) == len(town.office.languages)
    names = ", ".join(sri.labels)
    assert ("Jawa" in sri.labels) == ("jv" in town.office.languages)
    await sri.says("/bahasa jawa")
    assert ("Matur nuwun" in sri.screen.text) == ("jv" in town.office.languages)
    await sri.says("english")
    sri.hears("How can we help?")
    budi = counter.resident("Budi", channel="whatsapp")
    await budi.says("menu")
    while names not in (hints := [one.hint for one in budi.screen.choices]):
        assert not any("Jawa" in (hint or "") for hint in hints), hints
        await budi.taps("Lainnya")


async def test_news_wait_for_the_offices_morning(counter, sri, town, person):
    await counter.imports(row(person, "PRR"))
    await sri.asks(person)
    await sri.taps("Kabari saya")
    asleep = counter.clock.now.replace(hour=22 - 1)  # 21.00 UTC: 04.00 WIB, 05.00 WITA
    counter.clock.now = asleep
    await counter.imports(row(person, "CARD_SHIPPED", tanggal="2026-11-23"))
    counter.clock.move(minutes=6)
    await counter.passes(minutes=1)
    assert sri.catch_up() == []
    ends = counter.office.local(counter.clock.now).replace(hour=6, minute=1)
    await counter.passes(seconds=(ends - counter.clock.now).total_seconds())
    (news,) = sri.catch_up()
    assert "siap diambil" in news.text


async def test_who_was_served_is_invited_to_rate(counter, sri, town, person):
    at = town.office.points[0].id
    await counter.imports(row(person, "CARD_SHIPPED", lokasi=at))
    await sri.asks(person)
    await counter.imports(row(person, "CARD_ISSUED", tanggal="2026-11-23", lokasi=at))
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)
    sri.hears("sudah selesai", "Bagaimana pelayanan kami?")


async def test_an_announcement_waits_for_the_offices_morning(hall, town, person):
    sri, ayu = hall.resident("Sri"), hall.resident("Ayu")
    await hall.imports(row(person, "CARD_SHIPPED", kecamatan=town.district))
    await sri.asks(person)
    await sri.taps("Kabari saya")
    code = await hall.store.write(
        lambda db: staff.invite(db, name="Ayu", role=Role.APPROVER, point=None, actor=audit.SYSTEM)
    )
    await ayu.says(f"/staf {code}")
    evening = hall.office.local(hall.clock.now).replace(hour=22)
    hall.clock.now = evening
    await ayu.says("/umumkan")
    await ayu.taps("Siap diambil")
    await ayu.says("Kartu {nama} sudah jadi di {tempat}.")
    ayu.hears(f"sudah jadi di {town.point}", f"06.00 {town.zone}")
    await ayu.taps("Kirim")
    sri.catch_up()
    await hall.passes(hours=7, minutes=59)
    assert sri.catch_up() == []
    await hall.passes(minutes=3)
    assert [screen.text for screen in sri.catch_up()] == [f"Kartu S*** A*** sudah jadi di {town.point}."]


async def test_the_contact_is_the_offices_own(sri, town):
    await sri.says("/start")
    await sri.says("alamat kantor di mana?")
    sri.hears(town.office.contact.address, town.office.contact.phone)


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_a_further_sample_leaves_no_place_to_the_first_one(file):
    assert missing_in(file) == []
    office = load_office(file)
    assert office.sample
    assert all(office.points_for(one.name) or office.neighbour.has(one.code) for one in office.districts)


async def test_no_stage_is_told_by_its_code_in_any_language(counter, town):
    """Neither by the card's answer, nor by what it means, nor in the file of one's data."""
    told = []
    for place, (language, stage) in enumerate(itertools.product(town.office.languages, Stage)):
        person, sri = town.person(f"{place + 1:04}", "Sri Aminah"), counter.resident(f"Sri {place}")
        await counter.imports(row(person, stage))
        await sri.says(f"/bahasa {language}")
        await sri.asks(person)
        if sri.screen.choices and sri.screen.choices[0].number == 1:
            await sri.says("1")  # [Kabari saya], where it is offered: then the file names the stage
        for words in (
            "apa artinya?",
            "kapan jadi?",
            "/status",
            "/datasaya",
            f"{person['no_registrasi']} {person['nik']}",
        ):
            await sri.says(words)
        told += [screen.text for screen in sri.screens]
        files = [file for screen in sri.screens for file in screen.files]
        assert files, sri.screen.text
        told += [file.data.decode("utf-8-sig") for file in files]
    codes = [word for word in ("hitungan standar", "/start", *Stage) if any(word in text for text in told)]
    assert codes == []


def test_a_drawn_code_holds_no_word_of_the_first_office():
    assert not FIRST_OFFICE.search("Kode tiket *7MJK3A*, kode staf 2MJKSWXYZ9")
    assert FIRST_OFFICE.findall("Nomor MJK-261102-0007-Z, pukul 08.00 WIB di sooko") == [
        "MJK",
        "WIB",
        "sooko",
    ]
