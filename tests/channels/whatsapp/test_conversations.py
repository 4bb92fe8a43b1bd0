"""Every conversation on WhatsApp: one message a turn, and four digits instead of a NIK."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.whatsapp.caps import WHATSAPP
from bot.whatsapp.render import Payload, render
from locales.texts import LANGUAGES
from storage.store import Store
from storage.vault import Vault
from tests.channels.whatsapp.test_rendering import buttons_of, rows_of, text_of
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.people import BUDI, CHILDREN, KOTA, SRI, row
from tests.support.resident import Resident

WHOLE_NIK = re.compile(r"16 (angka|digits)|16 angka", re.IGNORECASE)


@pytest.fixture
async def counter(_sqlite_url: str, vault: Vault, clock: Clock, tmp_path: Path) -> AsyncIterator[Counter]:
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    opened = counter_of(store, clock, tmp_path)
    await opened.imports(
        row(SRI, "CARD_SHIPPED"),
        row(BUDI, "PRINT_READY_RECORD"),
        row(KOTA, "REJECTED", catatan="*Foto* _buram_"),
        *(row(child, "PRINT_READY_RECORD") for child in CHILDREN),
    )
    await opened.open()
    yield opened
    await opened.close()
    await store.close()


@pytest.fixture(params=LANGUAGES)
async def sri(request: pytest.FixtureRequest, counter: Counter) -> Resident:
    """Sri, in each language."""
    resident = counter.resident("Sri", channel="whatsapp")
    word = {"id": "bahasa indonesia", "jv": "bahasa jawa", "en": "english"}[request.param]
    await resident.says(word)
    return resident


def shown(resident: Resident) -> Payload:
    """The one message that the newest screen becomes; all its choices can be tapped and are numbered."""
    payloads = render(resident.screen, WHATSAPP, opener="Lihat pilihan")
    assert len(payloads) == 1, payloads
    (payload,) = payloads
    tapped = [one["id"] for one in (*buttons_of(payload), *rows_of(payload))]
    assert tapped == [choice.token for choice in resident.screen.choices]
    return payload


async def test_every_screen_is_one_message_whose_choices_can_be_tapped_or_typed(sri):
    steps = [
        "menu",
        "bantuan",
        "petugas",
        "/bahasa",
        "/status",
        "salah",
        SRI["no_registrasi"],
        SRI["nik"][-4:],
    ]
    steps += [
        "menu",
        f"{BUDI['no_registrasi']} 9999",
        f"{KOTA['no_registrasi']} {KOTA['nik'][-4:]}",
        "/berhenti",
    ]
    for step in steps:
        await sri.says(step)
        shown(sri)
    kinds = {shown_kind for one in sri.screens for shown_kind in _forms(one)}
    assert kinds == {"text", "button", "list"}


def _forms(screen) -> list[str]:
    return [one.content.get("type", one.kind) for one in render(screen, WHATSAPP, opener="Pilih")]


async def test_a_family_s_list_fits_and_each_of_them_can_be_chosen(sri):
    for person in (SRI, BUDI, *CHILDREN):
        await sri.says(f"{person['no_registrasi']} {person['nik'][-4:]}")
        await sri.says("1")  # the first choice of a report is to follow
    await sri.says("status")
    payload = shown(sri)
    assert payload.content["type"] == "list"
    assert len(rows_of(payload)) >= 5
    for choice in sri.screen.choices[:2]:
        await sri.says("status")
        await sri.sends(kind="choice", choice=sri.screen.choices[choice.number - 1].token)
        shown(sri)


async def test_the_whole_identity_number_is_asked_for_on_no_way(sri):
    number = SRI["no_registrasi"]
    ways = [
        "/status",
        number,
        "351601570890001",
        "3516019908900001",
        "0000",
        "halo",
        f"{number} 9999",
        "1",
        "/status",
    ]
    ways += [
        "bantuan",
        "menu",
        "petugas",
        "/batal",
        f"#KTP#{SRI['nik']}#",
        "/start",
        f"/start s_{number}",
        "ulangi",
    ]
    for way in ways:
        await sri.says(way)
        for choice in sri.screen.choices:
            assert not re.search(r"\bNIK\b", choice.label + (choice.hint or ""))
        assert not WHOLE_NIK.search(sri.screen.text), sri.screen.text
        assert SRI["nik"] not in sri.screen.text


async def test_four_digits_are_enough_and_sixteen_are_used_and_not_repeated(sri):
    await sri.says("/status")
    await sri.says(SRI["no_registrasi"])
    assert re.search(r"4 (angka|digits)|last 4", text_of(shown(sri)))
    await sri.says(SRI["nik"][-4:])
    found = sri.screen.text
    await sri.says("/status")
    await sri.says(f"{SRI['no_registrasi']} {SRI['nik']}")
    assert "S*** A***" in found
    assert "S*** A***" in sri.screen.text
    assert SRI["nik"] not in "".join(one.text for one in sri.screens)


async def test_after_three_wrong_pairs_the_answer_names_the_next_day(counter):
    guesser = counter.resident("guesser", channel="whatsapp")
    for digits in ("9997", "9998", "9999"):
        await guesser.says(f"{SRI['no_registrasi']} {digits}")
        guesser.hears("tidak ditemukan")
    await guesser.says(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}")
    guesser.hears("coba lagi", "24 November 2026")  # tomorrow: "at 09.00" alone would be read as today
    counter.clock.move(minutes=1439)
    await guesser.says(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}")
    guesser.hears("coba lagi")
    counter.clock.move(minutes=2)
    await guesser.says(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}")
    guesser.hears("siap diambil")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("menu", "Ada yang bisa kami bantu"),
        ("MENU", "Ada yang bisa kami bantu"),
        ("0", "Ada yang bisa kami bantu"),
        ("batal", "Ada yang bisa kami bantu"),
        ("stop", "tidak akan mengirim kabar lagi"),
        ("Berhenti", "tidak akan mengirim kabar lagi"),
        ("kantor", "Telepon"),
    ],
)
@pytest.mark.parametrize("amid", [None, "/status", "menu", "/bahasa"])
async def test_words_work_from_anywhere_without_a_slash(counter, word, said, amid):
    sri = counter.resident("Sri", channel="whatsapp")
    await sri.says("menu")
    if amid is not None:
        await sri.says(amid)
    await sri.says(word)
    sri.hears(said)
    shown(sri)


async def test_a_note_of_the_office_formats_nothing(counter):
    sri = counter.resident("Sri", channel="whatsapp")
    await sri.says(f"{KOTA['no_registrasi']} {KOTA['nik'][-4:]}")
    words = text_of(shown(sri))
    assert "∗Foto∗ ˍburamˍ" in words
    assert "*tidak dapat diproses*" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_on_a_list_s_button_fits(counter, language):
    assert 0 < len(counter.texts.say(language, "whatsapp-open-list")) <= WHATSAPP.label
