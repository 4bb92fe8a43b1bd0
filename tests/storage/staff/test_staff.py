"""Invitations, staff chats and sessions, on both databases."""

import asyncio
import hashlib

import pytest
from sqlalchemy import select

from domain.refusals import TooManyTries
from domain.staff.roles import Role
from storage import audit
from storage.ids import new_id
from storage.schema import chats, staff_codes, staff_sessions, tries
from storage.staff import accounts, sessions
from storage.staff import staff as office
from storage.staff.staff import CODE_ALPHABET, redeem_code

ASKER, ANOTHER = b"an asker's keyed hash", b"another one's"


@pytest.fixture
def invite(store):
    async def invite(name="Ibu Wulan", role=Role.OFFICER, point=None):
        return await store.write(
            lambda db: office.invite(db, name=name, role=role, point=point, actor="system")
        )

    return invite


@pytest.fixture
def redeem(store):
    async def redeem(code, asker=ASKER):
        return await store.write(lambda db: redeem_code(db, code=code, asker=asker))

    return redeem


@pytest.fixture
async def chat(store):
    """A resident's chat, as the dispatcher makes it."""
    values = {"id": new_id(), "channel": "web", "account": "a", "address": b"-", "address_index": b"a"}
    values |= {"created_at": store.clock(), "heard_at": store.clock()}
    await store.write(lambda db: db.run(chats.insert(), values))
    return values["id"]


async def test_a_code_makes_its_owner_known_once(invite, redeem):
    code = await invite(point="sooko")
    member = await redeem(code)
    assert (member.name, member.role, member.point) == ("Ibu Wulan", Role.OFFICER, "sooko")
    assert await redeem(code) is None


async def test_a_code_is_read_in_lower_case_and_with_spaces_and_dashes(invite, redeem):
    code = await invite()
    assert set(code) <= set(CODE_ALPHABET)
    assert await redeem(f" {code[:5].lower()}-{code[5:]} ")


async def test_a_code_lapses_after_a_day(invite, redeem, clock):
    code = await invite()
    clock.move(hours=24)
    assert await redeem(code) is None


async def test_a_second_invitation_makes_the_first_code_worthless_and_changes_the_role(invite, redeem):
    first, second = await invite(role=Role.VIEWER), await invite(role=Role.ADMIN)
    assert await redeem(first) is None
    assert (await redeem(second)).role is Role.ADMIN


async def test_the_code_itself_is_nowhere_in_the_store(store, invite):
    code = await invite()
    rows = await store.read(lambda db: db.rows(select(staff_codes)))
    assert len(rows) == 1
    assert code.encode() not in rows[0].code_index
    assert rows[0].code_index != hashlib.sha256(code.encode()).digest(), "50 bits are guessed without the key"


async def test_five_wrong_codes_block_only_this_asker_for_15_minutes(invite, redeem, clock):
    code = await invite()
    for _ in range(5):
        clock.move(seconds=1)
        assert await redeem("WRONGWRONG") is None
    with pytest.raises(TooManyTries) as refused:
        await redeem(code)
    assert await redeem(code, ANOTHER)
    clock.now = refused.value.until
    assert await redeem("STILLWRONG") is None


async def test_the_asker_of_a_wrong_code_is_kept_under_a_keyed_hash(store, redeem):
    await redeem("WRONGWRONG")
    rows = await store.read(lambda db: db.rows(select(tries)))
    assert len(rows) == 1
    assert rows[0].asker != ASKER


@pytest.fixture
def owner_of(store):
    async def owner_of(chat):
        return await store.read(lambda db: db.scalar(select(chats.c.staff_id).where(chats.c.id == chat)))

    return owner_of


async def test_a_linked_chat_is_its_owners(store, invite, redeem, chat, owner_of):
    assert await owner_of(chat) is None
    member = await redeem(await invite())
    await store.write(lambda db: office.link_chat(db, chat=chat, member=member.id))
    assert await owner_of(chat) == member.id


async def test_the_staff_list_shows_open_codes_and_chats(store, invite, redeem, chat):
    wulan = await redeem(await invite("Ibu Wulan"))
    await invite("Pak Agus", Role.VIEWER)
    await store.write(lambda db: office.link_chat(db, chat=chat, member=wulan.id))
    listed = await store.read(office.list_staff)
    assert [(one.member.name, one.code_open, one.chats) for one in listed] == [
        ("Ibu Wulan", False, 1),
        ("Pak Agus", True, 0),
    ]


async def test_the_revoked_lose_code_session_and_chat_in_the_same_moment(
    store, invite, redeem, chat, owner_of
):
    member = await redeem(await invite())
    token = await store.write(lambda db: sessions.open_session(db, member=member.id))
    await store.write(lambda db: office.link_chat(db, chat=chat, member=member.id))
    code = await invite()
    assert await store.write(lambda db: office.revoke(db, name="Ibu Wulan", actor="system"))
    assert await redeem(code) is None
    assert await store.write(lambda db: sessions.session_of(db, token=token)) is None
    assert await owner_of(chat) is None
    assert await store.read(office.list_staff) == []
    assert await store.read(lambda db: office.find(db, name="Ibu Wulan")) is None


async def test_a_revoked_name_may_be_invited_again_as_a_new_person(store, invite, redeem):
    before = await redeem(await invite())
    await store.write(lambda db: office.revoke(db, name="Ibu Wulan", actor="system"))
    assert (await redeem(await invite())).id != before.id


async def test_revoking_a_name_that_nobody_has_changes_nothing(store):
    assert not await store.write(lambda db: office.revoke(db, name="Nobody", actor="system"))


async def test_every_step_is_in_the_audit_without_a_name(store, invite, redeem, chat):
    member = await redeem(await invite())
    await store.write(lambda db: office.link_chat(db, chat=chat, member=member.id))
    await store.write(lambda db: office.revoke(db, name="Ibu Wulan", actor="system"))
    lines = await store.read(audit.entries)
    assert [line.action for line in lines] == [
        "staff-revoked",
        "staff-chat-linked",
        "staff-code-used",
        "staff-invited",
    ]
    assert "Wulan" not in repr(lines)
    used = await store.read(lambda db: audit.entries(db, action="staff-code-used"))
    assert [line.actor for line in used] == [f"staff:{member.id}"]


@pytest.fixture
async def token(store, invite, redeem):
    member = await redeem(await invite())
    return await store.write(lambda db: sessions.open_session(db, member=member.id))


@pytest.fixture
def session_of(store):
    async def session_of(token):
        return await store.write(lambda db: sessions.session_of(db, token=token))

    return session_of


async def test_a_session_knows_its_owner_and_its_forms(store, token, session_of):
    session = await session_of(token)
    assert session.member.name == "Ibu Wulan"
    assert session.csrf not in repr(session)
    rows = await store.read(lambda db: db.rows(select(staff_sessions)))
    assert token.encode() not in rows[0].token_index
    assert await session_of("another token") is None


async def test_a_used_session_lasts_at_most_twelve_hours(token, session_of, clock):
    for _ in range(23):
        clock.move(minutes=29, seconds=59)
        assert await session_of(token)
    clock.move(minutes=29, seconds=59)
    assert await session_of(token)
    clock.move(minutes=1)
    assert await session_of(token) is None


async def test_a_session_that_idles_for_half_an_hour_is_over(token, session_of, clock):
    clock.move(seconds=30)
    assert await session_of(token)
    clock.move(minutes=29, seconds=30)
    assert await session_of(token) is None


async def test_a_closed_session_stays_closed(store, token, session_of):
    await store.write(lambda db: sessions.close_session(db, token=token))
    assert await session_of(token) is None


async def test_an_account_linked_by_many_at_once_is_one_members(store, invite):
    members = []
    for name in ("Wulan", "Bima", "Citra", "Dewi", "Eko"):
        await invite(name=name)
        members.append((await store.read(lambda db, n=name: office.find(db, name=n))).id)
    linked = await asyncio.gather(
        *(store.write(lambda db, m=one: accounts.link(db, member=m, account="sub-1")) for one in members)
    )
    assert sorted(linked) == [False] * 4 + [True]
    has = [await store.read(lambda db, m=one: accounts.account_of(db, member=m)) for one in members]
    assert [one is not None for one in has] == linked
