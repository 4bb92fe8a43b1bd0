"""One run of a plain script over what was answered and done before: the model's counterpart of a replay."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.engine.plain_scripts import PLAIN, Ask, Choose, Do, Go, Interrupts, Refused, Say, Speak

if TYPE_CHECKING:
    from tests.engine.model import Talk


class Fault(Exception):
    """A step broke halfway."""


@dataclass(eq=False)
class Waiting:
    """A question that waits; asked again after a step back it is another one."""

    step: Choose | Ask
    number: int
    page: int = 0
    missed: int = 0


@dataclass(eq=False)
class Open:
    """One open conversation: what was answered and done."""

    name: str
    argument: str = ""
    done: list[tuple[str, Any]] = field(default_factory=list)
    waiting: Waiting | None = None
    asked: int = 0
    pushed: bool = False


class Player:
    """One run of a plain script."""

    def __init__(self, talk: "Talk", opened: Open, answer: Any, said: list[Any], *, wrong: bool) -> None:
        self.talk, self.opened, self.answer, self.said, self.wrong = talk, opened, answer, said, wrong
        self.live = opened.waiting is None and not opened.done
        self.place = 0

    def play(self) -> Waiting | None:
        if self.opened.name not in PLAIN:
            return self._ends(("engine-started-over", {}), menu=True)
        script = PLAIN[self.opened.name](self.opened.argument)
        try:
            step = next(script)
            while True:
                try:
                    outcome = self._do(step)
                except Refused as refused:
                    step = script.throw(refused)
                    continue
                if isinstance(outcome, Waiting):
                    return outcome
                if isinstance(step, Go):
                    self.talk.stack = [*self._waiting(), Open(step.name)]
                    return None
                step = script.send(outcome)
        except StopIteration:
            return self._ends()
        except Refused:
            return self._ends(("refusal-slot-full", {}))

    def _waiting(self) -> list[Open]:
        """The conversations that this one interrupts; a menu does not wait to be chosen from again."""
        return [one for one in self.talk.stack[:-1] if one.name != "menu"]

    def _ends(self, *said: tuple[str, dict[str, Any]], menu: bool = False) -> None:
        self.said += said
        self.talk.stack.pop()
        if menu:
            self.talk._over(Open("menu"))

    def _do(self, step: Any) -> Any:
        match step:
            case Say():
                if self.live:
                    self.said.append((step.key, step.variables))
            case Speak():
                if self.live:
                    self.talk.language = step.language
            case Interrupts():
                return bool(self._waiting())
            case Do():
                return self._carry_out(step)
            case Choose() | Ask():
                return self._question(step)
        return None

    def _carry_out(self, step: Do) -> None:
        if self.place < len(self.opened.done):
            if self._recorded() == "refused":
                raise Refused
            return
        refused = step.once_only and step.what in self.talk.effects
        if self.talk.broken():
            raise Fault
        self._record("do", "refused" if refused else "done")
        if refused:
            raise Refused
        self.talk.effects.append(step.what)

    def _question(self, step: Choose | Ask) -> Any:
        if self.place < len(self.opened.done):
            return self._recorded()
        waiting = self.opened.waiting
        if waiting is None:
            self.opened.asked += 1
            waiting = self.opened.waiting = Waiting(step, self.opened.asked)
            waiting.opened = self.opened
            return waiting
        waiting.step = step
        if self.wrong:
            self.said.append(("engine-choose-again", {}))
            waiting.missed += 1
        if self.answer is None:
            return waiting
        value = self.answer if isinstance(step, Choose) else step.reads(self.answer)
        if value is None:
            self.said.append(("refusal-bad-phone", {}))
            waiting.missed += 1
            return waiting
        self.answer = None
        self._record("choose" if isinstance(step, Choose) else "ask", value)
        return value

    def _recorded(self) -> Any:
        self.place += 1
        return self.opened.done[self.place - 1][1]

    def _record(self, kind: str, value: Any) -> None:
        self.opened.done.append((kind, value))
        self.opened.waiting = None
        self.place += 1
        self.live = True
