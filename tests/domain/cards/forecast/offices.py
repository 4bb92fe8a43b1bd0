"""Simulated offices with a print queue in the order of the day on which an application was complete."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from domain.cards.forecast.passages import Passage
from domain.cards.forecast.workdays import WorkDays
from domain.cards.stages import Stage

FIRST = date(2026, 1, 5)  # a Monday
Amount = Callable[[int, Random], int]
"""Cards of a working day, by its number."""


@dataclass
class Point:
    """A point of the office: how many cards arrive and how many are printed a day."""

    name: str
    arrivals: Amount
    prints: Amount
    backlog: int = 0
    queue: list[int] = field(default_factory=list)


def around(mean: float, spread: float = 0.25) -> Amount:
    return lambda _, chance: max(0, round(chance.gauss(mean, mean * spread)))


def workdays(days: int) -> list[date]:
    every = (FIRST + timedelta(days=n) for n in range(days * 2))
    return [day for day in every if day.weekday() < 5][:days]


def simulated(
    points: list[Point], *, days: int, seed: int
) -> tuple[list[Passage], dict[str, WorkDays], date]:
    """Passages of an office, the working days of its points, and its last day."""
    chance = Random(seed)
    calendar = workdays(days + 200)
    past = calendar[:days]
    passages: dict[int, list] = {}
    owner: dict[int, tuple[str, date]] = {}

    def arrive(point: Point, number: int, day: date) -> None:
        for _ in range(number):
            one = len(passages) + 1
            lag = chance.choice((0, 0, 1, 2))
            owner[one] = (point.name, day - timedelta(days=lag))
            passages[one] = [(day, Stage.WAITING_BLANK)]
            point.queue.append(one)

    for point in points:
        arrive(point, point.backlog, past[0])
    for number, day in enumerate(past):
        for point in points:
            point.queue.sort(key=lambda one: (owner[one][1], chance.random()))
            amount = min(point.prints(number, chance), len(point.queue))
            made, point.queue = point.queue[:amount], point.queue[amount:]
            for one in made:
                passages[one].append((day, Stage.PRINTED))
                ready = number + chance.choice((0, 1, 1, 2))
                if ready < days:
                    passages[one].append((past[ready], Stage.READY_FOR_PICKUP))
            arrive(point, point.arrivals(number, chance), day)
    found = [
        Passage(id=one, service="ktp_baru", point=owner[one][0], order=owner[one][1], steps=tuple(steps))
        for one, steps in passages.items()
    ]
    return found, {point.name: WorkDays.of(calendar) for point in points}, past[-1]


def deliveries(weekly: int, a_day: int) -> Amount:
    """Blanks come on Tuesdays; they are printed until they are used up."""
    stock = [0]

    def prints(number: int, chance: Random) -> int:
        if number % 5 == 1:
            stock[0] = max(0, round(chance.gauss(weekly, weekly * 0.15)))
        made = min(stock[0], max(0, round(chance.gauss(a_day, a_day * 0.1))))
        stock[0] -= made
        return made

    return prints


def pausing(amount: Amount, first: int, days: int) -> Amount:
    return lambda number, chance: 0 if first <= number < first + days else amount(number, chance)


OFFICES: dict[str, Callable[[], list[Point]]] = {
    "steady": lambda: [Point("a", around(20), around(20), backlog=200)],
    "weekly deliveries": lambda: [Point("a", around(20), deliveries(100, 50), backlog=200)],
    "stock-out": lambda: [Point("a", around(16), pausing(around(20), 110, 30), backlog=120)],
    "growing backlog": lambda: [Point("a", around(24), around(20), backlog=100)],
    "two speeds": lambda: [
        Point("a", around(20), around(20), backlog=200),
        Point("b", around(6), around(6, 0.5), backlog=90),
    ],
}
