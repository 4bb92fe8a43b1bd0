"""Corrections of stored data: a case that is answered within three days (UU 27/2022)."""

from collections.abc import Sequence
from datetime import date

from handlers.engine.chat import Asker, Chat
from handlers.engine.registry import conversation
from handlers.shared.last_look import WORD_AT_MOST, asked_meanwhile, looked_at, without_spaces, written
from handlers.shared.quotas import ensure_quota, keep_to_quota
from storage.ratings import cases
from storage.ratings.cases import Opened
from storage.session import Writing

DUE_DAYS = 3  # 3 × 24 hours


@conversation(
    "correct",
    command="perbaikan",
    words="correct-words",
    examples="correct-examples",
    corrects=asked_meanwhile,
    longest=WORD_AT_MOST,
)
async def ask_for_correction(chat: Chat) -> None:
    """Open a case for wrong data, with its due day."""
    await chat.learn("quota", ensure_quota, what="correction", chat=chat.id, askers=chat.askers)
    typed = await written(chat, "correct", without_spaces, DUE_DAYS)
    word = await looked_at(chat, typed, "correct", DUE_DAYS)
    if word is None:
        return
    today = chat.office.today(chat.now)
    opened = await chat.once("open", open_case, word=word, chat=chat.id, on=today, askers=chat.askers)
    chat.prove_case(opened.number)
    await chat.say("correct-opened", number=opened.number, until=opened.due_on)
    if chat.caps.shared_device:
        await chat.say("case-keep-number", number=opened.number)


async def open_case(db: Writing, *, word: str, chat: int, on: date, askers: Sequence[Asker]) -> Opened:
    """Open a case for a correction.

    Raises:
        TooManyRequests: too many requests to staff from this chat or address.
    """
    await keep_to_quota(db, what="correction", chat=chat, askers=askers)
    return await cases.open_case(db, kind="correction", word=word, chat=chat, on=on, due_days=DUE_DAYS)
