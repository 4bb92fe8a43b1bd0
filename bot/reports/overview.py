"""The figures of the office's overview: codes and numbers, worded by the page and written as CSV.

Members of the office read them, so a count of people is left out (None) where the public index would leave it out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal

from domain.cards.forecast.forecast import Worth
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.overview.figures import (
    Spread,
    ages,
    by_step,
    hidden_if_few,
    lengths_by_step,
    spread_of,
    steps,
    total,
)
from domain.ratings.disclosure import Guard, shown_cells
from domain.ratings.index import Tally, satisfaction_of
from domain.ratings.period import Period, monday_of
from storage.cards.forecasts import worth
from storage.overview.needs import on_waiting_list, open_cases
from storage.overview.sums import Subject, sums
from storage.ratings.tallies import people_by_month, tallies_by
from storage.session import Reading

Cell = str | int | float | date | None
Row = tuple[Cell, ...]
Sums = Mapping[tuple[date, str], int]
_BEGINNING = date(1900, 1, 1)
_REACHED = ("sent", "delivered", "read")
_MONTHLY_ABOVE_DAYS = 190
_USUAL = timedelta(weeks=12)
_LONGEST = timedelta(days=3 * 366)
_AGES = ((7, "sampai_7_hari"), (30, "sampai_30_hari"), (None, "lebih_lama"))
_ANSWERED = {"on-time": "tepat_waktu", "late": "terlambat"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: a table whose columns are codes. `daily`: rows of the file, if it has more than the page."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    daily: tuple[tuple[str, ...], Sequence[Row]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the overview is about. `point`: None for the whole office."""

    period: Period
    point: str | None
    today: date
    office: Office

    @classmethod
    def of(
        cls, first: date | None, last: date | None, *, point: str | None, today: date, office: Office
    ) -> "Scope":
        """Scope of these days, in either order, at most three years until today; usually of the last twelve weeks."""
        if first and last and first > last:
            first, last = last, first
        last = min(last or today, today)
        first = max(min(first or monday_of(last - _USUAL), last), last - _LONGEST)
        return cls(period=Period(first=first, last=last), point=point, today=today, office=office)

    @property
    def monthly(self) -> bool:
        """Whether a long period is shown by month instead of by week."""
        return (self.period.last - self.period.first).days > _MONTHLY_ABOVE_DAYS

    @property
    def step(self) -> str:
        """Column of the week or month."""
        return "bulan" if self.monthly else "minggu"

    @property
    def starts(self) -> list[date]:
        """First days of the weeks or months."""
        return steps(self.period, monthly=self.monthly)

    def by_step(self, counts: Sums, *parts: str) -> dict[date, int]:
        """Counts of some parts, or all, by week or month."""
        return by_step(counts, parts, self.period, monthly=self.monthly)

    def few(self, count: int) -> int | None:
        """A count of people, unless it is too small to be shown."""
        return hidden_if_few(count, least=self.office.rating.min_cell)


async def figures(db: Reading, scope: Scope) -> list[Figure]:
    """Figures of a point or of the office; some exist for the whole office only."""
    read = partial(sums, db, point=scope.point, first=scope.period.first, last=scope.period.last)
    ready = await read(subject=Subject.READY)
    stands = await sums(db, subject=Subject.STANDS, first=_BEGINNING, last=date.max, point=scope.point)
    found = [
        _backlog(scope, stands),
        _flow(scope, await read(subject=Subject.ENTERED), ready, await read(subject=Subject.HANDED)),
        _ready(scope, ready),
        _appointments(scope, await read(subject=Subject.SEATS)),
        _waiting(scope, await read(subject=Subject.WAITING), await on_waiting_list(db, point=scope.point)),
        _talks(scope, await read(subject=Subject.TALK_WAIT), await read(subject=Subject.TALK_LENGTH)),
        _announced(scope, await read(subject=Subject.ANNOUNCED)),
        _queue(scope, await read(subject=Subject.QUEUE)),
        await _index(db, scope),
    ]
    if scope.point is None:
        found += [
            await _index_by(db, scope, "point"),
            await _index_by(db, scope, "service"),
            _forecast(await worth(db)),
            _chats(scope, await read(subject=Subject.CHATS), await read(subject=Subject.CHATS_HELPED)),
            _cases(scope, await read(subject=Subject.CASES), await open_cases(db)),
        ]
    return found


def _backlog(scope: Scope, stands: Sums) -> Figure:
    rows: list[Row] = []
    for stage in [*(one.value for one in Stage), ""]:
        since = {day: count for (day, part), count in stands.items() if part == stage}
        spread = ages(since, scope.today)
        if spread.cases:
            rows.append((stage or "UNKNOWN", *_told(spread)))
    return Figure(name="backlog", columns=("tahap", "jumlah", *_DAYS), rows=rows)


def _flow(scope: Scope, entered: Sums, ready: Sums, handed: Sums) -> Figure:
    parts = [scope.by_step(one) for one in (entered, ready, handed)]
    rows: list[Row] = [(start, *(one[start] for one in parts)) for start in scope.starts]
    return Figure(name="flow", columns=(scope.step, "masuk", "siap_diambil", "selesai"), rows=rows)


def _ready(scope: Scope, ready: Sums) -> Figure:
    lengths = lengths_by_step(ready, scope.period, monthly=scope.monthly)
    rows = [(start, *_told(spread_of(of_step))) for start, of_step in lengths.items()]
    return Figure(name="ready", columns=(scope.step, "kartu", *_DAYS), rows=rows)


def _forecast(found: Worth) -> Figure:
    shares = [found.coverage, found.late, found.told]
    percent = [None if one is None else round(100 * one, 1) for one in shares]
    row = (found.cases, *percent, found.median_width_days)
    columns = (
        "kartu",
        "dalam_rentang_persen",
        "terlambat_persen",
        "diberi_rentang_persen",
        "lebar_median_hari",
    )
    return Figure(name="forecast", columns=columns, rows=[row] if found.cases else [], more={"worth": found})


def _appointments(scope: Scope, seats: Sums) -> Figure:
    offered = scope.by_step(seats, "offered")
    taken = scope.by_step(seats, *_TAKEN)
    parts = [scope.by_step(seats, part) for part in ("served", "no_show", "cancelled", "moved", "walk-in")]
    rows: list[Row] = [
        (
            start,
            offered[start],
            taken[start],
            _percent(taken[start], offered[start]),
            *(part[start] for part in parts[:2]),
            _percent(parts[1][start], parts[0][start] + parts[1][start]),
            *(part[start] for part in parts[2:]),
        )
        for start in scope.starts
    ]
    columns = (
        scope.step, "kursi", "dipesan", "terisi_persen", "datang", "tidak_datang", "tidak_datang_persen",
        "dibatalkan", "dipindah", "tanpa_janji",
    )  # fmt: skip
    return Figure(name="appointments", columns=columns, rows=rows)


def _waiting(scope: Scope, waiting: Sums, now: int) -> Figure:
    joined, placed = scope.by_step(waiting, "joined"), scope.by_step(waiting, "placed")
    rows = [(start, joined[start], placed[start]) for start in scope.starts]
    columns = (scope.step, "masuk_daftar", "mendapat_kursi")
    return Figure(name="waiting", columns=columns, rows=rows, more={"now": now})


def _chats(scope: Scope, chats: Sums, helped: Sums) -> Figure:
    channels = sorted({channel for _, channel in chats})
    every, asked = ({channel: scope.by_step(one, channel) for channel in channels} for one in (chats, helped))
    rows: list[Row] = [
        (start, channel, *_unaided(scope, every[channel][start], asked[channel][start]))
        for start in scope.starts
        for channel in channels
        if every[channel][start]
    ]
    daily: list[Row] = [
        (day, channel, *_unaided(scope, count, helped.get((day, channel), 0)))
        for (day, channel), count in sorted(chats.items())
    ]
    columns = ("kanal", "obrolan", "minta_petugas", "tanpa_petugas_persen")
    whole, people = sum(chats.values()), sum(helped.values())
    return Figure(
        name="chats",
        columns=(scope.step, *columns),
        rows=rows,
        daily=(("hari", *columns), daily),
        more={"whole": _unaided(scope, whole, people), "by_step": scope.by_step(chats)},
    )


def _unaided(scope: Scope, chats: int, asked: int) -> tuple[int, int | None, float | None]:
    """Chats, those that asked for a human, and the share that was answered without one."""
    few = scope.few(asked)
    return chats, few, None if few is None else _percent(max(0, chats - asked), chats)


def _talks(scope: Scope, wait: Sums, length: Sums) -> Figure:
    rows: list[Row] = []
    for name, counts in (("menunggu", wait), ("berlangsung", length)):
        spread = spread_of({int(minutes): count for minutes, count in total(counts).items()})
        rows.append((name, *_told_unless_few(scope, spread)))
    return Figure(name="talks", columns=("bagian", "percakapan", *_MINUTES), rows=rows)


def _queue(scope: Scope, queue: Sums) -> Figure:
    """Waits at the counter by the hour of arrival."""
    by_hour: dict[int, Counter[int]] = {}
    for part, count in total(queue).items():
        begun, _, minutes = part.partition(":")
        by_hour.setdefault(int(begun), Counter())[int(minutes)] += count
    rows: list[Row] = []
    for hour, lengths in sorted(by_hour.items()):
        rows.append((f"{hour:02d}.00", *_told_unless_few(scope, spread_of(lengths))))
    return Figure(name="queue", columns=("jam", "orang", *_MINUTES), rows=rows)


def _cases(scope: Scope, due: Sums, opened: Mapping[date, int]) -> Figure:
    least, parts = scope.office.rating.min_cell, total(due)
    answered = {name: parts[part] for part, name in _ANSWERED.items()}
    by_age = dict.fromkeys((name for _, name in _AGES), 0)
    for day, count in opened.items():
        age = (scope.today - day).days
        by_age[next(name for most, name in _AGES if most is None or age <= most)] += count
    rows: list[Row] = []
    for group in (answered, by_age):
        shown = shown_cells(group, least=least)
        rows += [(part, count if part in shown or not count else None) for part, count in group.items()]
    return Figure(name="cases", columns=("keadaan", "kasus"), rows=rows)


def _announced(scope: Scope, announced: Sums) -> Figure:
    parts = [scope.by_step(announced, *part) for part in ((), _REACHED, ("failed",), ("unknown",))]
    rows: list[Row] = [
        (start, *(part[start] for part in parts), _percent(parts[1][start], parts[0][start]))
        for start in scope.starts
    ]
    columns = (scope.step, "pesan", "sampai", "gagal", "tidak_pasti", "sampai_persen")
    return Figure(name="announced", columns=columns, rows=rows)


async def _index(db: Reading, scope: Scope) -> Figure:
    """Index of each whole month that the period touches, without months from which few answers could be computed."""
    months = scope.period.in_months(scope.today)
    guard = await _guard(db, scope, months, "point")
    rows: list[Row] = []
    for month, tally in (await tallies_by(db, "month", period=months, point=scope.point)).items():
        told = guard.tells(Period.of_months(month, 1), scope.point)
        rows.append((month, *_satisfaction(tally, told=told)))
    return Figure(name="index", columns=("bulan", *_INDEX), rows=rows)


async def _index_by(db: Reading, scope: Scope, group: Literal["point", "service"]) -> Figure:
    """Index of each point, or service, in the whole months that the period touches.

    The table of points and that of services are guarded apart: neither crosses the other.
    """
    months = scope.period.in_months(scope.today)
    guard = await _guard(db, scope, months, group)
    rows: list[Row] = [
        (one, *_satisfaction(tally, told=guard.tells(months, one)))
        for one, tally in (await tallies_by(db, group, period=months)).items()
    ]
    return Figure(name=f"index-{group}", columns=(_PLACES[group], *_INDEX), rows=rows)


async def _guard(db: Reading, scope: Scope, months: Period, by: Literal["point", "service"]) -> Guard:
    years = Period(first=date(months.first.year, 1, 1), last=date(months.last.year, 12, 31))
    return Guard(await people_by_month(db, period=years, by=by), scope.office.rating.min_cell)


def _satisfaction(tally: Tally, *, told: bool) -> Row:
    found = satisfaction_of(tally) if told else None
    return (found.people, float(found.ikm), found.grade.value) if found else _HIDDEN


_DAYS = ("median_hari", "p90_hari", "terlama_hari")
_MINUTES = ("median_menit", "p90_menit", "terlama_menit")
_TAKEN = ("booked", "arrived", "called", "served", "no_show", "open")
_HIDDEN = (None, None, None)
_INDEX = ("jawaban", "ikm", "mutu")
_PLACES = {"point": "titik", "service": "layanan"}


def _told(spread: Spread) -> tuple[int, int | None, int | None, int | None]:
    return spread.cases, spread.median, spread.ninetieth, spread.longest


def _told_unless_few(scope: Scope, spread: Spread) -> Row:
    return (None,) * 4 if scope.few(spread.cases) is None else _told(spread)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
