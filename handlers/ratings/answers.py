"""Answers of a rating: counted at the ninth, kept as partial if stopped, never linked to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain import codec
from domain.office.office import Office
from domain.ratings.complaint import kind_of, points_named
from domain.ratings.index import ELEMENTS, Element
from domain.ratings.period import monday_of
from domain.ratings.survey import Profile, band_of
from domain.refusals import AlreadyRated
from handlers.engine.dialogue import Dialogue, Transcript
from handlers.engine.scene import Holidays, Said
from handlers.shared.calendar import CalendarSource, days_to_answer
from storage.ratings import answers, cases, invitations
from storage.ratings.cases import Kind, Opened
from storage.ratings.invitations import CONVERSATION, Invitation
from storage.session import Reading, Writing

SKIP = "skip"
# The steps of the conversation that its end looks at (handlers/ratings/rating.py).
FIND, START, COUNT, FINISH = "rating-find", "rating-start", "rating-count", "rating-finish"
_FREE = 4  # "gratis": every service of the office is free
_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A counted answer set: its key, and the case opened by its scores; `point` is what it is about."""

    token: str
    key: str
    case: Opened | None
    point: str = ""


async def count(
    db: Writing, *, chat: int, invitation: Invitation, scores: Mapping[str, int], source: CalendarSource
) -> Counted:
    """Store nine answers and count them, once per invitation; open a case if the scores require it.

    Raises:
        AlreadyRated: the event was rated from another chat in the meantime.
    """
    if not await invitations.count(db, token=invitation.token):
        raise AlreadyRated
    given = {Element(element): score for element, score in scores.items()}
    key = await _keep(db, invitation, given, source.office)
    cause = cause_of(given)
    case = await _open_case(db, cause, "", chat, source, invitation.point) if cause else None
    return Counted(token=invitation.token, key=str(key), case=case, point=invitation.point)


async def finish(
    db: Writing, *, chat: int, counted: Counted, profile: Profile, word: str, source: CalendarSource
) -> Opened | None:
    """Store profile and free text and spend the invitation; the text joins the case, or opens one if it complains.

    Returns the case opened by the text.
    """
    office = source.office
    await answers.add_profile(db, key=int(counted.key), profile=profile)
    await invitations.leave(db, token=counted.token, chat=chat)
    if not word:
        return None
    await answers.store_word(db, word=word, on=_today(db, office))
    hint = kind_of(word, fee_words=office.cases.fee_words, complaint_words=office.cases.complaint_words)
    if counted.case is not None:
        named = points_named(word, office.points)
        await cases.add_word(db, number=counted.case.number, word=word, of_a_fee=hint == "fee", named=named)
        return None
    return await _open_case(db, hint, word, chat, source, counted.point) if hint else None


def asked(element: Element) -> str:
    """Key of the question about an element."""
    return f"rating-{element}"


async def leave(
    db: Writing, chat: int, transcript: Transcript, office: Office, holidays: Holidays
) -> tuple[Said, ...]:
    """End a rating: store unfinished answers as partial, delete the link to the chat, say what is kept.

    Late answers, and those of an erased person, are dropped.
    """
    recorded = {entry.key: entry.value for entry in transcript.entries}
    invitation = transcript.result(FIND, Invitation)
    if invitation is None or not transcript.result(START, bool) or FINISH in recorded:
        return ()
    answered = {one: recorded.get(asked(one)) for one in ELEMENTS}
    given = {one: score for one, score in answered.items() if isinstance(score, int)}  # no question meanwhile
    kept: tuple[Said, ...] = ()
    if COUNT in recorded:
        kept = (Said("rating-left-counted"),)
    elif given and await invitations.is_answering(db, chat=chat, token=invitation.token):
        kept = await _keep_partial(db, chat, invitation, given, CalendarSource(office, holidays))
    await invitations.leave(db, token=invitation.token, chat=chat)
    return kept


async def _keep_partial(
    db: Writing, chat: int, invitation: Invitation, given: Mapping[Element, int], source: CalendarSource
) -> tuple[Said, ...]:
    """Store partial answers; open and report a case if they require one."""
    await _keep(db, invitation, given, source.office)
    left = Said("rating-left", {"count": len(given), "of": len(ELEMENTS)})
    cause = cause_of(given)
    if cause is None:
        return (left,)
    return case_said(cause, await _open_case(db, cause, "", chat, source, invitation.point)), left


def case_said(kind: Kind, case: Opened) -> Said:
    """Sentence about a case opened by scores alone."""
    return Said("case-from-scores", {"number": case.number, "due": case.due_on, "kind": kind})


async def end_abandoned(db: Writing, office: Office, *, holidays: Holidays) -> bool:
    """End abandoned ratings: expired dialogues, and invitations that nobody began."""
    begun = await invitations.abandoned(db, limit=_AT_ONCE)
    for one in begun:
        for transcript in _open_in(one.dialogue):
            await leave(db, one.chat, transcript, office, holidays)
        await invitations.leave(db, token=one.token, chat=one.chat)
        await invitations.forget_dialogue(db, chat=one.chat)
    late = await invitations.spend_late(db, limit=_AT_ONCE)
    return max(len(begun), late) == _AT_ONCE


async def escalate_late_cases(db: Writing, office: Office) -> bool:
    """Escalate overdue cases."""
    return await cases.escalate_late(db, today=_today(db, office), limit=_AT_ONCE) == _AT_ONCE


def _open_in(stored: dict[str, Any] | None) -> list[Transcript]:
    """Ratings in a stored dialogue; none if another version wrote it."""
    try:
        dialogue = codec.load(Dialogue, stored)
    except codec.Unloadable:
        return []
    return [one for one in dialogue.stack if one.conversation == CONVERSATION]


async def _keep(db: Writing, invitation: Invitation, given: Mapping[Element, int], office: Office) -> int:
    local = office.local(db.now)
    return await answers.store_answers(
        db,
        scores=given,
        on=local.date(),
        band=band_of(local.time()),
        point=invitation.point,
        service=invitation.service,
    )


def cause_of(given: Mapping[Element, int]) -> Kind | None:
    """Kind of case that the scores alone require (R4): a hint of a fee, or a score of 1."""
    if given.get(Element.BIAYA, _FREE) < _FREE:
        return "fee"
    return "low" if 1 in given.values() else None


async def _open_case(
    db: Writing, kind: Kind, word: str, chat: int, source: CalendarSource, point: str
) -> Opened:
    office = source.office
    today = office.today(db.now)
    sunday = monday_of(today) + timedelta(days=6)
    return await cases.open_case(
        db,
        kind=kind,
        word=word,
        chat=chat,
        on=today,
        due_days=await days_to_answer(db, source=source, after=sunday),
        points=tuple(dict.fromkeys((*([point] if point else []), *points_named(word, office.points)))),
        of_answers=True,
    )


def _today(db: Reading, office: Office) -> Any:
    return office.local(db.now).date()
