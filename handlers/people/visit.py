"""A visit at home for people who cannot come: a case that staff answer, and its resident may withdraw."""

from collections.abc import Sequence

from domain.appointments.booking import BookingState
from domain.ratings.complaint import points_named
from domain.text.errands import withdraws_visit
from handlers.engine.chat import Asker, Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.calendar import CalendarSource, calendar_source, days_to_answer
from handlers.shared.last_look import (
    DROP,
    WORD_AT_MOST,
    asked_meanwhile,
    looked_at,
    shown,
    without_spaces,
    written,
)
from handlers.shared.quotas import ensure_quota, keep_to_quota
from storage.appointments import bookings
from storage.people.sittings import Covered
from storage.ratings import case_files, cases
from storage.ratings.case_files import Visit
from storage.ratings.cases import Opened
from storage.session import Reading, Writing


def dropped_or_asked(question: str, text: str) -> str | None:
    """The answer [Batal] for words that take the request back before it is sent, else as `asked_meanwhile`."""
    if question == "look-ask" and withdraws_visit(text):
        return DROP
    return asked_meanwhile(question, text)


@conversation("visit", corrects=dropped_or_asked, longest=WORD_AT_MOST)
async def ask_for_visit(chat: Chat) -> None:
    """Take the request with its village, and open a case; the argument is the sentence that asked for it."""
    await chat.learn("visit-quota", ensure_quota, what="complaint", chat=chat.id, askers=chat.askers)
    await chat.say("visit-text")
    village = await written(chat, "visit", without_spaces)
    if withdraws_visit(village):
        await chat.say("look-dropped")
        return
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
        of_visit=True,
    )


@conversation("visit-withdrawal")
async def withdraw_visit(chat: Chat) -> None:
    """Withdraw a visit that this chat asked for, also one that was answered, after confirmation."""
    own = await chat.learn("visit-own", case_files.visits_of, chat=chat.id, only=chat.covered_cases)
    standing = [one for one in own if one.state != "closed"]
    if not standing:
        await _tell_none(chat, own)
        return
    for one in standing:
        await chat.say("visit-one", number=one.number, word=shown(one.word))
    number = standing[0].number if len(standing) == 1 else await _ask_which(chat, standing)
    keep = [Choice("yes", "visit-cancel-yes"), Choice("no", "visit-cancel-no")]
    if await chat.choose("visit-cancel-sure", keep, number=number) == "no":
        await chat.say("visit-kept", number=number)
    elif await chat.once("visit-withdraw", cases.withdraw, number=number, chat=chat.id):
        chat.settles = cases.CONVERSATION, f"{number}:"  # an answer is asked about no more
        await chat.say("visit-cancelled", number=number)
    else:
        await chat.say("visit-over", number=number, withdrawn=False)


async def _ask_which(chat: Chat, standing: Sequence[Visit]) -> str:
    chosen: str = await chat.choose(
        "visit-which", [Choice(one.number, "visit-choice", number=one.number) for one in standing]
    )
    return chosen


async def _tell_none(chat: Chat, over: Sequence[Visit]) -> None:
    """Tell that no visit stands; without any in this chat, an appointment may be meant."""
    if over:
        await chat.say("visit-over", number=over[0].number, withdrawn=over[0].withdrawn)
        return
    await chat.say("visit-none")
    if await chat.learn("visit-bookings", has_booking, chat=chat.id, covered=chat.covered):
        await chat.open("appointment", "cancel")


async def has_booking(db: Reading, *, chat: int, covered: Covered) -> bool:
    """Whether the chat has an appointment that stands."""
    own = await bookings.bookings_of_chat(db, chat=chat, covered=covered)
    return any(one.state is BookingState.BOOKED for one in own)
