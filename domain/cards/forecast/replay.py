"""Goes through the past day by day as if it were then: what would have been told, and what came of it.

The same walk gives today's outlook: its corrections come from the errors of all earlier days.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from domain.cards.forecast.conformal import EARLY, LATE, Tail
from domain.cards.forecast.outlook import (
    WAITING,
    Outlook,
    Question,
    Range,
    Untold,
    is_too_wide,
    lot,
    survival,
    uncut,
    width_of,
)
from domain.cards.forecast.passages import Passage, Wait, waits_of
from domain.cards.forecast.printing import WINDOW, Reason, simulate, why_not
from domain.cards.forecast.workdays import WorkDays
from domain.cards.stages import Stage

LEAST_CASES = 30
RECENT_DAYS = 180
"""At least so many cards must have become ready within so many days."""
ASKS_EVERY = 5
"""In a replay, people ask on the first day of a wait and again after so many working days."""
MOST_ASK = 50
"""Waits of one queue or stage and day that ask; a large office need not be asked for everybody."""
DRAWS_OF_THE_PAST = 400
"""Fewer draws than for today: there are hundreds of past days, and their noise averages out."""
_MOST_DELAYS = 500
_ORDER_FADES = 0.01  # a card
_MOST_KEPT_WAIT = 250


@dataclass(slots=True)
class Score:
    """What came of predictions, as sums: nobody's own prediction is kept.

    `asked` counts questions, `told` those answered with a range; `cases` are ranges whose end is known.
    """

    asked: int = 0
    told: int = 0
    cases: int = 0
    early: int = 0
    late: int = 0
    widths: Counter[int] = field(default_factory=Counter)

    @property
    def coverage(self) -> float | None:
        """Share of cards that were ready within their range."""
        return (self.cases - self.early - self.late) / self.cases if self.cases else None

    @property
    def median_width(self) -> int | None:
        """Median length of the ranges told, in days."""
        half, passed = (sum(self.widths.values()) + 1) // 2, 0
        for width in sorted(self.widths):
            passed += self.widths[width]
            if passed >= half:
                return width
        return None


@dataclass(slots=True)
class _Told:
    """A prediction whose end is not known yet."""

    scope: "_Scope"
    asked: int
    range: Range
    ends: tuple[float, float]
    chance: float
    counts: bool
    is_decided: bool = False
    teaches: bool = True  # not if printing stopped: no past error says when blanks will come


@dataclass(slots=True)
class _Scope:
    """State of one queue or stage."""

    days: WorkDays
    low: Tail = field(default_factory=lambda: Tail(EARLY))
    high: Tail = field(default_factory=lambda: Tail(LATE))
    begun: int = 0  # today
    scored: list[tuple[bool, bool]] = field(default_factory=list)  # of today: early, late
    ready: deque[tuple[date, int]] = field(default_factory=deque)  # lately: day, length of the wait
    lengths: Counter[int] = field(default_factory=Counter)
    unfinished: Counter[int] = field(default_factory=Counter)  # by number of their first day
    # Only of queues:
    order: Counter[date] = field(default_factory=Counter)
    arrival: Counter[date] = field(default_factory=Counter)
    # cards that others overtook, by both orders
    passed: list[float] = field(default_factory=lambda: [0.0, 0.0])
    printed: Counter[int] = field(default_factory=Counter)
    first_print: int | None = None
    delays: deque[int] = field(default_factory=lambda: deque(maxlen=_MOST_DELAYS))

    @property
    def by_arrival(self) -> bool:
        """Whether the office prints rather in the order of arrival than of complete requirements."""
        return self.passed[1] < self.passed[0]

    def compare_orders(self, wait: Wait) -> None:
        """Count the cards that a printed one overtook by either order; older ones fade."""
        for at, (waiting, own) in enumerate(((self.order, wait.order), (self.arrival, wait.since))):
            overtaken = sum(cards for day, cards in waiting.items() if day < own)
            self.passed[at] += _ORDER_FADES * (overtaken - self.passed[at])

    def counts(self, today: int) -> list[int]:
        """Cards printed on each of the last working days, oldest first."""
        if self.first_print is None:
            return []
        return [self.printed[day] for day in range(max(self.first_print, today - WINDOW + 1), today + 1)]


class Replay:
    """The walk; `days` has the working days of each point, past and coming, and `ready` the stage that ends a wait."""

    def __init__(
        self, days: Mapping[str, WorkDays], *, ready: frozenset[Stage], draws: int = DRAWS_OF_THE_PAST
    ) -> None:
        self._days, self._ready, self._draws = days, ready, draws
        self._scopes: dict[str, _Scope] = {}
        self._outlooks: dict[str, Outlook] = {}
        self._open: dict[Wait, list[_Told]] = defaultdict(list)
        self._due: dict[date, list[_Told]] = defaultdict(list)
        self._asks: dict[date, list[Wait]] = defaultdict(list)
        self.score = Score()
        self._begins: dict[date, list[Wait]] = defaultdict(list)
        self._leaves: dict[date, list[Wait]] = defaultdict(list)
        self._ends: dict[date, list[Wait]] = defaultdict(list)

    def add(self, passages: Iterable[Passage]) -> None:
        """Enter the waits of applications, before the walk begins; what was before the first working day is as if it were then."""
        for passage in passages:
            first = self._days[passage.point].day(1) if passage.point in self._days else None
            if first is not None:
                for wait in waits_of(passage, self._ready):
                    self._schedule(wait, first)

    def _schedule(self, wait: Wait, first: date) -> None:
        self._begins[max(wait.since, first)].append(wait)
        if wait.left is not None:
            self._leaves[max(wait.left, first)].append(wait)
        if wait.ended is not None:
            self._ends[max(wait.ended, first)].append(wait)

    @property
    def first_day(self) -> date | None:
        """First day on which anything is known."""
        return min(self._begins, default=None)

    def run(
        self, last: date, *, score_from: date | None = None, score_to: date | None = None
    ) -> Iterator[date]:
        """Walk to the evening of the last day, yielding each day; scored are questions of the given days."""
        day = self.first_day
        while day is not None and day <= last:
            self._pass(day)
            self._ask(day, counts=(score_from or day) <= day <= (score_to or day))
            yield day
            day += timedelta(days=1)

    def outlook(self, name: str, day: date, *, draws: int) -> Outlook:
        """Outlook of a queue or stage on the evening of the day that the walk has reached."""
        stage, _, queue = name.partition("@")
        scope = self._scopes[name]
        before = self._scopes.get(f"{WAITING}@{queue}")
        why: Reason | None = None
        if stage != Stage.PRINTED and before is not None:
            why = why_not(before.counts(before.days.number(day)))
        while scope.ready and scope.ready[0][0] <= day - timedelta(days=RECENT_DAYS):
            scope.lengths[scope.ready.popleft()[1]] -= 1
        cases = len(scope.ready)
        if cases < LEAST_CASES:
            why = "few"
        if why:
            return Outlook(why=why, cases=cases)
        if stage == WAITING:
            return self._of_queue(name, scope, day, draws=draws, cases=cases)
        today = scope.days.number(day)
        unfinished = Counter[int]()
        for first, waiting in scope.unfinished.items():
            if waiting and today - first <= _MOST_KEPT_WAIT:  # a forgotten application is no wait
                unfinished[today - first] += waiting
        return Outlook(
            cases=cases,
            curve=survival(scope.lengths, unfinished),
            low=scope.low.correction,
            high=scope.high.correction,
        )

    def _of_queue(self, name: str, scope: _Scope, day: date, *, draws: int, cases: int) -> Outlook:
        today = scope.days.number(day)
        waiting = sorted((scope.arrival if scope.by_arrival else scope.order).items())
        places = tuple(accumulate(cards for _, cards in waiting))
        reach = simulate(
            scope.counts(today),
            weekday=lambda ahead: scope.days.weekday(today + ahead),
            delays=list(scope.delays),
            most=places[-1] if places else 0,
            seed=f"{name}:{day.toordinal()}",
            draws=draws,
        )
        order = tuple(of.toordinal() for of, _ in waiting)
        return Outlook(
            cases=cases,
            fast=reach.fast,
            slow=reach.slow,
            order=order,
            places=places,
            by_arrival=scope.by_arrival,
            low=scope.low.correction,
            high=scope.high.correction,
        )

    @property
    def scopes(self) -> list[str]:
        """Names of all queues and stages so far."""
        return sorted(self._scopes)

    def _scope(self, wait: Wait) -> _Scope:
        if wait.scope not in self._scopes:
            self._scopes[wait.scope] = _Scope(self._days[wait.point])
        return self._scopes[wait.scope]

    def _pass(self, day: date) -> None:
        """Take in what happened on a day, and learn from the predictions that it decided."""
        self._outlooks.clear()
        for wait in self._begins.get(day, ()):
            self._begin(self._scope(wait), wait, day)
        for wait in self._leaves.get(day, ()):
            self._leave(self._scope(wait), wait, day)
        for wait in self._ends.get(day, ()):
            self._end(self._scope(wait), wait, day)
        for told in self._due.pop(day, ()):
            self._decide(told, late=True)
        for scope in self._scopes.values():
            cases = len(scope.scored)
            scope.low.learn(cases, sum(early for early, _ in scope.scored))
            scope.high.learn(cases, sum(late for _, late in scope.scored))
            scope.scored.clear()
            scope.begun = 0

    def _begin(self, scope: _Scope, wait: Wait, day: date) -> None:
        scope.unfinished[scope.days.number(wait.since)] += 1
        scope.order[wait.order] += 1
        scope.arrival[wait.since] += 1
        scope.begun += 1
        if scope.begun <= MOST_ASK:
            self._asks[day].append(wait)

    def _leave(self, scope: _Scope, wait: Wait, day: date) -> None:
        for waiting, own in ((scope.order, wait.order), (scope.arrival, wait.since)):
            waiting[own] -= 1
            if not waiting[own]:
                del waiting[own]
        if not wait.printed:
            return
        scope.compare_orders(wait)
        number = scope.days.number(day)
        scope.printed[number] += 1
        scope.first_print = number if scope.first_print is None else scope.first_print

    def _end(self, scope: _Scope, wait: Wait, day: date) -> None:
        number, since = scope.days.number(day), scope.days.number(wait.since)
        scope.unfinished[since] -= 1
        if wait.is_ready:
            scope.ready.append((day, number - since))
            scope.lengths[number - since] += 1
            if wait.printed and wait.left is not None:
                scope.delays.append(number - scope.days.number(wait.left))
        for told in self._open.pop(wait, ()):
            if wait.is_ready:
                self._settle(told, day, number)
            told.is_decided = True  # also where the application was given up: nobody knows

    def _settle(self, told: _Told, day: date, number: int) -> None:
        """Compare a range with the day on which the card was ready."""
        low, high = told.ends
        took, width = number - told.asked + told.chance, width_of(told.ends)
        if told.teaches:
            told.scope.low.add((low - took) / width)
            told.scope.high.add((took - high) / width)
        self._decide(told, early=day < told.range.earliest, late=day >= told.range.before)

    def _decide(self, told: _Told, *, early: bool = False, late: bool = False) -> None:
        """Count a prediction; a late one counts on the day that it promised to be over, not when the card is ready."""
        if told.is_decided:
            return
        told.is_decided = True
        if told.teaches:
            told.scope.scored.append((early, late))
        if told.counts:
            self.score.cases += 1
            self.score.early += early
            self.score.late += late

    def _ask(self, day: date, *, counts: bool) -> None:
        for wait in self._asks.pop(day, ()):
            if min(wait.ended or date.max, wait.left or date.max) <= day:
                continue
            told = self._ask_one(wait, day, counts=counts)
            if told is None and self._outlooks[wait.scope].why == "stalled":
                for before in self._open.get(wait, ()):
                    before.teaches = False
            if told is not None:
                self._open[wait].append(told)
                self._due[told.range.before].append(told)
            days = self._days[wait.point]
            again = days.day(days.number(day) + ASKS_EVERY)
            if again is not None:
                self._asks[again].append(wait)

    def _ask_one(self, wait: Wait, day: date, *, counts: bool) -> _Told | None:
        scope = self._scopes[wait.scope]
        if wait.scope not in self._outlooks:
            self._outlooks[wait.scope] = self.outlook(wait.scope, day, draws=self._draws)
        outlook = self._outlooks[wait.scope]
        question = Question(id=wait.id, order=wait.order, since=wait.since)
        self.score.asked += counts
        answer = uncut(outlook, question, scope.days, day)
        if isinstance(answer, Untold):
            return None
        counts = counts and not is_too_wide(answer, scope.days)
        self.score.told += counts
        self.score.widths[(answer.before - answer.earliest).days] += counts
        asked = scope.days.number(day)
        ends = outlook.ends(question, waited=asked - scope.days.number(wait.since)) or (0.0, 0.0)
        return _Told(
            scope=scope, asked=asked, range=answer, ends=ends, chance=lot(question, day), counts=counts
        )
