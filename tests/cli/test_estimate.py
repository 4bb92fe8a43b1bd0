"""`loket estimate`: what the ranges are worth, on the command line."""

import csv
import json

import pytest

from bot.setup.clock import wall_clock
from tests.support.past import past_files

TODAY = wall_clock()().date()


def fill(loket) -> None:
    for place, rows in enumerate(past_files(until=TODAY, days=60, wait=4)):
        path = loket.folder / f"register-{place}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            table.writerows(rows)
        assert loket("import", str(path)).code == 0


@pytest.mark.thorough
def test_a_replay_prints_the_agreed_figures(loket):
    fill(loket)
    done = loket("estimate", "--replay", "--json")
    assert done.code == 0, done.told
    found = json.loads(done.out)
    assert set(found) == {"cases", "coverage", "late", "median_width_days", "told"}
    assert found["cases"] > 50
    assert 0.85 <= found["coverage"] <= 1
    assert found["late"] <= 0.07
    table = loket("estimate", "--replay", "--from", f"{TODAY}").out
    assert table.splitlines()[0].split()[-1] == "0"
    assert "Ready within the range" in table


def test_wrong_days_are_refused(loket):
    assert loket("estimate", "--replay", "--from", "yesterday").code == 2
    assert loket("estimate", "--replay", "--from", "2026-02-02", "--to", "2026-02-01").code == 2
    assert loket("estimate", "--from", "2026-02-02").code == 2
    assert json.loads(loket("estimate", "--json").out)["cases"] == 0
