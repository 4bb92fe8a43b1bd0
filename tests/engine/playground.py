"""Small conversations that exist for these tests only, with every shape that a script can have.

shop   a loop with repeated keys, thirteen choices, a parser that refuses, an effect per round, yes or no at the end
seat   a step that is refused and caught
strict a step that is refused and not caught
gate   hands over to another conversation, also to one that does not exist
mood   an aside with a question of its own
help   an aside that tells and is over, by the words and under the label of the real one
news   what the office opens by a push
remind the same, with an errand's argument
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self

from domain.refusals import BadPhone, SlotFull
from handlers import scripts
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import CONVERSATIONS, Conversation
from storage import audit
from storage.session import Writing

ITEMS = tuple(f"item-{n}" for n in range(1, 14))
SEATS = ("a1", "a2", "b1")
EFFECT = "test-effect"


class Broken(RuntimeError):
    """A mistake of ours, as it happens."""


@dataclass
class World:
    """What the steps do beyond the store: `broken` makes the next one fail halfway, `tried` counts."""

    broken: bool = False
    tried: int = 0


WORLD = World()


@dataclass(frozen=True)
class Count:
    """How many of something; one to ninety-nine."""

    pieces: int

    @classmethod
    def parse(cls, text: str) -> Self:
        if not text.isdecimal() or not 0 < int(text) < 100:
            raise BadPhone
        return cls(int(text))

    def to_json(self) -> int:
        return self.pieces

    @classmethod
    def from_json(cls, value: int) -> Self:
        if not isinstance(value, int):
            raise TypeError("no count")
        return cls(value)


async def effect(db: Writing, *, chat: int, what: str) -> Count:
    """Write one line; the lines of a chat are what its steps did."""
    WORLD.tried += 1
    await audit.record(db, actor=audit.by_chat(chat), action=EFFECT, subject="shop", details=what)
    if WORLD.broken:
        WORLD.broken = False
        raise Broken("Sri Aminah, 3516994107900001")
    return Count(len(what))


async def take_seat(db: Writing, *, chat: int, seat: str) -> None:
    """Take a seat that is still free; its line is written before it turns out whether it is."""
    lines = await audit.entries(db, action=EFFECT, limit=10_000)
    await effect(db, chat=chat, what=f"seat {seat}")
    if any(line.details == f"seat {seat}" for line in lines):
        raise SlotFull


async def shop(chat: Chat) -> None:
    await chat.say("shop-hello")
    choices = [*(Choice(item, "shop-one", name=item) for item in ITEMS), Choice("done", "shop-done")]
    pieces = 0
    while (item := await chat.choose("shop-item", choices, pieces=pieces)) != "done":
        count = await chat.ask("shop-count", Count.parse, item=item)
        pieces += count.pieces
        length = await chat.once("shop-put", effect, chat=chat.id, what=f"put {item} {count.pieces}")
        assert isinstance(length, Count)
    if await chat.confirm("shop-sure"):
        await chat.once("shop-buy", effect, chat=chat.id, what=f"buy {pieces}")
        await chat.say("shop-thanks")


async def seat(chat: Chat) -> None:
    while True:
        wanted = await chat.choose("seat-which", [Choice(one, "seat-one", name=one) for one in SEATS])
        try:
            await chat.once("seat-take", take_seat, chat=chat.id, seat=wanted)
        except SlotFull:
            await chat.say("seat-full")
            if not await chat.confirm("seat-again"):
                return
        else:
            break
    await chat.ask("seat-for", str.strip, seat=wanted)
    await chat.say("seat-yours", seat=wanted)


async def strict(chat: Chat) -> None:
    wanted = await chat.choose("strict-which", [Choice(one, "seat-one", name=one) for one in SEATS])
    await chat.once("strict-take", take_seat, chat=chat.id, seat=wanted)
    await chat.say("seat-yours", seat=wanted)


async def gate(chat: Chat) -> None:
    ways = ("shop", "seat", "nowhere")
    way = await chat.choose("gate-where", [Choice(one, "gate-one", name=one) for one in ways])
    await chat.open(way)


async def mood(chat: Chat) -> None:
    how = await chat.choose("mood-how", [Choice(one, "mood-one", name=one) for one in ("good", "bad")])
    await chat.say("mood-noted", how=how)


async def tell_help(chat: Chat) -> None:
    await chat.say("help-text")


async def news(chat: Chat) -> None:
    coming = await chat.confirm("news-coming", name=chat.argument)
    await chat.once("news-noted", effect, chat=chat.id, what=f"coming {chat.argument} {coming}")
    await chat.say("news-thanks")


async def remind(chat: Chat) -> None:
    """Say the half of the argument that is wanted: "hush" has nothing to say, "broken" fails, "tell" asks nothing."""
    kind, _, name = chat.argument.partition(" ")
    if kind == "hush":
        return
    if kind == "broken":
        await chat.once("remind-tried", effect, chat=chat.id, what="tried")
        raise Broken("Sri Aminah, 3516994107900001")
    await chat.say("remind-head", name=name)
    if kind == "tell":
        return
    await news(chat)


SCRIPTS = (shop, seat, strict, gate, mood, news, remind)
KEPT = ("menu", "help", "language", "stuck")
TEXTS = """
shop-hello = [{lang}] Come in.
shop-item = [{lang}] What do you take after { $pieces }?
shop-one = { $name } ({lang})
shop-done = nothing more ({lang})
shop-count = [{lang}] How many of { $item }?
shop-sure = [{lang}] Buy all that?
shop-thanks = [{lang}] Bought.
seat-which = [{lang}] Which seat?
seat-one = seat { $name } ({lang})
seat-full = [{lang}] Somebody sits there.
seat-again = [{lang}] Another one?
seat-for = [{lang}] Whom is { $seat } for?
seat-yours = [{lang}] { $seat } is yours.
strict-which = [{lang}] Which seat, once and for all?
gate-where = [{lang}] Where to?
gate-one = to the { $name } ({lang})
mood-how = [{lang}] How are you?
mood-one = feeling { $name } ({lang})
mood-noted = [{lang}] So you are { $how }.
news-coming = [{lang}] Are you coming, { $name }?
news-thanks = [{lang}] Noted.
remind-head = [{lang}] We remind you, { $name }.
shop-label = Shop ({lang})
shop-label-hint = Things ({lang})
"""


@contextmanager
def playground(changed: Mapping[str, Conversation] | None = None) -> Iterator[None]:
    """Only the test conversations, beside menu, language and the offer of a person, and a help without a question."""
    scripts.load()
    before = dict(CONVERSATIONS)
    CONVERSATIONS.clear()
    CONVERSATIONS.update({name: before[name] for name in KEPT})
    tell_help.__module__ = before["help"].script.__module__  # so it keeps its place in the menu
    CONVERSATIONS["help"] = replace(before["help"], script=tell_help, examples=None)
    for script in SCRIPTS:
        name = script.__name__
        label = "shop-label" if name == "shop" else None
        CONVERSATIONS[name] = Conversation(
            name=name, script=script, command=name, label=label, aside=name == "mood"
        )
    CONVERSATIONS.update(changed or {})
    WORLD.broken = False
    try:
        yield
    finally:
        CONVERSATIONS.clear()
        CONVERSATIONS.update(before)
