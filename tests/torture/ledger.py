"""What the store and the residents' phones hold at the end: every message one effect, every reply at least once."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from bot.setup.processes import may_live
from bot.telegram.caps import TELEGRAM
from bot.telegram.render import render
from domain import codec
from handlers.engine.screen import Screen
from storage.post.outbox import REPLY
from storage.schema import chats, heard, outbox
from storage.session import Reading
from storage.store import Store
from storage.vault import Vault
from tests.emulators.telegram import Bubble, Telegram
from tests.emulators.telegram.html import read_html

LOOK_SECONDS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One planned answer; `words` is what its last bubble shows, `owner` the process that is sending it."""

    row: int
    state: str
    reason: str | None
    owner: str | None
    words: str


CutOff = tuple[int, Reply]
"""A Telegram chat, and an answer that a process was sending to it when it was killed."""


@dataclass(slots=True)
class Ledger:
    """`claims` counts the messages that were heard; `replies` are the planned answers by Telegram chat id."""

    claims: int = 0
    replies: dict[int, list[Reply]] = field(default_factory=lambda: defaultdict(list))

    @property
    def open(self) -> int:
        """Answers that are not out yet."""
        return self.count("waiting", "sending")

    def count(self, *states: str) -> int:
        """How many answers are in one of these states."""
        return sum(one.state in states for replies in self.replies.values() for one in replies)

    def cut_off(self) -> set[CutOff]:
        """The answers that processes were sending when they were killed, and that nobody has taken over."""
        return {
            (chat, one)
            for chat, replies in self.replies.items()
            for one in replies
            if one.owner is not None and not may_live(one.owner)
        }


async def read_ledger(*, database_url: str, key: str) -> Ledger:
    """Read the store as it is now, beside the processes that use it."""
    store = await Store.open(database_url, vault=Vault.from_base64(key), clock=lambda: datetime.now(UTC))  # noqa: TID251 (read only)
    try:
        return await store.read(_read)
    finally:
        await store.close()


async def settled_ledger(*, database_url: str, key: str, telegram: Telegram, within: float = 30.0) -> Ledger:
    """Wait until every message is confirmed and every answer has left, then read the store.

    Raises:
        AssertionError: they have not in time.
    """
    await telegram.all_confirmed(within=within)
    until = asyncio.get_running_loop().time() + within
    while (ledger := await read_ledger(database_url=database_url, key=key)).open:
        late = asyncio.get_running_loop().time() > until
        assert not late, f"{ledger.open} answers have not left after {within} s; {telegram.journal.tail()}"
        await _something_happens(telegram)
    return ledger


def assert_every_message_had_one_effect(ledger: Ledger, telegram: Telegram) -> None:
    """Each update is claimed once and planned one answer, however often it was delivered and whatever was killed."""
    said = _said_by_chat(telegram)
    planned = {chat: len(replies) for chat, replies in ledger.replies.items()}
    assert planned == dict(said), f"answers planned per chat {planned}, messages said {dict(said)}"
    assert ledger.claims == said.total(), f"{ledger.claims} messages were claimed of {said.total()}"


def assert_every_reply_arrived(ledger: Ledger, telegram: Telegram, *, cut_off: set[CutOff]) -> None:
    """Each planned answer was sent and seen, and once more at most for each time that it was cut off by a kill."""
    repeated: Counter[tuple[int, str]] = Counter()
    for chat, known in telegram.world.chats.items():
        replies = ledger.replies.get(chat, [])
        lost = [one for one in replies if one.state != "sent"]
        assert not lost, f"answers in chat {chat} that did not leave: {lost}"
        seen, planned = _seen(known.bubbles), Counter(one.words for one in replies)
        missing = planned - seen
        assert not missing, f"answers that nobody saw in chat {chat}: {missing}"
        repeated.update({(chat, words): count for words, count in (seen - planned).items()})
    unexplained = repeated - Counter((chat, one.words) for chat, one in cut_off)
    assert not unexplained, f"answers seen again that no kill had cut off: {unexplained}"


async def _read(db: Reading) -> Ledger:
    ledger = Ledger(claims=await db.scalar(select(func.count()).select_from(heard)))
    columns = (outbox.c.id, outbox.c.chat_id, outbox.c.state, outbox.c.reason, outbox.c.owner, outbox.c.body)
    replies = (
        select(*columns, chats.c.address)
        .join(chats, chats.c.id == outbox.c.chat_id)
        .where(outbox.c.priority == REPLY)
    )
    for row in await db.rows(replies.order_by(outbox.c.id)):
        channel, _, address = db.vault.open(row.address, at=f"chats.address:{row.chat_id}").split("\x1f")
        if channel == "telegram":
            planned = Reply(
                row=row.id, state=row.state, reason=row.reason, owner=row.owner, words=_words(db, row)
            )
            ledger.replies[int(address)].append(planned)
    return ledger


def _words(db: Reading, row: Any) -> str:
    if row.body is None:
        return ""
    screen = codec.load(Screen, json.loads(db.vault.open(row.body, at=f"outbox.body:{row.id}")))
    return read_html(str(render(screen, TELEGRAM)[-1].params["text"]))[0].strip()


def _said_by_chat(telegram: Telegram) -> Counter[int]:
    updates = {one.id: one.update for one in telegram.queue.all}
    return Counter(_chat_of(update) for update in updates.values())


def _chat_of(update: dict[str, Any]) -> int:
    kind = next(name for name in update if name != "update_id")
    about = update[kind]
    return int((about.get("message") or about)["chat"]["id"])


def _seen(bubbles: Iterable[Bubble]) -> Counter[str]:
    return Counter(one.text for one in bubbles if one.kind != "deletion")


async def _something_happens(telegram: Telegram) -> None:
    """Wait for the bot's next call, or look again a little later."""
    calls = len(telegram.journal.all)
    try:
        await telegram.world.bell.until(
            lambda: len(telegram.journal.all) > calls, within=LOOK_SECONDS, missing=lambda: ""
        )
    except AssertionError:
        return
