"""Choice of a tapped button, a typed number or a typed label; paging."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from domain.text.typed import fold
from handlers.engine import playing
from handlers.engine.answering import open_conversation
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Dialogue, Offered, OpenQuestion, Tap, mark_of
from handlers.engine.playing import Reply
from handlers.engine.registry import CONVERSATIONS, asks_pair, is_aside
from handlers.engine.scene import Answer, Said, Scene
from storage.post import errands
from storage.post.errands import Begun

OTHER_TIME = "other-time"
"""Value of a choice that takes back a write, where a plain step back cannot."""
_YES_OR_NO = ["no", "yes"]
_DIGITS_AT_MOST = 3  # of a typed choice or a page; longer numbers are personal ones


async def hear_tap(scene: Scene, dialogue: Dialogue, token: str) -> Reply:
    """Answer the button's question, show its result again, or tell that the button is old."""
    opening, _, rest = token.partition(".")
    number, _, answer = rest.partition(".")
    for transcript in dialogue.stack:
        question = transcript.question
        if question is None or (transcript.opening, str(question.number)) != (opening, number):
            continue
        dialogue.stack = [
            one for one in dialogue.stack if one is transcript or not is_aside(one.conversation)
        ]
        dialogue.lift(transcript)
        return await _press(scene, dialogue, question, answer)
    tap = dialogue.tap_of(token, now=scene.db.now)
    if opening.startswith(mark_of(scene.chat)) and (tap is None or not _is_top(dialogue, answer)):
        return await _open_entry(scene, dialogue, answer)
    if tap is None:
        begun = await _begun_again(scene, dialogue, opening) if number == "1" else None
        if begun is not None:
            return await _take(scene, dialogue, begun, token, answer)
        tap = _outcome(scene, dialogue, opening, number)
    if tap is None:
        return await playing.show_again(scene, dialogue, Said("engine-old-button"))
    reply = Reply() if dialogue.top is None else await playing.play(scene, dialogue)
    _ask_in_full(reply)
    if not any(one.opening == opening for one in dialogue.stack):
        tap = (
            dialogue.last_tap(opening, now=scene.db.now) or tap
        )  # how the conversation ended, e.g. its ticket
    reply.repeats = tap.answered_by
    return reply


def _ask_in_full(reply: Reply) -> None:
    """Word the open question as when it was asked first: so ends the result of a tap that led to it."""
    if reply.question is not None:
        said = reply.question.said
        in_full = replace(said, variables=dict(said.variables, again="no"))
        reply.question = replace(reply.question, said=in_full)


def _outcome(scene: Scene, dialogue: Dialogue, opening: str, number: str) -> Tap | None:
    """The last tap of an ended conversation, if the button is of an earlier question; else None.

    The button of a day that was typed instead, or not taken, shows the ticket.
    """
    tap = dialogue.last_tap(opening, now=scene.db.now)
    if tap is None or any(one.opening == opening for one in dialogue.stack):
        return None
    asked, last = _digits(number), _digits(tap.token.split(".")[1])
    return tap if asked is not None and last is not None and asked < last else None


def _is_top(dialogue: Dialogue, answer: str) -> bool:
    """Whether the entry of the menu with this name is the open conversation."""
    return dialogue.top is not None and Offered(dialogue.top.conversation, "").name == answer


async def _open_entry(scene: Scene, dialogue: Dialogue, answer: str) -> Reply:
    """Open the conversation of an old menu's button, or show the menu if it has no such entry any more."""
    for one in CONVERSATIONS.values():
        if one.label is not None and Offered(one.name, "").name == answer:
            return await open_conversation(scene, dialogue, one.name)
    return await playing.show_menu(scene, dialogue)


async def _begun_again(scene: Scene, dialogue: Dialogue, opening: str = "") -> Reply | None:
    """Begin an earlier push again: that of a button, or (without `opening`) the chat's last message.

    On an idle shared device only by a button, and only if the conversation asks for the pair.
    """
    if opening:
        found = await errands.begun_as(scene.db, chat=scene.chat, opening=opening)
    elif scene.idle:
        return None
    else:
        spoken_at = scene.db.now - timedelta(seconds=scene.idle_seconds)
        found = await errands.newest_begun(scene.db, chat=scene.chat, since=spoken_at)
    if found is None or found.conversation not in CONVERSATIONS:
        return None
    if (
        scene.caps.shared_device
        and not asks_pair(found.conversation)
        and not _is_of_this_sitting(scene, found)
    ):
        return None
    return await playing.begin(scene, dialogue, found.conversation, found.argument, opening=found.opening)


def _is_of_this_sitting(scene: Scene, begun: Begun) -> bool:
    return scene.sat_at is not None and begun.begun_at > scene.sat_at


async def _take(scene: Scene, dialogue: Dialogue, begun: Reply, token: str, answer: str) -> Reply:
    """Take a button's choice in a push begun again; tell if it is no longer offered."""
    for choice in begun.question.choices if begun.question else ():
        if Offered(choice.value, "").name == answer:
            return await playing.play(scene, dialogue, Answer(value=choice.value, token=token))
    if begun.said or begun.question is not None:
        return begun
    return await playing.show_again(scene, dialogue, Said("engine-old-button"))


async def _press(scene: Scene, dialogue: Dialogue, question: OpenQuestion, answer: str) -> Reply:
    """Take a button's choice of the open question, or turn the page."""
    page = _digits(answer[1:]) if answer[:1] in (MORE, PREVIOUS) else None
    if page is not None:
        return await _turn_to(scene, dialogue, question, page)
    for index, offered in enumerate(question.offered):
        if offered.name == answer:
            return await _choose(scene, dialogue, question, index)
    return await playing.show_again(scene, dialogue, Said("engine-old-button"))


async def choose_typed(scene: Scene, dialogue: Dialogue, typed: str) -> Reply | None:
    """Take the choice of a typed digit or label; a digit may turn the page."""
    question = dialogue.top.question if dialogue.top else None
    if dialogue.top is None and _digits(typed):
        return await _choose_begun(scene, dialogue, int(typed))
    if question is None or not question.offered:
        return None
    shown = page_of(len(question.offered), question.page, scene.caps.page)
    place = _digits(typed) or 0
    answer = shown[place - 1] if 1 <= place <= len(shown) else None
    index = None if answer in (None, MORE, PREVIOUS) else int(answer)
    meant = _numbered(scene, dialogue, question, place, index)
    if meant is not None:
        chosen, said = meant
        reply = await _choose(scene, dialogue, question, chosen)
        reply.said.insert(0, said)
        return reply
    if answer in (MORE, PREVIOUS):
        return await _turn_to(scene, dialogue, question, question.page + (1 if answer == MORE else -1))
    if index is None:
        index = _labelled(question.offered, typed)
    return None if index is None else await _choose(scene, dialogue, question, index)


def _numbered(
    scene: Scene, dialogue: Dialogue, question: OpenQuestion, number: int, place: int | None
) -> tuple[int, Said] | None:
    """The choice that a typed number means where it could also be a value, and the sentence that says so."""
    conversation = CONVERSATIONS.get(dialogue.stack[-1].conversation)
    if conversation is None:
        return None
    values = [one.value for one in question.offered]
    return conversation.numbered(question.key, values, number, place, scene.office)


async def choose_agreed(
    scene: Scene, dialogue: Dialogue, typed: str, *, yes: frozenset[str], no: frozenset[str]
) -> Reply | None:
    """Take synonyms of yes and no, if these are the choices; labels and opening words take precedence."""
    question = dialogue.top.question if dialogue.top else None
    values = [one.value for one in question.offered] if question else []
    meant = "yes" if typed in yes else "no" if typed in no else None
    if question is None or meant is None or sorted(map(str, values)) != _YES_OR_NO:
        return None
    return await _choose(scene, dialogue, question, values.index(meant))


async def choose_other_time(scene: Scene, dialogue: Dialogue) -> Reply | None:
    """Take the choice of another time, if the innermost question offers it."""
    question = dialogue.top.question if dialogue.top else None
    values = [one.value for one in question.offered] if question else []
    if question is None or OTHER_TIME not in values:
        return None
    return await _choose(scene, dialogue, question, values.index(OTHER_TIME))


def names_choice(dialogue: Dialogue, typed: str, caps: Caps) -> bool:
    """Whether a digit or label is a choice of the innermost question."""
    question = dialogue.top.question if dialogue.top else None
    if question is None or not question.offered:
        return False
    shown = page_of(len(question.offered), question.page, caps.page)
    return 1 <= (_digits(typed) or 0) <= len(shown) or _labelled(question.offered, typed) is not None


def leads_elsewhere(typed: str) -> bool:
    """Whether words leave a handover: a slash command, or "menu" alone."""
    return typed.startswith("/") or typed == "menu"


def _labelled(offered: Sequence[Offered], typed: str) -> int | None:
    """Choice with the typed label, or the only one that begins so ("ubah" of "Ubah jadwal")."""
    labels = [_typed_for(one.label) for one in offered]
    whole = [place for place, (label, _) in enumerate(labels) if typed == label]
    if whole:
        return whole[0]
    found = [place for place, (_, beginnings) in enumerate(labels) if typed in beginnings]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1024)
def _typed_for(label: str) -> tuple[str, frozenset[str]]:
    """The folded label, and its accepted abbreviations: its first words, and its parts between commas."""
    label = fold(label)
    words = label.split()
    first = {fold(" ".join(words[:end])) for end in range(1, len(words))}
    return label, frozenset(first | set(map(fold, label.split(","))))


async def _choose_begun(scene: Scene, dialogue: Dialogue, place: int) -> Reply | None:
    """Take a choice of the newest push by number, if no question is open and it was the last message."""
    begun = await _begun_again(scene, dialogue)
    if begun is None or begun.question is None:
        return None
    shown = page_of(len(begun.question.choices), 0, scene.caps.page)
    named = shown[place - 1] if place <= len(shown) else MORE
    if named in (MORE, PREVIOUS):
        return begun
    choice, top = begun.question.choices[int(named)], dialogue.stack[-1]
    name = f"{top.opening}.1.{Offered(choice.value, '').name}"
    return await playing.play(scene, dialogue, Answer(value=choice.value, token=name))


async def _choose(scene: Scene, dialogue: Dialogue, question: OpenQuestion, index: int) -> Reply:
    offered, transcript = question.offered[index], dialogue.stack[-1]
    token = transcript.token(question, offered.name)
    return await playing.play(scene, dialogue, Answer(value=offered.value, token=token))


async def _turn_to(scene: Scene, dialogue: Dialogue, question: OpenQuestion, page: int) -> Reply:
    question.page = min(page, pages(len(question.offered), scene.caps.page) - 1)
    reply = await playing.play(scene, dialogue)
    reply.redraws = True
    return reply


def _digits(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _DIGITS_AT_MOST else None


MORE = ">"
PREVIOUS = "<"


@lru_cache(maxsize=256)  # asked several times in a message
def page_of(count: int, page: int, room: int) -> tuple[str, ...]:
    """Answers of one page: "0", "1", … for choices, ">" for the next page, "<" for the previous one.

    `room` is the number of buttons of a message (at least 3). Together, the pages hold each choice once.
    """
    if count <= room:
        return tuple(str(index) for index in range(count))
    first = start_of(page, room)
    left = count - first
    turns = (PREVIOUS,) if page else ()
    if left <= room - len(turns):
        return (*(str(index) for index in range(first, count)), *turns)
    fits = room - len(turns) - 1
    return (*(str(index) for index in range(first, first + fits)), MORE, *turns)


def start_of(page: int, room: int) -> int:
    """First choice of a page: the first page reserves one place for ">", the others two."""
    return 0 if page == 0 else (room - 1) + (page - 1) * (room - 2)


def pages(count: int, room: int) -> int:
    """Number of pages."""
    page = 0
    while MORE in page_of(count, page, room):
        page += 1
    return page + 1
