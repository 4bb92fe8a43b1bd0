"""What became of a complaint: the chat's own cases, or the standing of one by its number."""

from collections.abc import Sequence

from domain.people.budget import Budget
from domain.text.errands import case_number_alone, is_code
from handlers.engine.chat import Asker, Chat, Said
from handlers.engine.registry import conversation
from handlers.shared.look_up import keep_to_budget
from storage.appointments import bookings
from storage.people import budgets
from storage.people.sittings import Covered
from storage.ratings import case_files
from storage.ratings.case_files import Standing
from storage.session import Reading, Writing

_TOLD_AT_MOST = 3


async def recall(db: Reading, chat: int, covered: Covered, text: str) -> str | None:
    """The number that a text consists of, if it is that of a case of this chat, or a code that is no ticket of it."""
    number = case_number_alone(text)
    if not number or await case_files.is_of(db, chat=chat, number=number):
        return number or None
    if not is_code(text) or await bookings.code_is_of(db, chat=chat, code=number, covered=covered):
        return None
    return number


@conversation("case-status", aside=True, recall=recall)
async def tell_standing(chat: Chat) -> None:
    """Tell how the chat's cases stand; the argument is a number, whose case may be of another chat."""
    number = chat.argument
    mine = await chat.learn("own-cases", case_files.numbers_of, chat=chat.id, only=chat.covered_cases)
    told = [one for one in mine if not number or one == number]
    if told:
        await chat.tell(lambda: _own(chat, told[:_TOLD_AT_MOST]))
    elif number:
        budget = chat.office.status.budget(full_nik=chat.caps.full_nik)
        found = await chat.once(
            "case-by-number", try_standing, number, chat=chat.id, askers=chat.askers, budget=budget
        )
        await chat.tell(lambda: _stranger(chat, found))
    else:
        await chat.say("case-status-none")


async def _own(chat: Chat, numbers: Sequence[str]) -> list[Said]:
    told: list[Said] = []
    for number in numbers:
        standing = await chat.read(case_files.standing_of, number=number)
        word = await chat.read(case_files.last_reply, number=number, chat=chat.id)
        if standing is not None:
            told.append(_said(chat, standing))
            told += [Said("case-status-word", {"word": word})] if word else []
    return told


async def _stranger(chat: Chat, standing: Standing | None) -> list[Said]:
    if standing is None:
        return [Said("case-status-unknown")]
    return [_said(chat, standing), Said("case-status-elsewhere")]


def _said(chat: Chat, standing: Standing) -> Said:
    late = standing.state == "open" and standing.due_on < chat.office.today(chat.now)
    state = "late" if late else standing.state
    return Said("case-status", {"number": standing.number, "state": state, "due": standing.due_on})


async def try_standing(
    db: Writing, number: str, *, chat: int, askers: Sequence[Asker], budget: Budget
) -> Standing | None:
    """How the case of this number stands; an unknown number counts like a wrong pair.

    Raises:
        TooManyTries: the budget of one of the askers is used up.
    """
    await keep_to_budget(db, chat=chat, askers=askers, budget=budget)
    found = await case_files.standing_of(db, number=number)
    if found is None:
        about = db.vault.index(number, of="tries.number")
        await budgets.record_wrong(db, askers=[asker.key for asker in askers], about=about)
    return found
