"""/konsol: a code for the console, from a staff chat on a phone."""

import re

import pytest
from sqlalchemy import select

from storage import audit
from storage.people import chats
from storage.schema import staff_codes
from storage.staff import staff
from tests.support.counter import Counter
from tests.support.officers import officer

DEVICE = "Chrome, Windows"


async def code_of(who) -> str:
    await who.says("/konsol")
    return re.search(r"\b[A-Z2-9]{10}\b", who.screen.text)[0]


async def redeemed(counter: Counter, code: str, device: str | None = DEVICE):
    return await counter.store.write(
        lambda db: staff.redeem_code(db, code=code, asker=b"browser", address="203.0.113.9", device=device)
    )


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_the_use_of_a_code_is_told_in_its_chat(counter: Counter, channel):
    wulan = await officer(counter, channel=channel)
    code = await code_of(wulan)
    wulan.hears("5 menit")
    member = await redeemed(counter, code)
    assert member.name == "Wulan"
    await counter.passes(seconds=1)
    wulan.hears("dipakai", "pukul 09.00", DEVICE)
    assert await redeemed(counter, code) is None


async def test_an_unknown_device_is_told_as_such(counter: Counter):
    wulan = await officer(counter)
    assert await redeemed(counter, await code_of(wulan), "")
    await counter.passes(seconds=1)
    wulan.hears("perangkat yang tidak dikenal")


async def test_the_code_lasts_five_minutes_and_a_newer_one_replaces_it(counter: Counter):
    wulan = await officer(counter)
    first = await code_of(wulan)
    second = await code_of(wulan)
    assert await redeemed(counter, first) is None
    counter.clock.move(minutes=5)
    assert await redeemed(counter, second) is None


async def test_a_console_code_links_no_chat(counter: Counter, sri):
    code = await code_of(await officer(counter))
    await sri.says(f"/staf {code}")
    sri.hears("tidak dikenal")
    assert await counter.count("chats", "staff_id IS NOT NULL") == 1
    (line,) = await counter.store.read(lambda db: audit.entries(db, action="sign-in-failed"))
    assert line.details == "console-only"
    assert await redeemed(counter, code)


async def test_the_web_chat_gives_no_code(counter: Counter):
    wulan = await officer(counter, channel="web")
    await wulan.says("/konsol")
    wulan.hears("Di chat web kode konsol tidak diberikan")
    assert await counter.count("staff_codes", "chat_id IS NOT NULL") == 0


async def test_a_resident_gets_no_code_and_the_try_is_audited(counter: Counter, sri):
    await sri.says("/konsol")
    sri.hears("tidak berwenang")
    (line,) = await counter.store.read(lambda db: audit.entries(db, action="refused"))
    assert line.subject == "action:enter"


async def test_an_unused_code_ends_with_its_chat_and_its_member(counter: Counter):
    wulan = await officer(counter)
    code = await code_of(wulan)
    await wulan.says("/keluar")
    assert await redeemed(counter, code) is None
    ayu = await officer(counter, "Ayu")
    code = await code_of(ayu)
    await counter.store.write(lambda db: staff.revoke(db, name="Ayu", actor="system"))
    assert await redeemed(counter, code) is None


async def test_a_code_survives_a_merge_of_chats_and_goes_with_an_erasure(counter: Counter):
    from storage.keeping import chat_merge, erasure

    wulan = await officer(counter)
    code = await code_of(wulan)
    row = await counter.store.read(lambda db: db.one(select(staff_codes).where(staff_codes.c.chat_id > 0)))

    async def join(db) -> int:
        into = (await chats.meet(db, channel="telegram", account="bot", address="other", language="id")).id
        await chat_merge.merge(db, into, row.chat_id)
        return into

    into = await counter.store.write(join)
    kept = await counter.store.read(
        lambda db: db.one(select(staff_codes).where(staff_codes.c.chat_id == into))
    )
    assert kept.code_index == row.code_index
    await counter.store.write(lambda db: erasure.erase(db, chat=into))
    assert await redeemed(counter, code) is None
