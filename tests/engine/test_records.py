"""How recorded values are written and read back, and how choices are laid out on pages."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Literal, NewType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import codec
from domain.office.office import Office
from domain.office.registration import NumberFormat
from handlers.engine.choosing import MORE, PREVIOUS, page_of, pages
from handlers.engine.recall import answer_loader, result_loader
from tests.engine.playground import Count

SlotId = NewType("SlotId", int)


class Colour(StrEnum):
    RED = "red"


async def nothing(db) -> None: ...
async def number(db) -> int: ...
async def perhaps(db) -> Count | None: ...
async def many(db) -> list[Count]: ...
async def fixed(db) -> tuple[Count, ...]: ...
async def several(db) -> list[tuple[Colour, ...]]: ...
async def colour(db) -> Colour | None: ...
async def day(db) -> date: ...
async def moment(db) -> datetime: ...
async def slot(db) -> SlotId: ...
async def table(db) -> dict[str, int]: ...
async def word(db) -> Literal["a", "b"]: ...
async def anything(db) -> Any: ...


@pytest.mark.parametrize(
    ("step", "value"),
    [
        (nothing, None),
        (number, 5),
        (perhaps, None),
        (perhaps, Count(3)),
        (many, [Count(1), Count(2)]),
        (fixed, (Count(1), Count(2))),
        (several, [(Colour.RED,), ()]),
        (colour, Colour.RED),
        (day, date(2026, 11, 23)),
        (moment, datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (slot, SlotId(7)),
        (table, {"a": 1}),
        (word, "a"),
        (anything, ["x", 1]),
    ],
)
def test_a_recorded_result_is_read_back_as_it_was(step, value):
    recorded = json.loads(json.dumps(codec.dump(value)))
    loaded = codec.read(result_loader(step), recorded)
    assert (loaded, type(loaded)) == (value, type(value))


async def either(db) -> Count | date: ...
async def office(db) -> Office: ...
async def pair(db) -> tuple[int, str]: ...


@pytest.mark.parametrize("step", [either, office, pair])
def test_a_result_that_cannot_be_loaded_again_is_refused_before_recording(step):
    with pytest.raises(TypeError, match="cannot be recorded"):
        result_loader(step)


def parse_day(text: str) -> date:
    return date.fromisoformat(text)


def parse_office(text: str) -> Office:
    raise NotImplementedError


class Calendar:
    def parse(self, text: str) -> date:
        return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("parse", "typed"),
    [
        (Count.parse, "5"),
        (NumberFormat(prefix="MJK").parse, "mjk2611020007z"),
        (parse_day, "2026-11-23"),
        (Calendar().parse, "2026-11-23"),
        (str.strip, " apa saja "),
        (str, "apa saja"),
        (lambda text: text.upper(), "ya"),
    ],
)
def test_a_recorded_answer_is_read_back_as_it_was(parse, typed):
    value = parse(typed)
    assert codec.read(answer_loader(parse), json.loads(json.dumps(codec.dump(value)))) == value


def test_an_answer_type_that_cannot_be_loaded_is_refused_before_asking():
    with pytest.raises(TypeError, match="cannot be recorded"):
        answer_loader(parse_office)
    with pytest.raises(TypeError):
        answer_loader(partial(parse_office))


@given(count=st.integers(0, 60), room=st.integers(3, 12))
def test_the_pages_hold_each_choice_once_in_order_and_never_too_many(count, room):
    shown = [page_of(count, page, room) for page in range(pages(count, room))]
    choices = [answer for page in shown for answer in page if answer not in (MORE, PREVIOUS)]
    assert choices == [str(index) for index in range(count)]
    assert all(len(page) <= room for page in shown)
    for number, page in enumerate(shown):
        assert (MORE in page) == (number < len(shown) - 1)
        assert (PREVIOUS in page) == (number > 0)
