"""The guarded look-up: budgets before it, equal answers after it (D3, D4), and what follows if nothing was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.cards.application import Application
from domain.cards.proof import Proof
from domain.office.registration import RegistrationNumber
from domain.office.rules import Status
from domain.people.budget import Budget, alarms, delay_seconds
from domain.people.nik import Nik
from domain.refusals import TooManyTries
from domain.text.grievance import is_grievance
from domain.text.number_question import wonders_why_unfound
from handlers.engine.chat import Asker, Chat, Choice
from storage.cards import applications
from storage.people import budgets
from storage.people.budgets import Wrong
from storage.session import Reading, Writing
from storage.staff.alarms import WRONG_PAIRS, ring

NOT_FOUND_SECONDS = 0.25
"""Delay of every "not found" answer, far above the differences in computing time."""


OTHER = "other"
_WHY = "why"
_QUESTIONS = frozenset({"status-after-not-found", "booking-after-not-found"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """Result of a look-up, and how long to delay the answer."""

    application: Application | None
    delay: float


async def look_up(chat: Chat, number: RegistrationNumber, proof: Proof) -> Application | None:
    """Application of a right pair; None alike for an unknown number and a wrong proof.

    Raises:
        TooManyTries: too many wrong pairs from this chat (on the web, also its address).
    """
    looked_up = await chat.once(
        "look-up",
        try_pair,
        number=number,
        proof=proof,
        chat=chat.id,
        askers=chat.askers,
        rules=chat.office.status,
        full_nik=chat.caps.full_nik,
    )
    chat.pad(looked_up.delay)
    if looked_up.application is not None:
        chat.prove(looked_up.application.id)
    return looked_up.application


async def tell_not_found(chat: Chat, proof: Proof) -> None:
    """Tell that no application has this pair, and where else to ask if the NIK is of the neighbouring regency."""
    await chat.say("status-not-found")
    neighbour = chat.office.neighbour
    if isinstance(proof, Nik) and neighbour.has(proof.digits):
        await chat.say("status-neighbour", neighbour=neighbour.name, office=neighbour.office)


async def ensure_budget(chat: Chat) -> None:
    """Refuse before anything is typed, if the asker must wait.

    Raises:
        TooManyTries: too many wrong pairs from this chat (on the web, also its address).
    """
    rules = chat.office.status
    budget = rules.budget(full_nik=chat.caps.full_nik)
    await chat.learn("budget", keep_to_budget, chat=chat.id, askers=chat.askers, budget=budget)


async def try_pair(
    db: Writing,
    *,
    number: RegistrationNumber,
    proof: Proof,
    chat: int,
    askers: Sequence[Asker],
    rules: Status,
    full_nik: bool,
) -> LookedUp:
    """Check a pair within the asker's budget; a wrong one is returned, not raised, so that the try is recorded.

    The person asked about never causes a refusal: many wrong pairs about one NIK only delay the next answer.

    Raises:
        TooManyTries: the budget of one of the askers is used up.
    """
    await keep_to_budget(db, chat=chat, askers=askers, budget=rules.budget(full_nik=full_nik))
    about = _about(db, number, proof)
    wrong = await budgets.count_wrong(db, about=about)
    application = await applications.find(db, number=number, proof=proof, chat=chat)
    delay = _delay(wrong, rules)
    if application is not None:
        return LookedUp(application=application, delay=delay)
    await budgets.record_wrong(db, askers=[asker.key for asker in askers], about=about[-1])
    await _raise_alarm(db, wrong, rules)
    return LookedUp(application=None, delay=max(delay, NOT_FOUND_SECONDS))


async def keep_to_budget(db: Reading, *, chat: int, askers: Sequence[Asker], budget: Budget) -> None:
    """Refuse an asker whose budget is used up.

    Tries of others on the address do not count against a chat that proved a pair lately.

    Raises:
        TooManyTries: until when.
    """
    waits = []
    for asker in askers:
        until = await budgets.refused_until_when(db, asker=asker.key, budget=budget.times(asker.allowance))
        if until is not None and not (asker.shared and await budgets.has_proved(db, chat=chat)):
            waits.append(until)
    if waits:
        raise TooManyTries(_next_minute(max(waits)))


def _about(db: Reading, number: RegistrationNumber, proof: Proof) -> tuple[bytes, ...]:
    """Keyed name of the person a try is about: the NIK, or the number if only four digits are known."""
    if isinstance(proof, Nik):
        return db.vault.indexes(proof.digits, of="nik")
    return db.vault.indexes(str(number), of="tries.number")


def _delay(wrong: Wrong, rules: Status) -> float:
    return max(
        delay_seconds(wrong.about, free=rules.nik_free_wrong),
        delay_seconds(wrong.total, free=rules.total_free_wrong),
    )


async def _raise_alarm(db: Writing, wrong: Wrong, rules: Status) -> None:
    """Alert staff at a threshold; the asker is not told."""
    for what, count, threshold in (
        ("one-nik", wrong.about + 1, rules.nik_alarm_wrong),
        ("everybody", wrong.total + 1, rules.total_alarm_wrong),
    ):
        if alarms(count, threshold=threshold):
            await ring(db, action=WRONG_PAIRS, about=what, count=count)


def _next_minute(until: datetime) -> datetime:
    """Round up to the minute that the answer shows."""
    rest = timedelta(seconds=until.second, microseconds=until.microsecond)
    return until if not rest else until - rest + timedelta(minutes=1)


def wonders(question: str, text: str) -> str | None:
    """The answer of a question why nothing was found, or of somebody who insists; or None."""
    if question not in _QUESTIONS or is_grievance(text):
        return None
    return _WHY if wonders_why_unfound(text) else None


async def ask_how_to_go_on(chat: Chat, key: str) -> Any:
    """Offer another try or a person; `OTHER` is another try."""
    ways = [
        Choice(OTHER, "status-retry", hint="status-retry-hint"),
        Choice("officer", "menu-officer", hint="menu-officer-hint"),
    ]
    chosen = await chat.choose(key, ways)
    while chosen == _WHY:
        phone = chat.office.contact.phone
        await chat.say("status-not-found-asked", phone=phone)
        chosen = await chat.choose(key, ways)
    return chosen
