"""/hapusdata on a shared device: erases what one person proved to be theirs, and keeps the rest (docs/decisions/0038).

The chat of a shared device is one row for all its users. If it holds nothing of others, it is erased as a
whole.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, not_, or_, select, update

from storage import audit
from storage.handovers import endings
from storage.keeping.erasure import CHAT_PURPOSE, ERASED, erase, new_receipt
from storage.ratings import invitations
from storage.schema import (
    announcement_parts,
    announcement_recipients,
    applications,
    booking_history,
    bookings,
    case_history,
    cases,
    chats,
    erasures,
    errands,
    follows,
    handover_lines,
    invited_chats,
    looked_up,
    media,
    offers,
    outbox,
    seats,
    waiting,
    waits,
)
from storage.schema import audit as audit_rows
from storage.session import Reading, Writing


async def erase_covered(
    db: Writing, *, chat: int, covered: Sequence[int], covered_cases: Sequence[str]
) -> tuple[str, bool]:
    """Erase what belongs to these applications and cases; return the receipt, and whether the whole chat was erased."""
    if not await _is_of_others(db, chat, covered, covered_cases):
        return await erase(db, chat=chat), True
    await erase_rows(db, chat=chat, covered=covered, covered_cases=covered_cases)
    await _forget_sitting(db, chat)
    receipt = new_receipt()
    marks = [pair_index(db, chat, one) for one in covered] or [pair_index(db, chat, 0)]
    for number, mark in enumerate(marks):
        name = receipt if number == 0 else f"{receipt}-{number + 1}"
        await db.run(erasures.insert(), {"receipt": name, "erased_at": db.now, "chat_index": mark})
    await audit.record(db, ERASED, ERASED, f"erasure:{receipt}")
    return receipt, False


def pair_index(db: Reading, chat: int, application: int) -> bytes:
    """Keyed index that identifies a receipt's application if a backup brings it back."""
    return db.vault.index(f"{chat}:{application}", of=CHAT_PURPOSE)


async def pairs(db: Reading) -> list[tuple[int, int]]:
    """All pairs of chat and application that are related."""
    both = [
        select(table.c.chat_id, table.c.application_id).where(
            table.c.chat_id.is_not(None), table.c.application_id.is_not(None)
        )
        for table in (follows, looked_up, bookings)
    ]
    return [(row[0], row[1]) for row in await db.rows(both[0].union(*both[1:]))]


async def erase_rows(
    db: Writing, *, chat: int, covered: Sequence[int], covered_cases: Sequence[str] = ()
) -> None:
    """Erase a chat's rows about these applications and cases, and the errands planned about them."""
    await _forget_cases(db, chat, covered_cases)
    if not covered:
        return
    await _forget_errands(db, chat, "rating", await _rating_arguments(db, covered))
    tokens = await invitations.tokens_of(db, covered=covered)
    await db.run(
        delete(invited_chats).where(invited_chats.c.chat_id == chat, invited_chats.c.token_index.in_(tokens))
    )
    for table in (follows, looked_up):
        await db.run(delete(table).where(table.c.chat_id == chat, table.c.application_id.in_(covered)))
    await _forget_bookings(db, chat, covered)
    await _forget_lines(db, chat, covered)
    await _forget_announcements(db, chat, covered)
    subjects = [f"application:{one}" for one in covered]
    looked = update(audit_rows).where(
        audit_rows.c.actor == audit.by_chat(chat), audit_rows.c.subject.in_(subjects)
    )
    await db.run(looked.values(actor=ERASED))


async def _is_of_others(db: Reading, chat: int, covered: Sequence[int], covered_cases: Sequence[str]) -> bool:
    """Whether the chat holds anything of a person who did not show a pair."""
    tokens = await invitations.tokens_of(db, covered=covered)
    theirs = [
        _any(follows, chat, follows.c.application_id.not_in(covered)),
        _any(looked_up, chat, looked_up.c.application_id.not_in(covered)),
        _any(bookings, chat, _is_of_another(bookings.c.applicant_id, covered)),
        _any(waiting, chat, waiting.c.state == "waiting", _is_of_another(waiting.c.applicant_id, covered)),
        _any(cases, chat, cases.c.number.not_in(covered_cases)),
        _any(invited_chats, chat, invited_chats.c.token_index.not_in(tokens)),
    ]
    return bool(await db.scalar(select(or_(*theirs))))


def _any(table: Any, chat: int, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.c.chat_id == chat, *conditions)


def _people(covered: Sequence[int]) -> Select[Any]:
    return select(applications.c.applicant_id).where(applications.c.id.in_(covered))


def _is_of_another(applicant: ColumnElement[Any], covered: Sequence[int]) -> ColumnElement[bool]:
    return or_(applicant.is_(None), applicant.not_in(_people(covered)))


async def _forget_bookings(db: Writing, chat: int, covered: Sequence[int]) -> None:
    """Detach appointments from the chat; they stay valid under their ticket codes."""
    mine = (bookings.c.chat_id == chat, bookings.c.applicant_id.in_(_people(covered)))
    found = [row.id for row in await db.rows(select(bookings.c.id).where(*mine))]
    for booking in found:
        about = or_(errands.c.argument == f"{booking}", errands.c.argument.like(f"{booking}:%"))
        await db.run(
            delete(errands).where(
                errands.c.chat_id == chat,
                about,
                errands.c.conversation.in_(("reminder", "rebook", "missed", "birthday")),
            )
        )
    done = update(booking_history).where(
        booking_history.c.booking_id.in_(found), booking_history.c.by == audit.by_chat(chat)
    )
    await db.run(done.values(by=ERASED))
    held = update(seats).where(seats.c.chat_id == chat, seats.c.applicant_id.in_(_people(covered)))
    await db.run(held.values(chat_id=None))
    await db.run(update(bookings).where(bookings.c.id.in_(found)).values(chat_id=None))


async def _forget_lines(db: Writing, chat: int, covered: Sequence[int]) -> None:
    """Leave waiting lists: the chat cannot be told of an offer."""
    mine = (waiting.c.chat_id == chat, waiting.c.applicant_id.in_(_people(covered)))
    offered = select(offers.c.id).join(waiting, waiting.c.id == offers.c.waiting_id).where(*mine)
    arguments = [str(row.id) for row in await db.rows(offered)]
    await _forget_errands(db, chat, "offer", arguments)
    left = update(waiting).where(*mine, waiting.c.state == "waiting")
    await db.run(left.values(state="left"))
    await db.run(update(waiting).where(*mine).values(chat_id=None))


async def _forget_announcements(db: Writing, chat: int, covered: Sequence[int]) -> None:
    """Detach the chat from announcements that named only these applications."""
    part = announcement_parts.c.recipient_id == announcement_recipients.c.id
    alone = (
        announcement_recipients.c.chat_id == chat,
        exists().where(part, announcement_parts.c.application_id.in_(covered)),
        not_(exists().where(part, announcement_parts.c.application_id.not_in(covered))),
    )
    waits_here = select(announcement_recipients.c.outbox_id).where(*alone)
    unsaid = update(outbox).where(waits(outbox), outbox.c.id.in_(waits_here))
    await db.run(unsaid.values(state="failed", reason=ERASED, body=None))
    await db.run(update(announcement_recipients).where(*alone).values(chat_id=None))


async def _forget_cases(db: Writing, chat: int, numbers: Sequence[str]) -> None:
    mine = (cases.c.chat_id == chat, cases.c.number.in_(numbers))
    ids = [row.id for row in await db.rows(select(cases.c.id).where(*mine))]
    await db.run(update(case_history).where(case_history.c.case_id.in_(ids)).values(word=None))
    await db.run(update(cases).where(cases.c.id.in_(ids)).values(word=None, chat_id=None))
    for number in numbers:
        told = (errands.c.conversation == "case", errands.c.argument.like(f"{number}:%"))
        await db.run(delete(errands).where(errands.c.chat_id == chat, *told))


async def _forget_sitting(db: Writing, chat: int) -> None:
    """Erase what was said in this sitting: messages, photos, and lines of a handover."""
    since = await db.scalar(select(chats.c.sat_at).where(chats.c.id == chat)) or db.now
    said = (outbox.c.chat_id == chat, outbox.c.created_at >= since)
    await db.run(update(outbox).where(*said, waits(outbox)).values(state="failed", reason=ERASED))
    await db.run(update(outbox).where(*said, outbox.c.state != "sending").values(body=None))
    await db.run(delete(media).where(media.c.chat_id == chat))
    await endings.leave(db, chat=chat)
    lines = (handover_lines.c.chat_id == chat, handover_lines.c.at >= since)
    await db.run(delete(handover_lines).where(*lines))


async def _rating_arguments(db: Reading, covered: Sequence[int]) -> list[str]:
    tokens = [token.hex() for token in await invitations.tokens_of(db, covered=covered)]
    return [argument for token in tokens for argument in (token, f"{token}:{invitations.SECOND}")]


async def _forget_errands(db: Writing, chat: int, conversation: str, arguments: Sequence[str]) -> None:
    meant = (errands.c.conversation == conversation, errands.c.argument.in_(arguments))
    await db.run(delete(errands).where(errands.c.chat_id == chat, *meant))
