"""Answer sets, stored after the ninth answer together with the sums for the index; no person, no time."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Insert, Row, bindparam, func, select, update

from domain import codec
from domain.ratings.index import ELEMENTS, Element, Scores, is_complete
from domain.ratings.period import Period, monday_of
from domain.ratings.survey import PROFILE, Profile, TimeBand
from domain.webhooks.webhook import EventType
from storage.ids import new_id
from storage.ratings import mixing
from storage.schema import answer_sets, answer_sums, free_words, improvements, of_row
from storage.session import Reading, Writing
from storage.store import Store
from storage.webhooks import events

_KEY_BITS = 63
_PAGE = 5000
# A longer period is scanned in table order; over a million rows that is five times as fast as the index.
_READ_BY_INDEX = timedelta(days=100)
_WORD = "free_words.word:{}"
ADDED = ("people", *(element.value for element in ELEMENTS), "squares")

_add_set = answer_sets.insert()
_add_word = free_words.insert()
_add_improvement = improvements.insert()
_add_sums: dict[str, Insert] = {}
_newest_improvement = select(improvements.c.told).order_by(improvements.c.id.desc()).limit(1)
_answered_on = select(answer_sets.c.answered_on).where(answer_sets.c.key == bindparam("of_key"))
_people_of_month = select(func.sum(answer_sums.c.people)).where(
    answer_sums.c.span == "month", answer_sums.c.starts_on == bindparam("month")
)
_set_profile = (
    update(answer_sets)
    .where(answer_sets.c.key == bindparam("of_key"))
    .values({part: bindparam(f"new_{part}") for part in PROFILE})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSet:
    """One complete or partial set, as exported."""

    key: int
    answered_on: date
    band: TimeBand
    point: str
    service: str
    scores: Scores
    complete: bool
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWord:
    """A resident's free text, linked to no answer set."""

    key: int
    written_on: date
    word: str


async def store_answers(
    db: Writing, *, scores: Scores, on: date, band: TimeBand, point: str, service: str
) -> int:
    """Store an answer set and return its random key; nine answers count in the index from this commit.

    Fewer than nine are stored as partial and never counted. `on` and `band` are the office's day and time band;
    `point` and `service` are "" if unknown.
    """
    key = secrets.randbits(_KEY_BITS)
    complete = is_complete(scores)
    answers = {element.value: scores.get(element) for element in ELEMENTS}
    place = {"point": point, "service": service, **answers}
    row = {"key": key, "answered_on": on, "time_band": band.value, "complete": complete, **place}
    await mixing.note(db, day=on)
    await db.run(_add_set, {**row, **dict.fromkeys(PROFILE)})
    if complete:
        sums = {**place, "people": 1, "squares": sum(scores[element] for element in ELEMENTS) ** 2}
        await db.run(_sums(db), {**sums, "span": "day", "starts_on": on})
        await db.run(_sums(db), {**sums, "span": "month", "starts_on": on.replace(day=1)})
        await _tell(db, on)
    return key


async def _tell(db: Writing, on: date) -> None:
    """Tell webhooks how many complete sets the month has: no answer, and the hour instead of the minute."""
    wanted = await events.listeners(db, EventType.RATED)
    if wanted:
        people = int(await db.scalar(_people_of_month, {"month": on.replace(day=1)}))
        data = {"month": f"{on:%Y-%m}", "answers": people}
        await events.tell_by_the_hour(db, EventType.RATED, data, wanted)


async def add_profile(db: Writing, *, key: int, profile: Profile) -> None:
    """Store the profile with its answers, replacing an earlier one."""
    parts = {f"new_{part}": value for part, value in codec.dump(profile).items()}
    await mixing.note(db, day=await db.scalar(_answered_on, {"of_key": key}))
    await db.run(_set_profile, {"of_key": key, **parts})


async def store_word(db: Writing, *, word: str, on: date) -> None:
    """Store a free text, sealed, under its own random key, so that nothing links it to an answer set.

    It is dated by the Monday of its week, because a case may hold the same text and leads to a chat.
    """
    key, week = secrets.randbits(_KEY_BITS), monday_of(on)
    sealed = db.vault.seal(word, at=_WORD.format(key))
    await mixing.note(db, day=week)
    await db.run(_add_word, {"key": key, "written_on": week, "word": sealed})


async def words(db: Reading, *, period: Period, limit: int) -> list[FreeWord]:
    """The newest free texts of the weeks that the period touches; those of a week are ordered by random key."""
    written = free_words.c.written_on.between(monday_of(period.first), period.last)
    newest = select(free_words).where(written).order_by(free_words.c.written_on.desc(), free_words.c.key)
    rows = await db.rows(newest.limit(limit))
    return [
        FreeWord(
            key=row.key, written_on=row.written_on, word=db.vault.open(row.word, at=_WORD.format(row.key))
        )
        for row in rows
    ]


async def answer_sets_of(
    store: Store, *, period: Period, point: str | None = None, service: str | None = None
) -> AsyncIterator[AnswerSet]:
    """All sets of the period, complete and partial, by random key; read in pages to bound memory."""
    after = -1
    while True:
        query = (
            select(answer_sets)
            .where(answer_sets.c.key > after, *chosen(period, point, service))
            .order_by(answer_sets.c.key)
            .limit(_PAGE)
        )
        rows = await store.read(lambda db, query=query: db.rows(query))  # type: ignore[misc]
        for row in rows:
            yield _answer_set(row)
        if len(rows) < _PAGE:
            return
        after = rows[-1].key


def chosen(period: Period, point: str | None, service: str | None) -> list[ColumnElement[bool]]:
    """Conditions for a period, point and service; None = all."""
    day: ColumnElement[date] = answer_sets.c.answered_on
    if period.last - period.first > _READ_BY_INDEX:
        day = func.coalesce(day, day)
    conditions: list[ColumnElement[bool]] = [day.between(period.first, period.last)]
    if point is not None:
        conditions.append(answer_sets.c.point == point)
    if service is not None:
        conditions.append(answer_sets.c.service == service)
    return conditions


async def tell_improvement(db: Writing, *, told: str, staff: int | None) -> None:
    """Set the sentence about what the office changed because of earlier answers; "" = none."""
    row: dict[str, Any] = {"id": new_id(), "told": told, "set_at": db.now, "staff_id": staff}
    await db.run(_add_improvement, row)


async def improvement(db: Reading) -> str:
    """What the office changed because of earlier answers, or ""."""
    return await db.scalar(_newest_improvement) or ""


def _sums(db: Writing) -> Insert:
    """Upsert that adds to a row of sums in this database's dialect, built once."""
    if db.dialect not in _add_sums:
        add = db.insert(answer_sums)
        _add_sums[db.dialect] = add.on_conflict_do_update(
            index_elements=["span", "starts_on", "point", "service"],
            set_={name: answer_sums.c[name] + add.excluded[name] for name in ADDED},
        )
    return _add_sums[db.dialect]


def _answer_set(row: Row[Any]) -> AnswerSet:
    values = row._asdict()
    return of_row(
        AnswerSet,
        row,
        band=TimeBand(row.time_band),
        scores={element: values[element.value] for element in Element if values[element.value] is not None},
        profile=codec.load(Profile, {part: values[part] for part in PROFILE}),
    )
