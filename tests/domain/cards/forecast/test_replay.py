"""The ranges on simulated offices: right in 85 to 95 of 100 cases, and late in at most 7."""

import pytest

from domain.cards.forecast.forecast import Worth
from domain.cards.forecast.passages import Passage, ready_stages
from domain.cards.forecast.replay import Replay
from domain.cards.forecast.workdays import WorkDays
from domain.cards.stages import Stage
from tests.domain.cards.forecast.offices import OFFICES, Point, around, pausing, simulated
from tests.support.exploring import examples

DAYS, DRAWS = 200, 100


def replay_of(passages: list[Passage], calendar: dict[str, WorkDays], *, draws: int) -> Replay:
    recorded = {stage for passage in passages for _, stage in passage.steps}
    replay = Replay(calendar, ready=ready_stages(recorded), draws=draws)
    replay.add(passages)
    return replay


def worth(points: list[Point], seed: int, *, days: int = DAYS) -> Worth:
    passages, calendar, last = simulated(points, days=days, seed=seed)
    replay = replay_of(passages, calendar, draws=DRAWS)
    for _ in replay.run(last):
        pass
    return Worth.of(replay.score)


@pytest.mark.parametrize("name", OFFICES)
def test_ranges_hold_what_they_say(name):
    found = worth(OFFICES[name](), seed=1)
    assert found.cases > 3_000
    assert 0.85 <= found.coverage <= 0.95
    assert found.late <= 0.07
    assert found.told > 0.7
    assert found.median_width_days < 12


@pytest.mark.thorough
@pytest.mark.parametrize("name", OFFICES)
def test_ranges_hold_whatever_the_seed(name):
    """On average over other seeds well inside, and in none far outside."""
    found = [worth(OFFICES[name](), seed=seed) for seed in range(100, 100 + examples(4))]
    coverage = [one.coverage for one in found]
    assert 0.87 <= sum(coverage) / len(coverage) <= 0.945
    assert min(coverage) > 0.83
    assert max(coverage) < 0.965
    assert sum(one.late for one in found) / len(found) <= 0.05
    assert max(one.late for one in found) <= 0.09


def test_nothing_is_told_while_printing_has_stopped():
    passages, calendar, last = simulated(
        [Point("a", around(20), pausing(around(20), 60, 20), 100)], days=75, seed=1
    )
    replay = replay_of(passages, calendar, draws=DRAWS)
    outlooks = {}
    for day in replay.run(last):
        if "WAITING@a/ktp" in replay.scopes:
            outlooks[day] = replay.outlook("WAITING@a/ktp", day, draws=20)
    days = calendar["a"]
    assert outlooks[days.day(59)].why is None
    assert outlooks[days.day(70)].why == "stalled"


def test_a_replay_up_to_a_day_knows_nothing_of_later_days():
    passages, calendar, _ = simulated(OFFICES["steady"](), days=120, seed=3)
    cut = calendar["a"].day(80)
    short, long = (replay_of(passages, calendar, draws=50) for _ in range(2))
    for _ in short.run(cut):
        pass
    for day in long.run(calendar["a"].day(110)):
        if day == cut:
            then = long.outlook("WAITING@a/ktp", day, draws=50)
    assert short.outlook("WAITING@a/ktp", cut, draws=50) == then


def passing(one: int, *steps: tuple[int, Stage], point: str = "a", calendar: dict[str, WorkDays]) -> Passage:
    """An application with these stages, by the number of their working day."""
    days = calendar["a"]
    dated = tuple((days.day(number), stage) for number, stage in steps)
    return Passage(id=one, service="ktp_baru", point=point, order=None, steps=dated)


def test_cards_given_up_or_handed_out_unprinted_teach_nothing_about_printing():
    passages, calendar, _ = simulated(OFFICES["steady"](), days=120, seed=3)
    odd = [
        passing(9001, (60, Stage.WAITING_BLANK), (90, Stage.CANCELLED), calendar=calendar),
        passing(
            9002,
            (60, Stage.WAITING_BLANK),
            (70, Stage.DOCS_INCOMPLETE),
            (80, Stage.READY_FOR_PICKUP),
            calendar=calendar,
        ),
        passing(9003, (60, Stage.WAITING_BLANK), (61, Stage.PRINTED), point="closed down", calendar=calendar),
    ]
    plain, with_odd = (replay_of(some, calendar, draws=20) for some in (passages, [*passages, *odd]))
    for replay in (plain, with_odd):
        for _ in replay.run(calendar["a"].day(110)):
            pass
    usual, mixed = (one._scopes["WAITING@a/ktp"] for one in (plain, with_odd))
    assert mixed.printed == usual.printed
    assert list(mixed.delays) == list(usual.delays)
    assert len(mixed.ready) == len(usual.ready) + 1
    assert not any("closed down" in name for name in with_odd.scopes)


def test_a_replay_reaches_the_last_known_working_day():
    passages, calendar, last = simulated(OFFICES["steady"](), days=80, seed=3)
    known = {"a": WorkDays(tuple(one for one in calendar["a"].ordinals if one <= last.toordinal()))}
    replay = replay_of(passages, known, draws=20)
    assert [*replay.run(last)][-1] == last
    assert replay.score.asked > 0
