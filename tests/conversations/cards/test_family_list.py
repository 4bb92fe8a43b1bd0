"""The list of several people: each choice tells the stage of that person's card."""

import pytest

from tests.support.people import BUDI, CHILDREN, SRI, row


@pytest.fixture
async def family(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "print ready, no stock"))
    for person in (SRI, BUDI):
        await sri.asks(person)
        await sri.taps("Kabari saya")
    return sri


async def test_each_person_of_the_list_stands_with_the_stage(family):
    await family.says("status")
    hints = [choice.hint for choice in family.screen.choices]
    assert hints[0].startswith("Siap diambil · Penggantian")
    assert hints[1].startswith("Menunggu blangko · Penggantian")


async def test_back_from_a_card_of_the_list_leads_to_the_list(family):
    await family.says("status")
    listed = family.labels
    await family.says("2")
    family.hears("B*** S***", "blangko")
    await family.says("kembali")
    assert family.labels == listed


async def test_the_list_follows_the_register(counter, family):
    await counter.imports(row(BUDI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await family.says("status")
    assert [choice.hint.partition(" ·")[0] for choice in family.screen.choices[:2]] == ["Siap diambil"] * 2


async def test_an_unknown_code_is_another_stage(counter, family):
    await counter.imports(row(CHILDREN[0], "XYZ"))
    await family.asks(CHILDREN[0])
    await family.taps("Kabari saya")
    await family.says("/bahasa english")
    await family.says("status")
    assert family.screen.choices[2].hint == "Another stage · Lost card"


async def test_the_list_fits_the_rows_of_whatsapp(counter):
    sri = counter.resident("Sri", channel="whatsapp")
    await counter.imports(row(SRI, "CARD_SHIPPED", layanan="ikd"), row(BUDI, "PRR", layanan="ikd"))
    for person in (SRI, BUDI):
        await sri.asks(person)
        await sri.taps("Kabari saya")
    await sri.says("status")
    assert len([choice for choice in sri.screen.choices if choice.hint]) == 2
    assert all(len(choice.hint or "") <= 72 for choice in sri.screen.choices)
