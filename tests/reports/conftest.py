"""An office whose residents have answered: one database is enough where a test is about a report."""

from collections.abc import AsyncIterator, Sequence
from datetime import date

import pytest

from bot.reports.pen import Pen
from domain.ratings.figures import Figures
from domain.ratings.index import ELEMENTS, Scores
from domain.ratings.period import Period
from domain.ratings.survey import TimeBand
from storage.ratings import answers
from storage.ratings.figures import figures
from storage.store import Store
from tests.support.texts import THE_OFFICE, the_texts

YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
DAY = date(2026, 11, 20)
# The sums of the known report, dealt out to 29 people: index 3.6590, IKM 91.48, A.
SUMS = (105, 101, 100, 116, 102, 105, 106, 105, 115)
KNOWN = [
    {element: total // 29 + (one < total % 29) for element, total in zip(ELEMENTS, SUMS, strict=True)}
    for one in range(29)
]


@pytest.fixture
async def rated(_sqlite_url: str, vault, clock) -> AsyncIterator[Store]:
    opened = await Store.open(_sqlite_url, vault=vault, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
def pen() -> Pen:
    return Pen(texts=the_texts(), language="id", office=THE_OFFICE)


async def answered(
    store: Store, given: Sequence[Scores], *, on: date = DAY, point: str = "sooko", service: str = "ktp_baru"
) -> None:
    for scores in given:
        await store.write(
            lambda db, scores=scores: answers.store_answers(
                db, scores=scores, on=on, band=TimeBand.MORNING, point=point, service=service
            )
        )


async def figures_of(store: Store, period: Period = YEAR) -> Figures:
    return await store.read(lambda db: figures(db, period=period))
