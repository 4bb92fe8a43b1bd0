"""Staff sign in with a one-time code; guesses fail."""

import pytest

from domain.staff.roles import Role
from storage import audit
from storage.audit import SYSTEM
from storage.staff import staff
from tests.support.counter import Counter
from tests.support.people import SRI, row


async def invited(counter: Counter, role: Role = Role.OFFICER) -> str:
    return await counter.store.write(lambda db: staff.invite(db, name="Ayu", role=role, actor=SYSTEM))


async def test_a_staff_chat_can_do_everything_that_residents_can(counter, sri):
    code = await invited(counter)
    await sri.says(f"/staf {code.lower()}")
    sri.hears("Kode diterima", "Ayu, petugas")
    assert await counter.count("chats", "staff_id IS NOT NULL") == 1
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    sri.hears("siap diambil")


@pytest.mark.parametrize("role", Role)
async def test_the_welcome_lists_exactly_the_commands_that_the_role_may_use(counter, sri, role):
    await sri.says(f"/staf {await invited(counter, role)}")
    welcome = sri.screen.text
    for command in ("hariini", "selesai", "tamu", "panggilan", "umumkan", "ikm"):
        await sri.says(f"/{command}")
        assert (f"/{command}" in welcome) == ("tidak berwenang" not in sri.screen.text), command
        await sri.says("/batal")


async def test_help_in_a_staff_chat_lists_its_commands_again(counter, sri):
    await sri.says("/bantuan")
    sri.hears_not("/panggil")
    await sri.says(f"/staf {await invited(counter)}")
    await sri.says("/bantuan")
    sri.hears("Bisa diketik di sini", "/panggil", "/batalkan", "/konsol")


async def test_a_code_works_once(counter, sri):
    code = await invited(counter)
    await sri.says(f"/staf {code}")
    other = counter.resident("Budi")
    await other.says(f"/staf {code}")
    other.hears("tidak dikenal, sudah dipakai")


async def test_a_code_is_asked_for(counter, sri):
    code = await invited(counter, Role.ADMIN)
    await sri.says("/staf")
    sri.hears("kode petugas")
    await sri.says(code)
    sri.hears("Ayu, admin")


async def test_who_guesses_codes_must_wait(counter, sri):
    for _ in range(5):
        await sri.says("/staf AAAAAAAAAA")
        sri.hears("tidak dikenal")
    await sri.says("/staf AAAAAAAAAA")
    sri.hears("coba lagi pukul 09.15 WIB")


async def test_every_code_that_fails_is_audited_with_its_chat_and_why(counter, sri):
    code = await invited(counter)
    await sri.says(f"/staf {code}")
    other = counter.resident("Budi")
    await other.says(f"/staf {code}")
    for _ in range(5):
        await other.says("/staf AAAAAAAAAA")
    found = await counter.store.read(lambda db: audit.entries(db, action="sign-in-failed"))
    assert [one.details for one in found] == ["too-many", *["wrong"] * 4, "used"]
    assert {one.actor.partition(":")[0] for one in found} == {"chat"}
    assert found[-1].subject.startswith("staff:")
