"""The public satisfaction page and its file: no script, no cookie, no personal data."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.reports.pen import Pen
from bot.reports.public import Public, year
from bot.web.page import Pages
from domain.office.office import Office
from domain.ratings.figures import Figures
from domain.ratings.period import Period
from storage.cards.forecasts import worth
from storage.ratings.figures import figures
from storage.ratings.tallies import days_answered, tally
from storage.session import Reading, StoreDown
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionPage:
    """Serves /kepuasan and /kepuasan.csv; `?tahun=2025` selects a year."""

    store: Store
    pages: Pages
    office: Office

    async def show(self, request: Request) -> Response:
        """Serve `GET /kepuasan`."""
        try:
            public, years = await self._public(request)
            forecast = public.pen.forecast(await self.store.read(worth))
        except StoreDown:
            return self.pages.draw(request, "error.html", status=503, key="skm-web-down")
        return self.pages.draw(
            request,
            "kepuasan.html",
            public=public,
            pen=public.pen,
            figures=public.figures,
            years=years,
            forecast=forecast,
        )

    async def download(self, request: Request) -> Response:
        """Serve `GET /kepuasan.csv`: the figures of the page, with the same hidden cells."""
        try:
            public, _ = await self._public(request)
        except StoreDown:
            return self.pages.draw(request, "error.html", status=503, key="skm-web-down")
        name = f"kepuasan-{public.figures.period.first.year}.csv"
        return Response(
            public.as_csv(),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    async def _public(self, request: Request) -> tuple[Public, list[int]]:
        """Public figures of the year, and all years with answers, newest first."""
        given = request.query_params.get("tahun")
        this_year = self.office.today(self.store.clock()).year
        found, years = await self.store.read(self._read, given=given, this_year=this_year)
        pen = Pen(texts=self.pages.texts, language=self.pages.language(request), office=self.office)
        return Public(figures=found, pen=pen, least=self.office.rating.min_cell), years

    async def _read(self, db: Reading, *, given: str | None, this_year: int) -> tuple[Figures, list[int]]:
        answered: Period | None = await days_answered(db)
        years = [this_year]
        if answered is not None:
            years = [*range(max(answered.last.year, this_year), answered.first.year - 1, -1)]
        wanted = await self._newest(db, years) if given is None else _year_of(given, years)
        return await figures(db, period=year(wanted), people=False), years

    async def _newest(self, db: Reading, years: list[int]) -> int:
        """Newest year with enough answers to show; else the current one."""
        for one in years:
            if (await tally(db, period=year(one))).people >= self.office.rating.min_cell:
                return one
        return years[0]


def _year_of(given: str, years: list[int]) -> int:
    if given not in map(str, years):
        raise HTTPException(404)
    return int(given)
