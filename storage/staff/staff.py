"""Staff: invited by one-time code, listed, and revoked everywhere at once."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, false, func, select, update

from domain.people.budget import Budget, alarms, delay_seconds, refused_until
from domain.refusals import TooManyTries
from domain.staff.roles import Role, StaffMember
from storage import audit
from storage.ids import new_id
from storage.post import errands
from storage.schema import chats, of_row, staff, staff_accounts, staff_codes, staff_passkeys, tries
from storage.session import Reading, Writing
from storage.staff import sign_ins
from storage.staff.alarms import WRONG_CODES as WRONG_CODES_RANG
from storage.staff.alarms import ring
from storage.staff.sessions import close_sessions_of

CODE_LASTS = timedelta(hours=24)
CONSOLE_CODE_LASTS = timedelta(minutes=5)
CONSOLE_ENTERED = "console-entered"
"""Conversation that tells a staff chat that its console code was used."""
_TOLD_FOR = timedelta(days=1)
LONGEST_NAME = 80
# Without 0, 1, I and O, which people confuse; ten of 32 are 50 bits, and wrong codes are limited.
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
_ADDRESS, _ASKER = "staff-code-address", "staff-code-asker"
_ALARM = 20  # wrong codes from one address within the window
WRONG_CODES = Budget(most=5, window=timedelta(minutes=15))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMember:
    """A member of staff as `loket staff list` shows them."""

    member: StaffMember
    invited_at: datetime
    code_open: bool
    chats: int


async def invite(db: Writing, *, name: str, role: Role, point: str | None = None, actor: str) -> str:
    """One-time code for this person, valid 24 hours; only its keyed hash is stored.

    For a name in use, role and point are updated and earlier codes expire.
    """
    values = {"id": new_id(), "name": name, "role": role.value, "point": point, "invited_at": db.now}
    await db.run(
        db.insert(staff)
        .values(values)
        .on_conflict_do_update(
            index_elements=["name", "machine"],
            index_where=staff.c.revoked_at.is_(None),
            set_={"role": role.value, "point": point},
        )
    )
    member = await db.scalar(select(staff.c.id).where(staff.c.name == name, is_working()))
    await db.run(delete(staff_codes).where(staff_codes.c.staff_id == member))
    code = await _new_code(db, member=member, lasts=CODE_LASTS)
    await audit.record(db, actor, "staff-invited", audit.by_staff(member), role.value)
    return code


async def give_console_code(db: Writing, *, member: int, chat: int) -> str:
    """One-time code with which this member enters the console within 5 minutes; earlier ones expire.

    It links no chat. The chat that asked for it is told when it is used.
    """
    unused = (staff_codes.c.chat_id.is_not(None), staff_codes.c.used_at.is_(None))
    await db.run(delete(staff_codes).where(staff_codes.c.staff_id == member, *unused))
    code = await _new_code(db, member=member, lasts=CONSOLE_CODE_LASTS, chat=chat)
    await audit.record(db, audit.by_staff(member), "console-code-given", audit.by_chat(chat))
    return code


async def _new_code(db: Writing, *, member: int, lasts: timedelta, chat: int | None = None) -> str:
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    index = db.vault.index(code, of="staff-code")
    row = {"code_index": index, "staff_id": member, "expires_at": db.now + lasts, "chat_id": chat}
    await db.run(staff_codes.insert(), row)
    return code


async def code_delay(db: Reading, *, address: str) -> float:
    """Seconds to delay an answer to this address; it is never refused, because many may share it."""
    wrong = await _wrong_codes(db, db.vault.indexes(address, of=_ADDRESS))
    return delay_seconds(len(wrong), free=WRONG_CODES.most)


async def redeem_code(
    db: Writing,
    *,
    code: str,
    asker: bytes,
    address: str | None = None,
    by: str = "",
    device: str | None = None,
) -> StaffMember | None:
    """Use up a code and return its owner; None alike if unknown, used, expired or revoked.

    Of two simultaneous calls one gets None. A wrong code counts against this asker (a chat, a browser), who is
    refused after a limit; for its address it only delays answers (`code_delay`) and may raise an alarm. `by` is
    the origin for the audit of a failure (storage/staff/sign_ins.py), "" for none. `device` names the browser at
    the console's door; without it (in a chat) a console code is unknown.

    Raises:
        TooManyTries: five wrong codes of this asker in 15 minutes.
    """
    await refuse_guessing(db, asker=asker)
    indexes = db.vault.indexes(_typed(code), of="staff-code")
    named = staff_codes.c.code_index.in_(indexes)
    living = (staff_codes.c.used_at.is_(None), staff_codes.c.expires_at > db.now)
    here = () if device is not None else (staff_codes.c.chat_id.is_(None),)
    if not await db.run(update(staff_codes).where(named, *living, *here).values(used_at=db.now)):
        await count_wrong(db, asker=asker, address=address)
        if by:
            await sign_ins.note(db, by=by, codes=indexes)
        return None
    (used,) = await db.rows(select(staff_codes.c.staff_id, staff_codes.c.chat_id).where(named))
    by = audit.by_staff(used.staff_id)
    await audit.record(db, by, "staff-code-used", by)
    if used.chat_id is not None:
        await errands.plan(
            db,
            chat=used.chat_id,
            conversation=CONSOLE_ENTERED,
            argument=f"{db.now.isoformat()} {device}",
            due_at=db.now,
            until=db.now + _TOLD_FOR,
        )
    return await _member(db, staff.c.id == used.staff_id)


async def link_chat(db: Writing, *, chat: int, member: int) -> None:
    """Link this chat to a member of staff; it keeps all functions of a resident's chat."""
    linked = {"staff_id": member, "staff_since": db.now, "staff_ended_at": None}
    await db.run(update(chats).where(chats.c.id == chat).values(linked))
    await audit.record(db, audit.by_staff(member), "staff-chat-linked", audit.by_chat(chat))


async def find(db: Reading, *, name: str) -> StaffMember | None:
    """Active member of this name."""
    return await _member(db, staff.c.name == name)


async def find_by_id(db: Reading, *, member: int) -> StaffMember | None:
    """Member of this id, unless revoked."""
    return await _member(db, staff.c.id == member)


async def names(db: Reading) -> dict[int, str]:
    """Names of all present and former staff and tokens by id, for reading the audit."""
    query = select(staff.c.id, staff.c.name, staff.c.machine)
    return {row.id: f"{row.name} (API)" if row.machine else row.name for row in await db.rows(query)}


async def list_staff(db: Reading) -> list[ListedMember]:
    """Invited and not revoked staff, by name."""
    linked = select(func.count()).select_from(chats).where(chats.c.staff_id == staff.c.id).scalar_subquery()
    open_codes = (
        select(func.count())
        .select_from(staff_codes)
        .where(
            staff_codes.c.staff_id == staff.c.id,
            staff_codes.c.used_at.is_(None),
            staff_codes.c.expires_at > db.now,
        )
        .scalar_subquery()
    )
    query = select(*_COLUMNS, staff.c.invited_at, linked.label("chats"), open_codes.label("codes"))
    found = await db.rows(query.where(is_working()).order_by(staff.c.name))
    return [
        ListedMember(
            member=as_member(row), invited_at=row.invited_at, code_open=bool(row.codes), chats=row.chats
        )
        for row in found
    ]


async def revoke(db: Writing, *, name: str, actor: str) -> bool:
    """Revoke this person's codes, keys, sessions and staff chats in one commit. False: unknown name."""
    member = await find(db, name=name)
    if member is None:
        return False
    await db.run(update(staff).where(staff.c.id == member.id).values(revoked_at=db.now, pin=None))
    await db.run(delete(staff_passkeys).where(staff_passkeys.c.staff_id == member.id))
    await db.run(delete(staff_accounts).where(staff_accounts.c.staff_id == member.id))
    await db.run(delete(staff_codes).where(staff_codes.c.staff_id == member.id))
    await close_sessions_of(db, member=member.id)
    await db.run(update(chats).where(chats.c.staff_id == member.id).values(staff_id=None, staff_since=None))
    await audit.record(db, actor, "staff-revoked", audit.by_staff(member.id))
    return True


_COLUMNS = (staff.c.id, staff.c.name, staff.c.role, staff.c.point, staff.c.revoked_at)


async def _member(db: Reading, condition: ColumnElement[bool]) -> StaffMember | None:
    row = await db.one(select(*_COLUMNS).where(condition, is_working()))
    return None if row is None else as_member(row)


def is_working() -> ColumnElement[bool]:
    """Condition: a person who is not revoked; tokens of the API are no people."""
    return and_(staff.c.revoked_at.is_(None), staff.c.machine == false())


def as_member(row: Row[Any]) -> StaffMember:
    """Member of staff of a row."""
    return of_row(StaffMember, row, role=Role(row.role))


async def refuse_guessing(db: Writing, *, asker: bytes) -> None:
    """Refuse who failed too often to sign in.

    Raises:
        TooManyTries: five failures of this asker in 15 minutes.
    """
    askers = db.vault.indexes(asker.hex(), of=_ASKER)
    until = refused_until(WRONG_CODES, wrong=await _wrong_codes(db, askers), now=db.now)
    if until is not None:
        raise TooManyTries(until=until)


async def count_wrong(db: Writing, *, asker: bytes, address: str | None) -> None:
    """Count a failed sign-in against its asker and its address."""
    asked = db.vault.indexes(asker.hex(), of=_ASKER)[-1]
    await db.run(tries.insert(), {"id": new_id(), "asker": asked, "at": db.now})
    if address is not None:
        await _count_against(db, address)


async def _wrong_codes(db: Reading, askers: Sequence[bytes]) -> list[datetime]:
    mine = (tries.c.asker.in_(askers), tries.c.at > db.now - WRONG_CODES.window)
    return [row.at for row in await db.rows(select(tries.c.at).where(*mine))]


async def _count_against(db: Writing, address: str) -> None:
    indexes = db.vault.indexes(address, of=_ADDRESS)
    await db.run(tries.insert(), {"id": new_id(), "asker": indexes[-1], "at": db.now})
    wrong = len(await _wrong_codes(db, indexes))
    if alarms(wrong, threshold=_ALARM):
        await ring(db, action=WRONG_CODES_RANG, about="one-address", count=wrong)


def _typed(code: str) -> str:
    return re.sub(r"[\s-]", "", code).upper()
