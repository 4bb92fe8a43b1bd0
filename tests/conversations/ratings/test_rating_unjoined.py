"""R7 on PostgreSQL, which keeps the number of the writing transaction beside every row, for anybody to read."""

import pytest

from storage.schema import metadata
from storage.store import Store
from tests.conversations.ratings.test_rating import answer, rows, serve
from tests.support.counter import counter_of

ANSWERS = ("answer_sets", "free_words", "answer_sums")


async def marks(counter, table):
    return {one for (one,) in await rows(counter, f'SELECT xmin::text FROM "{table}"')}


async def shared(counter):
    """Which tables hold a row that was written together with an answer."""
    others = [one for one in metadata.tables if one not in ANSWERS]
    of_answers = set().union(*[await marks(counter, table) for table in ANSWERS])
    return [table for table in others if of_answers & await marks(counter, table)]


@pytest.fixture
async def counter(postgres_only, vault, clock, tmp_path):
    store = await Store.open(postgres_only, vault=vault, clock=clock)
    opened = counter_of(store, clock, tmp_path)
    await opened.open()
    yield opened
    await opened.close()
    await store.close()


async def test_r7_nothing_in_the_database_links_an_answer_to_a_person(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1" + "432414344")
    assert "case_history" in await shared(counter), "a one opens its case together with the answer"
    await sri.taps("Perempuan")
    await sri.taps("Lewati")
    await sri.says("Ruangannya sejuk")
    await counter.passes(seconds=1)
    assert await shared(counter) == []
    (of_sets, of_words, of_sums) = [await marks(counter, table) for table in ANSWERS]
    assert len(of_sets | of_words | of_sums) == 1


async def test_r7_two_answers_of_one_day_cannot_be_told_apart(counter, sri):
    other = counter.resident("Budi")
    await serve(counter, sri, other)
    await answer(sri, "1" + "4" * 9)
    await counter.passes(seconds=1)
    await answer(other, "111")
    await other.says("batal")
    await counter.passes(seconds=1)
    assert len(await marks(counter, "answer_sets")) == 1
    assert await counter.count("unmixed_days") == 0
