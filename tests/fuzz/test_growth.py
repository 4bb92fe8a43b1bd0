"""Twice as long a text takes about twice the work, for everything that reads what somebody typed.

Work is counted, where it can be, in lines of Python that are run: the same number on every machine. What runs in C (a
regular expression, a search through a list) is measured in processor time of this process, the best of several tries;
only a text that takes a millisecond is measured at all, and only growth that goes on over two doublings counts.
"""

import ast
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from domain.refusals import Refusal
from domain.text.cells import Unusable
from tests.fuzz.typed import ANSWERS, READERS, filled, patterns, texts_for, tuples_of_patterns
from tests.fuzz.words import ambiguous, repeated_words

HANDLERS = Path(__file__).parents[2] / "handlers"
SIZE = 1024
MOST = 3.0
"""By how much the work may grow when the text is twice as long; the square of the length would make it 4."""
FEW_LINES = 4 * SIZE
TOO_MANY = 1_000_000  # lines for 4,096 characters
SHORT_SECONDS = 0.001
TOO_LONG_SECONDS = 10.0  # for 4,096 characters, on the slowest machine
TRIES = 7


def read(reader: Callable[[str], Any], text: str) -> None:
    with suppress(Refusal, Unusable, ValueError, OverflowError):
        reader(text)


class Enough(Exception):
    """More lines were run than any text here should take."""


def lines_of(reader: Callable[[str], Any], text: str) -> int:
    """How many lines of Python are run, up to `TOO_MANY`."""
    count = 0

    def see(_frame: Any, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        if count > TOO_MANY:
            raise Enough
        return see

    before = sys.gettrace()
    sys.settrace(see)
    try:
        with suppress(Enough):
            read(reader, text)
    finally:
        sys.settrace(before)
    return count


def seconds_of(reader: Callable[[str], Any], text: str) -> float:
    began = time.process_time()
    read(reader, text)
    return time.process_time() - began


def grows_by(short: float, long: float) -> float:
    return long / max(short, 1e-9)


def lines_explode(reader: Callable[[str], Any], make: Callable[[int], str], size: int = SIZE) -> bool:
    counts = [lines_of(reader, make(size))]
    for times in (2, 4):
        counts.append(lines_of(reader, make(size * times)))
        if counts[-1] > TOO_MANY:
            return True
        if counts[-1] < FEW_LINES or grows_by(*counts[-2:]) < MOST:
            return False
    return True


def seconds_explode(reader: Callable[[str], Any], make: Callable[[int], str], size: int = SIZE) -> bool:
    """Whether the time grows too fast from `size` to its double, and again to the next."""
    texts = [make(size * times) for times in (1, 2, 4)]
    best = [float("inf")] * 3
    for tried in range(TRIES):
        for place, text in enumerate(texts):
            best[place] = min(best[place], seconds_of(reader, text))
            if best[place] > TOO_LONG_SECONDS:
                return True
            if place and best[place] < SHORT_SECONDS:
                return False
        if tried > TRIES // 2 and min(grows_by(*best[:2]), grows_by(*best[1:])) < MOST:
            return False
    return True


def exploding(reader: Callable[[str], Any], explode: Callable[..., bool]) -> list[str]:
    return [name for name, make in texts_for().items() if explode(reader, make)]


@pytest.mark.parametrize("name", READERS)
def test_no_reader_of_typed_text_does_the_square_of_its_work(name):
    assert exploding(READERS[name], lines_explode) == []


@pytest.mark.parametrize("name", READERS)
def test_no_reader_of_typed_text_takes_the_square_of_its_time(name):
    assert exploding(READERS[name], seconds_explode) == []


PATTERNS = patterns()
EVERY = {name: pattern for name, (pattern, _) in PATTERNS.items()} | tuples_of_patterns()


@pytest.mark.parametrize("name", PATTERNS)
def test_no_regular_expression_goes_back_over_the_whole_text_again_and_again(name):
    pattern, is_searched = PATTERNS[name]

    def everything(text: str) -> None:
        pattern.fullmatch(text)
        if is_searched:
            pattern.sub("", text)

    assert exploding(everything, seconds_explode) == []


@pytest.mark.parametrize("name", EVERY)
def test_repeated_words_can_be_divided_in_one_way_only(name):
    assert [words for words in repeated_words(EVERY[name].pattern) if ambiguous(words)] == []


def test_words_that_can_be_divided_in_two_ways_are_found():
    two_ways = (
        r"(?:(?:a|b|a) ?)*",
        r"(?:(?:be|gini|begini) ?)*",
        r"(?: (?:a|a b|b c|c))+",
        r"(?:(?:as?|s) ?)*",
    )
    one_way = (r"(?:(?:a|b|ab) )*", r"(?:(?:a|ba|b?c) ?)*", r"(?: (?:a|a b))*")
    assert [any(map(ambiguous, repeated_words(pattern))) for pattern in (*two_ways, *one_way)] == (
        [True] * 4 + [False] * 3
    )


# What asks a question, and the place of the parser among its arguments.
ASKING = {"chat.ask": 1, "ask": 2, "written": 2}


def parsers(function: ast.AsyncFunctionDef) -> list[str]:
    """What the questions of a function are read with, except what its callers pass."""
    passed = [argument.arg for argument in function.args.args]
    asking = [
        (call, ASKING[ast.unparse(call.func)])
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ASKING
    ]
    found = [ast.unparse(call.args[place]) for call, place in asking]
    return [parser for parser in found if parser not in passed]


def test_what_every_question_reads_with_is_among_the_readers():
    asked = {
        (str(file.relative_to(HANDLERS)), parser)
        for file in HANDLERS.rglob("*.py")
        for function in ast.walk(ast.parse(file.read_text()))
        if isinstance(function, ast.AsyncFunctionDef)
        for parser in parsers(function)
    }
    assert asked == set(ANSWERS)


# --- the measure itself ---------------------------------------------------------------------------------------------


def _square_in_python(text: str) -> int:
    return sum(1 for one in text for other in text if one is other)


def _square_in_c(text: str) -> object:
    return re.search(r"\b[a-z-]+\.com", text)


def _straight(text: str) -> int:
    return sum(1 for _ in text for _ in range(20))


def test_the_measures_tell_the_square_from_the_straight():
    def make(size: int) -> str:
        return filled("a-", size)

    assert lines_explode(_square_in_python, make, 64)
    assert lines_explode(_square_in_python, make)
    assert any(seconds_explode(_square_in_c, make) for _ in range(5))
    assert not lines_explode(_straight, make, 64)
    assert not lines_explode(_straight, make)
    assert not seconds_explode(_straight, make)
