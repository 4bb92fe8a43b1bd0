"""The rating conversation: nine official questions (Permenpan RB 14/2017), profile, free text."""

from domain import codec
from domain.ratings.index import ELEMENTS, Element
from domain.ratings.survey import PROFILE, Profile, tired_of_survey
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.engine.scene import Said
from handlers.ratings.answers import (
    COUNT,
    FIND,
    FINISH,
    SKIP,
    START,
    asked,
    case_said,
    cause_of,
    count,
    finish,
    leave,
)
from handlers.shared.calendar import calendar_source
from handlers.shared.ownership import show_pair
from storage.people.sittings import Covered
from storage.ratings import answers, invitations
from storage.ratings.cases import Opened
from storage.ratings.invitations import SECOND, Invitation
from storage.session import Reading

_NINE = frozenset(map(asked, ELEMENTS))
_SCORES = (1, 2, 3, 4)
_WORD_AT_MOST = 1000
_WIDE = 30  # channels with labels of this length show the official words


def asked_meanwhile(question: str, text: str) -> str | None:
    """What is said instead of an answer to one of the nine questions: how long it takes, or later; or None."""
    return tired_of_survey(text) if question in _NINE else None


@conversation(
    "rating",
    command="nilai",
    words="rating-words",
    examples="rating-examples",
    corrects=asked_meanwhile,
    over=leave,
    private=True,
    asks_pair=True,
)
async def rate(chat: Chat) -> None:
    """Ask the nine questions, then profile and free text; stopping early keeps a partial set."""
    # Only our own pushes name an invitation; text typed after /nilai does not.
    argument = chat.argument if chat.pushed else ""
    await _show_pair(chat, argument)
    found = await chat.learn(
        FIND,
        find,
        chat=chat.id,
        argument=argument,
        uncalled=chat.uncalled,
        covered=chat.covered,
    )
    if found is None or not found.is_open:
        if not chat.uncalled:
            await chat.say("rating-none" if found is None else "refusal-already-rated")
        return
    if chat.pushed and not await _is_willing(chat, found):
        return
    channel = chat.caps.channel
    if not await chat.once(START, invitations.start, chat=chat.id, token=found.token, channel=channel):
        await chat.say("refusal-already-rated")
        return
    scores = await _scores(chat, found.token)
    if scores is None:
        await chat.say("refusal-already-rated")
        return
    named = {element.value: score for element, score in scores.items()}
    counted = await chat.once(
        COUNT, count, chat=chat.id, invitation=found, scores=named, source=calendar_source(chat)
    )
    cause = cause_of(scores)
    if counted.case is not None and cause is not None:
        chat.prove_case(counted.case.number)
        said = case_said(cause, counted.case)
        await chat.say(said.key, **said.variables)
    profile = await _profile(chat)
    word = await chat.ask("rating-word", free_word, choices=_skip)
    case = await chat.once(
        FINISH,
        finish,
        chat=chat.id,
        counted=counted,
        profile=profile,
        word=word,
        source=calendar_source(chat),
    )
    await _thank(chat, case)


async def _show_pair(chat: Chat, argument: str) -> None:
    """At a shared device, ask for a pair if the chat is invited for a person whose pair was not shown."""
    if chat.covered is None:
        return
    if await chat.learn("rating-hidden", is_hidden, chat=chat.id, argument=argument, covered=chat.covered):
        await show_pair(chat)


async def is_hidden(db: Reading, *, chat: int, argument: str, covered: tuple[int, ...]) -> bool:
    """Whether there is an invitation, but none of a covered person.

    A person who showed a pair and asks without a push means themselves; other invitations do not count.
    """
    token = argument.partition(":")[0]
    if covered and not token:
        return False
    if await invitations.find(db, chat=chat, token=token, covered=covered) is not None:
        return False
    return await invitations.find(db, chat=chat, token=token) is not None


async def find(
    db: Reading, *, chat: int, argument: str, uncalled: bool, covered: Covered
) -> Invitation | None:
    """The invitation of the push, or the newest of this chat.

    A reminder finds nothing once anybody has begun. One event is asked about at a time: a push finds nothing
    while the chat has another open invitation, because a mother of three could not tell them apart.
    """
    token, _, second = argument.partition(":")
    found = await invitations.find(db, chat=chat, token=token, covered=covered)
    if found is None or (second == SECOND and found.state != "open"):
        return None
    return None if uncalled and await invitations.is_asked(db, chat=chat, except_token=token) else found


def free_word(text: str) -> str:
    """Read a free text as written, up to its maximum length."""
    return text.strip()[:_WORD_AT_MOST]


async def _is_willing(chat: Chat, found: Invitation) -> bool:
    """Ask for a rating; a refusal is remembered for good."""
    service = chat.office.service(found.service) if found.service else None
    title = service.title if service else ""
    chat.approved("rating_invitation", Said("rating-what", {"service": title}))
    wanted = await chat.choose(
        "rating-invite",
        [
            Choice("yes", "rating-begin", hint="rating-begin-hint"),
            Choice("no", "engine-no", hint="rating-decline-hint"),
        ],
        service=title,
    )
    if wanted == "yes":
        return True
    await chat.once("rating-decline", invitations.decline, chat=chat.id, channel=chat.caps.channel)
    await chat.say("rating-declined")
    return False


async def _scores(chat: Chat, token: str) -> dict[Element, int] | None:
    """Ask the nine questions; None if somebody else completed the same event in the meantime."""
    scores: dict[Element, int] = {}
    for number, element in enumerate(ELEMENTS, 1):
        if scores and not await chat.learn(
            "rating-open", invitations.is_answering, chat=chat.id, token=token
        ):
            return None
        before = cause_of(scores)
        scores[element] = await _score(chat, element, number)
        cause = cause_of(scores)
        if cause is not None and cause != before and len(scores) < len(ELEMENTS):
            await chat.say("rating-cause", kind=cause)
    return scores


async def _score(chat: Chat, element: Element, number: int) -> int:
    """Ask for one of the form's four answers, in official words if they fit, else shortened."""
    wide = chat.caps.label >= _WIDE
    answers_ = [
        Choice(score, f"rating-{element}-{score}-full")
        if wide
        else Choice(score, f"rating-{element}-{score}", hint=f"rating-{element}-{score}-full")
        for score in _SCORES
    ]
    score: int | str = await chat.choose(asked(element), answers_, number=number, of=len(ELEMENTS))
    while isinstance(score, str):
        await chat.say("rating-asked", what=score, left=len(ELEMENTS) - number + 1)
        score = await chat.choose(asked(element), answers_, number=number, of=len(ELEMENTS))
    return score


async def _profile(chat: Chat) -> Profile:
    """Ask for the profile; the first "skip" skips the rest."""
    told: dict[str, str] = {}
    for part, kind in PROFILE.items():
        codes = [Choice(one.value, "rating-profile", code=one.name) for one in kind]
        chosen = await chat.choose(f"rating-{part}", [*codes, Choice(SKIP, "rating-skip")])
        if chosen == SKIP:
            break
        told[part] = chosen
    return codec.load(Profile, told)


async def _skip() -> list[Choice]:
    return [Choice("", "rating-skip")]


async def _thank(chat: Chat, case: Opened | None) -> None:
    if case is not None:
        chat.prove_case(case.number)
        await chat.say("case-opened", number=case.number, due=case.due_on)
    improved = await chat.read(answers.improvement)
    await chat.say("rating-thanks", improved=improved, told=bool(improved))
    if await chat.read(invitations.find, chat=chat.id, covered=chat.covered) is not None:
        await chat.say("rating-another")
