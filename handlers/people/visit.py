"""A visit at home for people who cannot come: a case that staff answer."""

from collections.abc import Sequence

from domain.ratings.complaint import points_named
from handlers.engine.chat import Asker, Chat
from handlers.engine.registry import conversation
from handlers.shared.calendar import CalendarSource, calendar_source, days_to_answer
from handlers.shared.last_look import WORD_AT_MOST, asked_meanwhile, looked_at, without_spaces, written
from handlers.shared.quotas import ensure_quota, keep_to_quota
from storage.ratings import cases
from storage.ratings.cases import Opened
from storage.session import Writing


@conversation("visit", corrects=asked_meanwhile, longest=WORD_AT_MOST)
async def ask_for_visit(chat: Chat) -> None:
    """Take the request with its village, and open a case; the argument is the sentence that asked for it."""
    await chat.learn("visit-quota", ensure_quota, what="complaint", chat=chat.id, askers=chat.askers)
    await chat.say("visit-text")
    village = await written(chat, "visit", without_spaces)
    word = await looked_at(chat, "\n".join(filter(None, (chat.argument, village)))[:WORD_AT_MOST], "visit")
    if word is None:
        return
    opened = await chat.once(
        "visit-open", open_visit, chat=chat.id, word=word, source=calendar_source(chat), askers=chat.askers
    )
    chat.prove_case(opened.number)
    await chat.say("visit-opened", number=opened.number, due=opened.due_on)
    if chat.caps.shared_device:
        await chat.say("case-keep-number", number=opened.number)


async def open_visit(
    db: Writing, *, chat: int, word: str, source: CalendarSource, askers: Sequence[Asker]
) -> Opened:
    """Open a case for a visit; its points are those named in the text.

    Raises:
        TooManyRequests: too many requests to staff from this chat or address.
    """
    office = source.office
    await keep_to_quota(db, what="complaint", chat=chat, askers=askers)
    return await cases.open_case(
        db,
        kind="complaint",
        word=word,
        chat=chat,
        on=office.today(db.now),
        due_days=await days_to_answer(db, source=source, after=office.today(db.now)),
        points=points_named(word, office.points),
    )
