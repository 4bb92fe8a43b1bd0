"""A plain model of what the office remembers and answers: no replay of Python, no store, no encryption, no tokens.

`Talk` is one resident's side. Each of its methods tells what the next bubble must be.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.turns.small_screens import fits
from handlers.engine.caps import Caps
from locales.texts import LANGUAGES
from tests.engine.plain_scripts import ASIDES, Ask, Choose
from tests.engine.player import Fault, Open, Player, Waiting

MORE, PREVIOUS = ">", "<"
TAPS = 30
MISSES = 3
NO_ANSWERS = {"engine-unsupported", "engine-old-button", "engine-nothing-to-go-back"}


@dataclass
class Bubble:
    """What a resident sees: its text, and what each choice means."""

    text: str
    choices: list[tuple[str, Any]] = field(default_factory=list)  # label, (question, value or page)


@dataclass(eq=False)
class Talk:
    """What the office remembers of one resident. `effects` and `broken` are everybody's."""

    caps: Caps
    effects: list[str]
    broken: Callable[[], bool]
    say: Callable[..., str]
    keeps: timedelta
    stack: list[Open] = field(default_factory=list)
    taken: dict[Any, tuple[datetime, str]] = field(default_factory=dict)
    language: str = "id"
    welcome: dict[str, Any] | None = None  # the variables of the notice that is still to be shown
    until: datetime | None = None
    last: tuple[Any, int] | None = None  # the last reply, and how often in a row

    def turn(self, now: datetime, act: Callable[["Talk"], Bubble]) -> Bubble:
        """One message: what it does is kept as a whole, or not at all."""
        if self.until is not None and now >= self.until:
            self.stack, self.taken, self.last = [], {}, None
        self.on_purpose = self.by_office = self.no_answer = False
        self.now = now
        self.took: Any = None
        before = (copy.copy(self.stack), self.language, list(self.effects))
        inside = [(one, list(one.done), one.waiting, copy.copy(one.waiting)) for one in self.stack]
        try:
            bubble = act(self)
        except Fault:
            self.stack, self.language, self.effects[:] = before
            for one, done, waiting, as_it_was in inside:
                one.done, one.waiting = done, waiting
                if waiting is not None:
                    waiting.page, waiting.missed = as_it_was.page, as_it_was.missed
            return Bubble(self.say(self.language, "engine-fault"))
        if not self.by_office:
            self._vary(bubble)
        if self.welcome is not None:
            bubble.text = self._welcomed(bubble.text, self.welcome)
            self.welcome = None
        if self.took is not None:
            self.taken[self.took] = (now, bubble.text)
            self.taken = dict(list(self.taken.items())[-TAPS:])
        self.until = now + self.keeps if self.stack or self.taken or self.last else None
        return bubble

    def _vary(self, bubble: Bubble) -> None:
        """The same reply again gets a sentence, alternately one of two; a repeated tap or a turned page does not.

        The third message that a question does not take, and the third equal reply, offer a person.
        """
        shown = self._shown(bubble)
        if self.on_purpose:
            self.last = (shown, 1)
            return
        copies = self.last[1] + 1 if self.last and self.last[0] == shown else 1
        self.last = (shown, copies)
        top = self.stack[-1].waiting if self.stack else None
        if top is not None and self.no_answer:
            top.missed += 1
        offers = any(value == "officer" for _, (_, value) in bubble.choices)
        if top is not None and max(top.missed, copies) >= MISSES and not offers:
            self._offer(bubble, top)
        elif copies > 1:
            said = self.say(self.language, "engine-same-again", way="second" if copies % 2 else "first")
            text = bubble.text.removesuffix(self.asked)
            bubble.text = "\n\n".join(one for one in (text.rstrip("\n"), said, self.asked) if one)

    def _offer(self, bubble: Bubble, top: Waiting) -> None:
        """A person is offered, above the question that waits."""
        top.missed = 0
        again = self.say(self.language, "engine-choose-again")
        said = bubble.text.removesuffix(self.asked).rstrip("\n").removesuffix(again).rstrip("\n")
        self.stack.append(Open("stuck"))
        offer = self._play()
        bubble.text = "\n\n".join(one for one in (said, offer.text) if one)
        bubble.choices = offer.choices
        self.last = (self._shown(bubble), 1)

    @staticmethod
    def _shown(bubble: Bubble) -> tuple[str, list[str]]:
        return bubble.text, [label for label, _ in bubble.choices]

    def _leave_offer(self) -> bool:
        """The question below hears what is no choice of the offer."""
        if len(self.stack) < 2 or self.stack[-1].name != "stuck":
            return False
        self.stack.pop()
        return True

    def _welcomed(self, text: str, variables: dict[str, Any]) -> str:
        """The first answer, below the notice: whole where a small phone shows both, else in brief."""
        say = partial(self.say, self.language, **variables)
        notice = "\n".join([say("engine-notice"), say("engine-promise")])
        wordings = [
            "\n\n".join(one)
            for one in ((say("engine-welcome"), notice, text), (say("engine-notice-brief"), text))
        ]
        return next(filter(fits, wordings), wordings[-1])

    # What a message may do: each gives the bubble that answers it.

    def hears_text(self, text: str, words: dict[str, tuple[str, str]]) -> Bubble:
        kind, what = words.get(text.casefold(), ("answer", text))
        chosen = self._chooses(text)
        if chosen is None and kind != "back" and self._leave_offer():
            chosen = self._chooses(text)
        if chosen is not None:
            return self.picks(*chosen)
        top = self.stack[-1].waiting if self.stack else None
        agreed = self.agreed(top, text) if top is not None and kind == "answer" else None
        return getattr(self, f"_{kind}")(what) if agreed is None else self.picks(top, agreed)

    def _chooses(self, text: str) -> tuple[Waiting, Any] | None:
        """The choice of the open question that a digit or a label is."""
        top = self.stack[-1].waiting if self.stack else None
        if top is None or not isinstance(top.step, Choose):
            return None
        places = self.page(top)
        if text.isdecimal() and 0 < int(text) <= len(places):
            return top, places[int(text) - 1][1]
        for value, label, variables in top.step.choices:
            if self.say(self.language, label, **variables).casefold() == text.casefold():
                return top, value
        return None

    def agreed(self, waiting: Waiting, text: str) -> str | None:
        """Another word for yes or no, in any language, where that alone is asked."""
        step = waiting.step
        if not isinstance(step, Choose) or {value for value, _, _ in step.choices} != {"yes", "no"}:
            return None
        for value in ("yes", "no"):
            listed = ",".join(self.say(language, f"engine-{value}-words") for language in LANGUAGES)
            if text.casefold() in {word.strip() for word in listed.split(",")}:
                return value
        return None

    def taps(self, question: Waiting | None, answer: Any, key: Any) -> Bubble:
        for one in self.stack:
            if one.waiting is question and question is not None:
                self.stack = [other for other in self.stack if other is one or other.name not in ASIDES]
                self._lift(one)
                return self.picks(question, answer)
        at, text = self.taken.get(key, (None, ""))
        is_late = at is None or self.now - at >= timedelta(hours=24)
        opened = question.opened if question is not None else None
        elsewhere = is_late or not self.stack or self.stack[-1].name != answer
        if opened is not None and opened.name == "menu" and elsewhere:
            paged = isinstance(answer, str) and answer[0] in (MORE, PREVIOUS)
            return self._menu("") if paged else self._open(answer)
        over = opened is not None and all(one is not opened for one in self.stack)
        recent = [
            (asked.number, taken)
            for (asked, _), (since, taken) in self.taken.items()
            if over and asked.opened is opened and self.now - since < timedelta(hours=24)
        ]
        if is_late and not (recent and question.number < recent[-1][0]):
            return self.again("engine-old-button")
        text = recent[-1][1] if recent else text
        self.on_purpose = True
        now = self._play() if self.stack else Bubble("")
        return Bubble(text if text.endswith(now.text) else f"{text}\n\n{now.text}", now.choices)

    def sends_something_else(self, key: str, **variables: Any) -> Bubble:
        self._leave_offer()
        return self.again(key, **variables)

    def pushes(self, name: str, argument: str) -> Bubble:
        """The office opens a conversation of its own."""
        self.by_office = True
        over = [one for one in self.stack if one.pushed and (one.name, one.argument) == (name, argument)]
        self.stack = [*(one for one in self.stack if one not in over), Open(name, argument, pushed=True)]
        return self._play()

    def picks(self, question: Waiting, answer: Any) -> Bubble:
        if isinstance(answer, str) and answer[0] in (MORE, PREVIOUS):
            question.page = int(answer[1:])
            self.on_purpose = True
            return self._play()
        self.took = (question, answer)
        return self._play(answer)

    def page(self, waiting: Waiting) -> list[tuple[str, Any]]:
        """The choices of the page that is shown, with labels."""
        room, values = self.caps.page, list(waiting.step.choices)
        more, previous = (self.say(self.language, f"engine-{way}") for way in ("more", "previous"))
        if len(values) <= room:
            pages = [values]
        else:
            pages, values = [values[: room - 1]], values[room - 1 :]
            while len(values) > room - 1:
                pages, values = [*pages, values[: room - 2]], values[room - 2 :]
            pages.append(values)
        number = waiting.page = min(waiting.page, len(pages) - 1)
        shown = [(self.say(self.language, label, **more_), value) for value, label, more_ in pages[number]]
        if number + 1 < len(pages):
            shown.append((more, f"{MORE}{number + 1}"))
        if number:
            shown.append((previous, f"{PREVIOUS}{number - 1}"))
        return shown

    def again(self, key: str, **variables: Any) -> Bubble:
        if not self.stack:
            self._over(Open("menu"))
        self.no_answer = key in NO_ANSWERS
        return self._play(first=[self.say(self.language, key, **variables)])

    # Words.

    def _menu(self, _what: str) -> Bubble:
        self._over(Open("menu"))
        return self._play()

    def _cancel(self, _what: str) -> Bubble:
        if not self.stack or self.stack[-1].name == "menu":
            self._over(Open("menu"))
            return self.again("engine-nothing-to-cancel")
        del self.stack[-1:]
        if all(one.pushed for one in self.stack):
            self._over(Open("menu"))
        return self.again("engine-cancelled")

    def _back(self, _what: str) -> Bubble:
        top = self.stack[-1] if self.stack else None
        if top is not None and top.done and top.done[-1][0] != "do":
            kind, _ = top.done.pop()
            if kind == "choose":
                last = [key for key in self.taken if key[0].opened is top][-1:]
                for key in last:
                    del self.taken[key]
            top.waiting = None
            return self._play()
        if top is not None and not top.done and top.name in ASIDES and len(self.stack) > 1:
            self.stack.pop()
            return self._play()
        return self.again("engine-nothing-to-go-back")

    def _open(self, name: str) -> Bubble:
        name, _, argument = name.partition(" ")
        opened = Open(name, argument)
        if name in ASIDES:
            self.stack = [*(one for one in self.stack if one.name not in ASIDES), opened]
        else:
            self._over(opened)
        return self._play()

    def _answer(self, text: str) -> Bubble:
        if not self.stack and text.isdecimal() and len(text) <= 2:
            return self._menu("")
        for one in reversed(self.stack):
            if isinstance(one.waiting.step, Ask):
                self._lift(one)
                return self._play(text)
            if not one.pushed:
                break
        if self.stack and self.stack[-1].name != "menu":
            return self._play(None, wrong=True)
        self._over(Open("menu"))
        return self._play(first=[self.say(self.language, "engine-not-understood")])

    # Playing.

    def _over(self, opened: Open) -> None:
        self.stack = [*(one for one in self.stack if one.pushed), opened]

    def _lift(self, one: Open) -> None:
        self.stack = [*(other for other in self.stack if other is not one), one]

    def _play(self, answer: Any = None, *, first: list[str] | None = None, wrong: bool = False) -> Bubble:
        said: list[tuple[str, dict[str, Any]]] = []
        while True:
            if not self.stack:
                if said:
                    break
                self._over(Open("menu"))
            waiting = self._play_top(answer, said, wrong=wrong)
            answer, wrong = None, False
            if waiting is not None:
                break
        paragraphs = [*(first or []), *(self.say(self.language, key, **more) for key, more in said)]
        self.asked = ""
        if not self.stack:
            return Bubble("\n\n".join(paragraphs))
        step = waiting.step
        self.asked = self.say(self.language, step.key, **step.variables)
        paragraphs.append(self.asked)
        places = self.page(waiting) if isinstance(step, Choose) else []
        return Bubble("\n\n".join(paragraphs), [(label, (waiting, value)) for label, value in places])

    def _play_top(self, answer: Any, said: list[Any], *, wrong: bool) -> Waiting | None:
        """Play the innermost conversation to its next question (given) or its end (None)."""
        return Player(self, self.stack[-1], answer, said, wrong=wrong).play()
