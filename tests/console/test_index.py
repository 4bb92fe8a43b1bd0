"""The index for staff below approver: sums of whole months, from which no single answer can be computed."""

import re
from datetime import date

import pytest

from domain.staff.roles import Role
from tests.console.conftest import ConsoleCounter
from tests.console.test_pages import answered


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OFFICER])
async def test_the_days_of_a_month_cannot_be_told_apart_below_approver(counter: ConsoleCounter, role: Role):
    for day in range(1, 11):
        await answered(counter, 1, on=date(2026, 7, day), score=1 + day % 4)
    await answered(counter, 6, on=date(2026, 11, 2))
    visitor = await counter.enter(role)
    pages, files = set(), set()
    for day in range(5, 11):
        asked = f"dari=2026-07-02&sampai=2026-07-{day:02d}"
        page = (await visitor.opens(f"/staf/ikm?{asked}")).text
        assert "masa selalu dihitung dalam bulan utuh" in page
        assert 'value="2026-07-01"' in page
        assert 'value="2026-07-31"' in page
        pages.add(re.search(r"<main.*", page, re.DOTALL)[0])
        files |= {
            (await visitor.opens(f"/staf/ikm/{file}?{asked}")).content
            for file in ("laporan.pdf", "grafik.png")
        }
    assert (len(pages), len(files)) == (1, 2)
    approver = await counter.enter(Role.APPROVER)
    assert "dihitung dalam bulan utuh" not in (await approver.opens("/staf/ikm")).text
    assert 'value="2026-07-01"' in (await approver.opens("/staf/ikm?dari=2026-07-01&sampai=2026-07-01")).text


async def test_a_month_of_one_answer_is_not_left_over_from_two_periods(counter: ConsoleCounter):
    for month in (6, 7, 8):
        await answered(counter, 6, on=date(2026, month, 5))
    await answered(counter, 1, on=date(2026, 9, 5), score=1)
    viewer = await counter.enter(Role.VIEWER)
    few = "terlalu sedikit untuk ditampilkan"

    async def told(first: int, last: int) -> bool:
        page = (await viewer.opens(f"/staf/ikm?dari=2026-{first:02d}-01&sampai=2026-{last:02d}-28")).text
        return few not in page

    assert await told(1, 11)  # the year, as on the public page
    assert not await told(6, 8)  # it would leave September of the year
    assert not await told(9, 9)
    assert not await told(8, 9)
    refused = await viewer.opens("/staf/ikm/laporan.pdf?dari=2026-06-01&sampai=2026-08-31")
    assert refused.status_code == 403


async def test_a_points_single_answer_cannot_be_computed_from_the_offices_figures(counter: ConsoleCounter):
    for month in (6, 7, 8):
        await answered(counter, 6, on=date(2026, month, 5))
        await answered(counter, 6, on=date(2026, month, 5), point="mojosari")
    await answered(counter, 1, on=date(2026, 8, 5), point="jetis", score=1)
    viewer = await counter.enter(Role.VIEWER)
    few = "terlalu sedikit untuk ditampilkan"
    august = "dari=2026-08-01&sampai=2026-08-31"
    assert few not in (await viewer.opens(f"/staf/ikm?{august}")).text
    for point in ("sooko", "mojosari", "jetis"):
        assert few in (await viewer.opens(f"/staf/ikm?{august}&titik={point}")).text
