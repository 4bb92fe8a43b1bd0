"""Complaints, and the office's answers to cases with the question whether they helped."""

import hmac
from collections.abc import Sequence
from datetime import timedelta

from domain.office.office import Office
from domain.people.budget import Budget
from domain.ratings.complaint import Kind, kind_of, points_named
from domain.refusals import TooShort
from handlers.engine.chat import Asker, Chat, Choice, Said
from handlers.engine.registry import conversation
from handlers.shared.calendar import CalendarSource, calendar_source, days_to_answer
from handlers.shared.last_look import WORD_AT_MOST, asked_meanwhile, looked_at, written
from handlers.shared.look_up import keep_to_budget
from handlers.shared.quotas import ensure_quota, keep_to_quota
from storage.cards.chat_applications import matter_of
from storage.people import budgets
from storage.ratings import case_files, cases
from storage.ratings.case_news import CONVERSATION, news_of
from storage.ratings.cases import Opened
from storage.session import Reading, Writing

ASK = "complaint-ask"
_WORD_AT_LEAST = 5


@conversation(
    "complaint",
    command="pengaduan",
    words="complaint-words",
    examples="complaint-examples",
    hears=ASK,
    corrects=asked_meanwhile,
    longest=WORD_AT_MOST,
)
async def complain(chat: Chat) -> None:
    """Take a complaint in the resident's own words, or those that opened it, and open a case."""
    await chat.learn("complaint-quota", ensure_quota, what="complaint", chat=chat.id, askers=chat.askers)
    word = await looked_at(chat, await written(chat, "complaint", complaint), "complaint")
    if word is None:
        return
    opened = await chat.once(
        "complaint-open",
        open_complaint,
        chat=chat.id,
        word=word,
        source=calendar_source(chat),
        askers=chat.askers,
    )
    chat.prove_case(opened.number)
    await chat.say("case-opened", number=opened.number, due=opened.due_on)
    await chat.say("case-promise")
    if chat.caps.shared_device:
        await chat.say("case-keep-number", number=opened.number)


@conversation("case", asks_pair=True, longest=WORD_AT_MOST)
async def hear_answer(chat: Chat) -> None:
    """Tell the office's answer.

    If it did not help, the case is reopened and escalated, and the resident may say why.
    """
    number, _, line = chat.argument.partition(":")
    word = await chat.learn("case-reply", case_files.reply_for, chat=chat.id, number=number, line=int(line))
    if word is None or not await _is_theirs(chat, number):
        return
    if word:
        chat.approved("case_answered", number, word)
        await chat.say("case-answered", number=number, word=word)
    else:
        chat.approved("case_answered", number, Said("case-ended-word"))
        await chat.say("case-ended", number=number)
    chosen = await chat.choose(
        "case-helped",
        [Choice("done", "case-done"), Choice("not-yet", "case-not-yet", hint="case-not-yet-hint")],
    )
    if chosen == "done":
        await chat.once("case-close", cases.close, number=number, by="resident")
        await chat.say("case-closed", number=number)
        return
    today = chat.office.today(chat.now)
    await chat.once("case-reopen", cases.reopen, number=number, chat=chat.id, on=today)
    await chat.say("case-reopened", number=number)
    more = await chat.ask("case-more", _more, choices=_skip)
    if more:
        of_a_fee = hint_of(more, chat.office) == "fee"
        await chat.once(
            "case-tell-more",
            cases.tell_more,
            number=number,
            chat=chat.id,
            word=more,
            of_a_fee=of_a_fee,
            named=points_named(more, chat.office.points),
        )
        await chat.say("case-noted", number=number)


async def _is_theirs(chat: Chat, number: str) -> bool:
    """At a shared device: whether the person opened this case there or gives its number, which is asked for.

    Only the number links a complaint to its author, so a wrong number counts like a wrong pair.
    """
    if chat.covered_cases is None or await chat.learn("case-theirs", _is_among, number, chat.covered_cases):
        return True
    chat.veil()
    typed = await chat.ask("case-ask-number", _upper)
    budget = chat.office.status.budget(full_nik=chat.caps.full_nik)
    is_right = await chat.once(
        "case-number", try_number, typed, number, chat=chat.id, askers=chat.askers, budget=budget
    )
    chat.unveil()
    if not is_right:
        await chat.say("case-number-wrong")
        return False
    chat.prove_case(number)
    return True


async def try_number(
    db: Writing, typed: str, number: str, *, chat: int, askers: Sequence[Asker], budget: Budget
) -> bool:
    """Compare the typed text with a case number, within the asker's budget of wrong pairs.

    Raises:
        TooManyTries: the budget of one of the askers is used up.
    """
    await keep_to_budget(db, chat=chat, askers=askers, budget=budget)
    if hmac.compare_digest(typed.encode(), number.encode()):
        return True
    about = db.vault.index(number, of="tries.number")
    await budgets.record_wrong(db, askers=[asker.key for asker in askers], about=about)
    return False


async def _is_among(_db: Reading, number: str, known: Sequence[str]) -> bool:
    return number in known


def _upper(text: str) -> str:
    return text.strip().upper()


def _more(text: str) -> str:
    return text.strip()[:WORD_AT_MOST]


async def _skip() -> list[Choice]:
    return [Choice("", "rating-skip")]


def complaint(text: str) -> str:
    """Read a complaint as written.

    Raises:
        TooShort: it has no content yet.
    """
    word = text.strip()
    if len(word) < _WORD_AT_LEAST:
        raise TooShort
    return word[:WORD_AT_MOST]


async def open_complaint(
    db: Writing, *, chat: int, word: str, source: CalendarSource, askers: Sequence[Asker]
) -> Opened:
    """Open a case for a complaint; a hint of a fee makes it a `fee` case.

    It is about the points, services and kecamatan that this chat dealt with, and the points named in the text.

    Raises:
        TooManyRequests: too many requests to staff from this chat or address.
    """
    office = source.office
    await keep_to_quota(db, what="complaint", chat=chat, askers=askers)
    since = db.now - timedelta(days=office.retention.lookups_days)
    matter = await matter_of(db, chat=chat, since=since, booked_since=since)
    return await cases.open_case(
        db,
        kind="fee" if hint_of(word, office) == "fee" else "complaint",
        word=word,
        chat=chat,
        on=office.today(db.now),
        due_days=await days_to_answer(db, source=source, after=office.today(db.now)),
        points=tuple(dict.fromkeys((*matter.points, *points_named(word, office.points)))),
        services=matter.services,
        districts=matter.districts,
    )


def hint_of(word: str, office: Office) -> Kind | None:
    """Kind of case that a complaint hints at."""
    return kind_of(word, fee_words=office.cases.fee_words, complaint_words=office.cases.complaint_words)


@conversation(CONVERSATION)
async def tell_of_case(chat: Chat) -> None:
    """Tell of a new or escalated case; silent in former staff chats and for closed cases."""
    what, _, rest = chat.argument.partition(":")
    number = rest.partition(":")[0]
    if chat.staff is None or not chat.pushed:
        return
    news = await chat.once(
        "case-news", news_of, number=number, member=chat.staff, chat=chat.id, argument=chat.argument
    )
    if news is not None:
        await chat.say(f"case-news-{what}", number=number, kind=news.kind, due=news.due_on)
