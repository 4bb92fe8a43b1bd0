"""The playground's conversations once more, as plain generators: what a script yields, the model does.

Say(key, …)      Choose(key, values)      Ask(key, reads)      Do(what, refused_when)      Go(name)      Speak(language)
Interrupts() tells whether another conversation waits for this one.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.engine.playground import ITEMS, SEATS


@dataclass
class Say:
    key: str
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass
class Choose:
    key: str
    choices: Sequence[tuple[Any, str, dict[str, Any]]]  # value, label, the label's variables
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass
class Ask:
    key: str
    reads: Callable[[str], Any]  # None: refused
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass
class Do:
    key: str
    what: str
    once_only: bool = False  # refused where it was done before


@dataclass
class Go:
    name: str


@dataclass
class Speak:
    language: str


@dataclass
class Interrupts:
    """Whether another conversation waits for this one."""


class Refused(Exception):
    """A step was refused."""


Step = Say | Choose | Ask | Do | Go | Speak | Interrupts
Script = Generator[Step, Any, None]
YES_NO = [("yes", "engine-yes", {}), ("no", "engine-no", {})]


def count(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < int(text) < 100 else None


def shop(_argument: str) -> Script:
    yield Say("shop-hello")
    choices = [*((item, "shop-one", {"name": item}) for item in ITEMS), ("done", "shop-done", {})]
    pieces = 0
    while True:
        item = yield Choose("shop-item", choices, {"pieces": pieces})
        if item == "done":
            break
        taken = yield Ask("shop-count", count, {"item": item})
        pieces += taken
        yield Do("shop-put", f"put {item} {taken}")
    if (yield Choose("shop-sure", YES_NO)) == "yes":
        yield Do("shop-buy", f"buy {pieces}")
        yield Say("shop-thanks")


def _seats() -> list[tuple[Any, str, dict[str, Any]]]:
    return [(one, "seat-one", {"name": one}) for one in SEATS]


def seat(_argument: str) -> Script:
    while True:
        wanted = yield Choose("seat-which", _seats())
        try:
            yield Do("seat-take", f"seat {wanted}", once_only=True)
            break
        except Refused:
            yield Say("seat-full")
            if (yield Choose("seat-again", YES_NO)) == "no":
                return
    yield Ask("seat-for", str.strip, {"seat": wanted})
    yield Say("seat-yours", {"seat": wanted})


def strict(_argument: str) -> Script:
    wanted = yield Choose("strict-which", _seats())
    yield Do("strict-take", f"seat {wanted}", once_only=True)
    yield Say("seat-yours", {"seat": wanted})


def gate(_argument: str) -> Script:
    ways = [(one, "gate-one", {"name": one}) for one in ("shop", "seat", "nowhere")]
    yield Go((yield Choose("gate-where", ways)))


def mood(_argument: str) -> Script:
    how = yield Choose("mood-how", [(one, "mood-one", {"name": one}) for one in ("good", "bad")])
    yield Say("mood-noted", {"how": how})


def news(argument: str) -> Script:
    coming = (yield Choose("news-coming", YES_NO, {"name": argument})) == "yes"
    yield Do("news-noted", f"coming {argument} {coming}")
    yield Say("news-thanks")


def help_(_argument: str) -> Script:
    yield Say("help-text")


def language(argument: str) -> Script:
    chosen = argument if argument in ("id", "jv", "en") else None
    if chosen is None:
        chosen = yield Choose("language-ask", [(one, f"language-{one}", {}) for one in ("id", "jv", "en")])
    yield Speak(chosen)
    yield Say("language-set")
    if not (yield Interrupts()):
        yield Go("menu")


def menu(_argument: str) -> Script:
    entries = [("help", "menu-help", {}), ("language", "menu-language", {}), ("shop", "shop-label", {})]
    yield Go((yield Choose("menu-ask", entries)))


def stuck(_argument: str) -> Script:
    ways = [("officer", "menu-officer", {}), ("go-on", "offer-go-on", {})]
    if (yield Choose("stuck-offer", ways)) != "go-on":
        yield Go("officer")
    if not (yield Interrupts()):
        yield Go("menu")


PLAIN = {
    "stuck": stuck,
    "shop": shop,
    "seat": seat,
    "strict": strict,
    "gate": gate,
    "mood": mood,
    "news": news,
    "help": help_,
    "language": language,
    "menu": menu,
}
ASIDES = {"help", "language", "mood", "stuck"}
