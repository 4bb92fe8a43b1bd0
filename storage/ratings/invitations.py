"""Invitations to rate a service: one per service event, answered once.

open → started → counted (nine answers stored) → spent

`invited_chats` and errands link an event to people; both are deleted when the invitation is spent. What stays
is a keyed hash that marks the event as asked about; nothing shows who answered what.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, union, update

from domain.office.rules import Rating
from storage.people import consents
from storage.people.sittings import Covered, whose_are
from storage.post import errands
from storage.schema import applications, bookings, chats, follows, invitations, invited_chats, looked_up
from storage.schema import errands as errand_rows
from storage.session import Reading, Writing

CONVERSATION = "rating"
SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation as a chat sees it: token, state, and what was served where."""

    token: str
    state: str
    point: str
    service: str

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state in ("open", "started")


async def invite_for_pickup(
    db: Writing, *, application: int, rules: Rating, seconds_ago: float = 0.0, at_point: str | None = None
) -> bool:
    """Invite every chat that looked up or follows this application after its handover; once per application.

    `at_point` is where it was handed over, if the register does not say.
    """
    row = await db.one(
        select(applications.c.point, applications.c.service).where(applications.c.id == application)
    )
    concerned = union(
        select(looked_up.c.chat_id).where(looked_up.c.application_id == application),
        select(follows.c.chat_id).where(follows.c.application_id == application),
    )
    asked = [found[0] for found in await db.rows(concerned)]
    if row is None:
        return False
    event = f"pickup:{application}"
    return await invite(
        db,
        event=event,
        chats_=asked,
        point=row.point or at_point or "",
        service=row.service,
        rules=rules,
        seconds_ago=seconds_ago,
    )


async def invite(
    db: Writing,
    *,
    event: str,
    chats_: Sequence[int],
    point: str,
    service: str,
    rules: Rating,
    seconds_ago: float = 0.0,
) -> bool:
    """Invite chats to rate one service event; return whether anybody is asked.

    They were served `seconds_ago`. An event is asked about once, even if marked again. Chats that stopped our
    messages or declined are left out.
    """
    willing = await _willing(db, chats_)
    if not willing:
        return False
    tokens = db.vault.indexes(event, of="rating-event")
    if await db.one(select(invitations.c.state).where(invitations.c.token_index.in_(tokens))):
        return False
    token = tokens[-1]
    due_at = db.now + timedelta(seconds=max(rules.invite_after_seconds - seconds_ago, 0))
    until = due_at + timedelta(days=rules.valid_days)
    row = {"token_index": token, "state": "open", "point": point, "service": service, "until": until}
    if not await db.run(db.insert(invitations).on_conflict_do_nothing(), row):
        return False
    await db.run(
        invited_chats.insert(),
        [{"token_index": token, "chat_id": chat, "started": False} for chat in willing],
    )
    pushes = {token.hex(): due_at}
    if rules.remind_after_days:
        pushes[f"{token.hex()}:{SECOND}"] = due_at + timedelta(days=rules.remind_after_days)
    for chat in willing:
        for argument, moment in pushes.items():
            await errands.plan(
                db, chat=chat, conversation=CONVERSATION, argument=argument, due_at=moment, until=until
            )
    return True


async def uninvite(db: Writing, event: str) -> bool:
    """Withdraw an invitation that nobody was told of; False: somebody was."""
    tokens = db.vault.indexes(event, of="rating-event")
    known = select(invitations.c.token_index, invitations.c.state)
    found = await db.one(known.where(invitations.c.token_index.in_(tokens)).with_for_update())
    if found is None:
        return True
    key: bytes = found.token_index
    arguments = (key.hex(), f"{key.hex()}:{SECOND}")
    told = select(errand_rows.c.id).where(
        errand_rows.c.conversation == CONVERSATION,
        errand_rows.c.argument.in_(arguments),
        errand_rows.c.outcome.is_not(None),
    )
    if found.state != "open" or await db.one(told.limit(1)):
        return False
    for argument in arguments:
        await errands.withdraw(db, conversation=CONVERSATION, argument=argument)
    await db.run(delete(invited_chats).where(invited_chats.c.token_index == key))
    await db.run(delete(invitations).where(invitations.c.token_index == key))
    return True


async def find(db: Reading, *, chat: int, token: str = "", covered: Covered = None) -> Invitation | None:
    """Invitation of a token (from a push), or the newest that this chat can answer; only covered ones."""
    query = select(invitations)
    if token:
        query = query.where(invitations.c.token_index == bytes.fromhex(token))
    else:
        mine = and_(invited_chats.c.token_index == invitations.c.token_index, invited_chats.c.chat_id == chat)
        query = query.join(invited_chats, mine).order_by(invitations.c.until.desc())
    if covered is not None:
        query = query.where(invitations.c.token_index.in_(await tokens_of(db, covered=covered)))
    row = await db.one(query.limit(1))
    if row is None:
        return None
    return Invitation(
        token=row.token_index.hex(), state=row.state, point=row.point or "", service=row.service or ""
    )


async def tokens_of(db: Reading, *, covered: Sequence[int]) -> list[bytes]:
    """Possible tokens of these applications' events; a token alone does not reveal its owner."""
    booked = whose_are(select(bookings.c.id), bookings.c.applicant_id, covered)
    events = [f"pickup:{one}" for one in covered]
    events += [f"booking:{row.id}" for row in await db.rows(booked)]
    return [index for event in events for index in db.vault.indexes(event, of="rating-event")]


async def is_asked(db: Reading, *, chat: int, except_token: str) -> bool:
    """Whether the chat was asked about another event than this and can still answer."""
    mine = and_(invited_chats.c.token_index == invitations.c.token_index, invited_chats.c.chat_id == chat)
    living = select(invitations.c.token_index).join(invited_chats, mine)
    rows = await db.rows(living.where(invitations.c.state.in_(["open", "started"])))
    tokens = {row.token_index.hex() for row in rows} - {except_token}
    arguments = [argument for token in tokens for argument in (token, f"{token}:{SECOND}")]
    return await errands.was_begun(db, chat=chat, conversation=CONVERSATION, arguments=arguments)


async def start(db: Writing, *, chat: int, token: str, channel: str) -> bool:
    """Record that a chat began to answer, which is its consent; False: the event was rated already.

    It can be finished while its conversation lives. No second request follows after a start.
    """
    key = bytes.fromhex(token)
    begun = update(invitations).where(
        invitations.c.token_index == key, invitations.c.state.in_(["open", "started"])
    )
    if not await db.run(begun.values(state="started", until=None)):
        return False
    mine = and_(invited_chats.c.token_index == key, invited_chats.c.chat_id == chat)
    await db.run(update(invited_chats).where(mine).values(started=True))
    await errands.withdraw(db, conversation=CONVERSATION, argument=f"{token}:{SECOND}")
    await errands.withdraw(db, conversation=CONVERSATION, argument=token, chat=chat)
    await consents.give(db, chat=chat, kind=consents.RATINGS, channel=channel)
    return True


async def count(db: Writing, *, token: str) -> bool:
    """Mark this event as counted; False: another answer set of it was counted before."""
    mine = and_(invitations.c.token_index == bytes.fromhex(token), invitations.c.state == "started")
    return bool(await db.run(update(invitations).where(mine).values(state="counted")))


async def is_answering(db: Reading, *, chat: int, token: str) -> bool:
    """Whether a chat has begun to answer and no nine answers are stored yet."""
    mine = and_(invited_chats.c.token_index == invitations.c.token_index, invited_chats.c.chat_id == chat)
    state = (
        select(invitations.c.state)
        .join(invited_chats, mine)
        .where(invitations.c.token_index == bytes.fromhex(token), invited_chats.c.started)
    )
    return bool(await db.scalar(state) == "started")


async def leave(db: Writing, *, token: str, chat: int) -> None:
    """Remove every link between a chat and the event; without anybody else answering, spend the invitation."""
    key = bytes.fromhex(token)
    lock = select(invitations.c.state).where(invitations.c.token_index == key).with_for_update()
    state = await db.scalar(lock)
    mine = and_(invited_chats.c.token_index == key, invited_chats.c.chat_id == chat)
    await db.run(delete(invited_chats).where(mine))
    for argument in (token, f"{token}:{SECOND}"):
        await errands.forget(db, conversation=CONVERSATION, argument=argument, begun_by=chat)
    answering = select(invited_chats.c.chat_id).where(
        invited_chats.c.token_index == key, invited_chats.c.started
    )
    if state not in (None, "spent") and await db.one(answering.limit(1)) is None:
        await _spend(db, key)


async def _spend(db: Writing, key: bytes) -> None:
    """Empty the invitation except for the mark that this event was asked about."""
    empty = {"state": "spent", "point": None, "service": None, "until": None}
    await db.run(update(invitations).where(invitations.c.token_index == key).values(**empty))
    await db.run(delete(invited_chats).where(invited_chats.c.token_index == key))


async def decline(db: Writing, *, chat: int, channel: str) -> None:
    """Never ask this chat again; delete its open invitations."""
    await consents.withdraw(db, chat=chat, kind=consents.RATINGS, channel=channel)
    await db.run(delete(invited_chats).where(invited_chats.c.chat_id == chat, ~invited_chats.c.started))
    await errands.withdraw_all(db, conversation=CONVERSATION, chat=chat)


async def spend_late(db: Writing, *, limit: int) -> int:
    """Spend invitations that nobody began to answer in time; return their number."""
    late = select(invitations.c.token_index).where(
        invitations.c.state == "open", invitations.c.until <= db.now
    )
    rows = await db.rows(late.order_by(invitations.c.until).limit(limit).with_for_update(skip_locked=True))
    for row in rows:
        await leave(db, token=row.token_index.hex(), chat=0)
    return len(rows)


async def _willing(db: Reading, asked: Sequence[int]) -> list[int]:
    """Chats that accept our messages and never declined to rate."""
    if not asked:
        return []
    reached = select(chats.c.id).where(chats.c.id.in_(asked), chats.c.stopped_at.is_(None))
    found = [row[0] for row in await db.rows(reached.order_by(chats.c.id))]
    return [chat for chat in found if not await consents.refused(db, chat=chat, kind=consents.RATINGS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abandoned:
    """An invitation whose chat began to answer and whose dialogue has expired."""

    token: str
    chat: int
    dialogue: dict[str, Any] | None = field(repr=False)


async def abandoned(db: Writing, *, limit: int) -> list[Abandoned]:
    """Begun invitations whose dialogue is over or gone; the chats stay locked until the commit."""
    over = or_(chats.c.dialogue_until.is_(None), chats.c.dialogue_until <= db.now)
    begun = (
        select(invited_chats.c.token_index, chats.c.id, chats.c.dialogue)
        .join(chats, chats.c.id == invited_chats.c.chat_id)
        .where(invited_chats.c.started, over)
        .limit(limit)
        .with_for_update(of=chats, skip_locked=True)
    )
    rows = await db.rows(begun)
    return [
        Abandoned(
            token=row.token_index.hex(),
            chat=row.id,
            dialogue=row.dialogue and db.vault.open_json(row.dialogue, at=f"chats.dialogue:{row.id}"),
        )
        for row in rows
    ]


async def forget_dialogue(db: Writing, *, chat: int) -> None:
    """Delete an expired dialogue."""
    await db.run(update(chats).where(chats.c.id == chat).values(dialogue=None, dialogue_until=None))
