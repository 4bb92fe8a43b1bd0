"""Forecasts: the history that they are made from, its count of printed cards, and the present ones; no row names a person."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta

from sqlalchemy import bindparam, delete, func, or_, select, update

from domain import codec
from domain.cards.forecast.forecast import Forecast, Worth
from domain.cards.forecast.passages import READY, Extent, Passage
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.office.places import place_of
from storage.schema import applications, forecasts, imports, stage_history
from storage.session import Reading, Writing
from storage.store import Store

OFFICE = "office"
_CLAIM = timedelta(minutes=10)
_CHUNK = 1_000
_FINAL = [stage.value for stage in Stage if stage.final]

_of_scope = select(forecasts.c.as_of, forecasts.c.body).where(forecasts.c.scope == bindparam("scope"))
_latest_import = select(func.max(imports.c.id)).where(imports.c.finished_at.is_not(None))
_extent = select(
    func.min(stage_history.c.stage_on),
    func.max(stage_history.c.stage_on).filter(stage_history.c.stage_on <= bindparam("until")),
).where(stage_history.c.won)
_recorded = (
    select(stage_history.c.stage)
    .distinct()
    .where(
        stage_history.c.won, stage_history.c.stage_on >= bindparam("since"), stage_history.c.stage.in_(READY)
    )
)
_chunk = (
    select(*applications.c["id", "service", "point", "district", "complete_on"])
    .where(
        applications.c.id > bindparam("after"),
        applications.c.withdrawn_at.is_(None),
        or_(applications.c.stage_on >= bindparam("since"), applications.c.stage.not_in(_FINAL)),
    )
    .order_by(applications.c.id)
    .limit(_CHUNK)
)
_steps = (
    select(stage_history.c.application_id, stage_history.c.stage_on, stage_history.c.stage)
    .where(stage_history.c.application_id.in_(bindparam("applications", expanding=True)), stage_history.c.won)
    .order_by(stage_history.c.application_id, stage_history.c.stage_on, stage_history.c.id)
)

_PRINTED = (Stage.PRINTED, Stage.READY_FOR_PICKUP, Stage.PICKED_UP, Stage.DELIVERED)
# Whatever was printed since the first day still has one of these stages, and changed since then; so the index on the stage
# is used instead of the whole history.
_first_printed = (
    select(func.min(stage_history.c.stage_on).label("day"))
    .join(applications, applications.c.id == stage_history.c.application_id)
    .where(applications.c.stage.in_(_PRINTED), applications.c.stage_on >= bindparam("first"))
    .where(stage_history.c.stage.in_(_PRINTED), stage_history.c.won)
    .where(applications.c.service != "ikd")  # is activated, not printed
    .group_by(stage_history.c.application_id)
    .subquery()
)
_count = (
    select(func.count())
    .select_from(_first_printed)
    .where(_first_printed.c.day >= bindparam("first"), _first_printed.c.day <= bindparam("last"))
)


async def extent(db: Reading, *, since: date, until: date) -> Extent:
    """First day of the history; its last one up to a day; of the stages that mean ready, those recorded since a day.

    Without a history, both days are the given last one.
    """
    row = await db.one(_extent, {"until": until})
    first, last = row if row is not None else (None, None)
    stages = await db.rows(_recorded, {"since": since})
    return Extent(
        first=first or until, last=last or until, stages=frozenset(Stage(one.stage) for one in stages)
    )


async def passages(store: Store, *, office: Office, since: date) -> AsyncIterator[list[Passage]]:
    """The past of all applications that changed since a day or are open, in chunks of short reads."""
    after = 0
    while True:
        last, found = await store.read(lambda db: _passages(db, office, since, after))  # noqa: B023 (awaited)
        if last is None:
            return
        after = last
        yield found


async def _passages(db: Reading, office: Office, since: date, after: int) -> tuple[int | None, list[Passage]]:
    rows = await db.rows(_chunk, {"after": after, "since": since})
    if not rows:
        return None, []
    steps: dict[int, list[tuple[date, Stage | None]]] = {row.id: [] for row in rows}
    for row in await db.rows(_steps, {"applications": list(steps)}):
        steps[row.application_id].append((row.stage_on, Stage(row.stage) if row.stage else None))
    found = [
        Passage(
            id=row.id,
            service=row.service,
            point=place_of(row.point, row.district, office).id,
            order=row.complete_on,
            steps=steps[row.id],
        )
        for row in rows
    ]
    return rows[-1].id, found


async def forecast_in(db: Reading, *, scope: str) -> tuple[date, Forecast] | None:
    """Last day of the data, and the forecast of one queue or stage."""
    row = await db.one(_of_scope, {"scope": scope})
    return None if row is None else (row.as_of, codec.load(Forecast, json.loads(row.body)))


async def worth(db: Reading) -> Worth:
    """What the office's predictions of the last months were worth."""
    row = await db.one(_of_scope, {"scope": OFFICE})
    return codec.load(Worth, json.loads(row.body)) if row is not None and row.body else Worth()


async def claim(db: Writing, *, today: date) -> str | None:
    """Name of the data that new forecasts should be made from, claimed for this process; None: nothing to do."""
    source = f"{await db.scalar(_latest_import) or 0}:{today}"
    row = {"scope": OFFICE, "as_of": today, "body": json.dumps(codec.dump(Worth()))}
    await db.run(db.insert(forecasts).on_conflict_do_nothing(), row)
    free = or_(forecasts.c.claimed_until.is_(None), forecasts.c.claimed_until < db.now)
    claimed = await db.run(
        update(forecasts)
        .where(forecasts.c.scope == OFFICE, forecasts.c.source != source, free)
        .values(claimed_until=db.now + _CLAIM)
    )
    return source if claimed else None


async def needed(db: Reading, *, today: date) -> bool:
    """Whether there is newer data than the forecasts were made from."""
    source = f"{await db.scalar(_latest_import) or 0}:{today}"
    return bool(await db.scalar(select(forecasts.c.source).where(forecasts.c.scope == OFFICE)) != source)


async def keep(db: Writing, *, source: str, as_of: date, found: Mapping[str, Forecast], worth: Worth) -> None:
    """Replace all forecasts."""
    await db.run(delete(forecasts).where(forecasts.c.scope != OFFICE))
    for scope, one in found.items():
        body = json.dumps(codec.dump(one), separators=(",", ":"))
        await db.run(forecasts.insert(), {"scope": scope, "as_of": as_of, "body": body})
    await db.run(
        update(forecasts)
        .where(forecasts.c.scope == OFFICE)
        .values(as_of=as_of, body=json.dumps(codec.dump(worth)), source=source, claimed_until=None)
    )


async def printed_between(db: Reading, *, first: date, last: date) -> int:
    """Number of cards whose first stage after printing began on one of these days."""
    return int(await db.scalar(_count, {"first": first, "last": last}))
