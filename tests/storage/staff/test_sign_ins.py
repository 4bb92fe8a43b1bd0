"""Failed sign-ins are written down one by one, and a flood of them stays bounded."""

import pytest
from sqlalchemy import func, select

from domain.refusals import TooManyTries
from domain.staff.roles import Role
from storage import audit
from storage.schema import audit as lines
from storage.staff import sign_ins
from storage.staff.staff import invite, redeem_code

BY = "chat:7"


async def tried(store, code, *, by=BY, asker=b"a"):
    return await store.write(lambda db: redeem_code(db, code=code, asker=asker, by=by))


async def noted(store, action=sign_ins.FAILED):
    return await store.read(lambda db: audit.entries(db, action=action, limit=1000))


async def test_a_failed_sign_in_tells_when_from_where_and_why(store, clock):
    told = {"name": "Ibu Wulan", "role": Role.OFFICER, "actor": "system"}
    code = await store.write(lambda db: invite(db, **told))
    member = await tried(store, code)
    await tried(store, code)
    await tried(store, "SALAHSALAH")
    later = await store.write(lambda db: invite(db, **told))
    clock.move(hours=25)
    await tried(store, later)
    found = [(one.actor, one.details, one.subject) for one in await noted(store)]
    whose = f"staff:{member.id}"
    # A new invitation makes the code before it unknown, so that its use is told before that.
    assert found == [(BY, "expired", whose), (BY, "wrong", "code"), (BY, "used", whose)]


async def test_after_ten_of_one_origin_one_line_says_that_there_were_more(store, clock):
    for number in range(30):
        await tried(store, "SALAHSALAH", asker=str(number).encode())
    assert len(await noted(store)) == 10
    (more,) = await noted(store, sign_ins.MORE)
    assert (more.actor, more.details) == (BY, "10")
    await tried(store, "SALAHSALAH", by="chat:8", asker=b"other")
    assert len(await noted(store)) == 11
    clock.move(hours=1)
    await tried(store, "SALAHSALAH", asker=b"later")
    assert len(await noted(store)) == 12


async def test_a_flood_from_everywhere_leaves_a_bounded_number_of_lines(store, monkeypatch):
    monkeypatch.setattr(sign_ins, "OF_ALL", 12)
    for number in range(40):
        await tried(store, "SALAHSALAH", by=f"chat:{number}", asker=str(number).encode())
    assert len(await noted(store)) == 12
    (more,) = await noted(store, sign_ins.MORE)
    assert more.actor == "everybody"
    assert await store.read(lambda db: db.scalar(select(func.count()).select_from(lines))) == 13


async def test_a_flood_in_browsers_hides_neither_used_codes_nor_guesses_in_chats(store, monkeypatch):
    monkeypatch.setattr(sign_ins, "OF_ALL", 12)
    code = await store.write(lambda db: invite(db, name="Ayu", role=Role.VIEWER, actor="system"))
    member = await tried(store, code)
    for number in range(40):
        await tried(store, "SALAHSALAH", by=f"address:{number}", asker=str(number).encode())
    await tried(store, code, by="address:0", asker=b"thief")
    await tried(store, "SALAHSALAH", by="chat:9", asker=b"guesses")
    found = [(one.actor, one.details, one.subject) for one in await noted(store)]
    assert found[:2] == [("chat:9", "wrong", "code"), ("address:0", "used", f"staff:{member.id}")]
    assert len(found) == 14


async def test_failed_codes_do_not_hide_a_used_code_of_the_same_origin(store):
    code = await store.write(lambda db: invite(db, name="Ayu", role=Role.VIEWER, actor="system"))
    await tried(store, code)
    for number in range(30):
        await tried(store, "SALAHSALAH", by="address:0", asker=str(number).encode())
    await tried(store, code, by="address:0", asker=b"thief")
    assert (await noted(store))[0].details == "used"


async def test_one_used_code_from_everywhere_does_not_hide_the_codes_of_others(store):
    old, other = [
        await store.write(lambda db, name=name: invite(db, name=name, role=Role.VIEWER, actor="system"))
        for name in ("Ayu", "Bima")
    ]
    for code in (old, other):
        await tried(store, code)
    for number in range(40):
        await tried(store, old, by=f"address:{number}", asker=str(number).encode())
    await tried(store, other, by="address:99", asker=b"thief")
    assert len(await noted(store)) == 11
    (more,) = await noted(store, sign_ins.MORE)
    assert (more.subject, more.details) == ("code-known", "10")


async def test_a_successful_sign_in_is_not_audited_as_failed(store):
    code = await store.write(lambda db: invite(db, name="Ayu", role=Role.VIEWER, actor="system"))
    assert await tried(store, code) is not None
    assert await noted(store) == []


async def test_an_address_is_named_by_a_keyed_hash_alone(store):
    name = await store.read(lambda db: _named(db, "203.0.113.7"))
    other = await store.read(lambda db: _named(db, "203.0.113.8"))
    assert name.startswith("address:")
    assert "203" not in name
    assert name != other


async def _named(db, address):
    return sign_ins.by_address(db, address)


async def test_a_refusal_before_the_check_is_recorded_by_the_caller(store):
    for _ in range(5):
        await tried(store, "SALAHSALAH")
    with pytest.raises(TooManyTries):
        await tried(store, "SALAHSALAH")
    await store.write(lambda db: sign_ins.note(db, by=BY))
    assert [one.details for one in await noted(store)] == ["too-many"] + ["wrong"] * 5
