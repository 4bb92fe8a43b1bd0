"""Followers whose range shifted: at most one push a week about it, measured from the range told before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from domain.cards.forecast.outlook import ESTIMATED
from domain.cards.stages import Stage
from storage.cards.forecasts import OFFICE
from storage.cards.pushes import CardNews, agreed_to_news
from storage.schema import applications, chats, follows, forecasts, of_row
from storage.session import Reading, Writing

AT_MOST_EVERY = timedelta(days=7)
_STAGES = [stage.value for stage in Stage if stage in ESTIMATED or stage.waits_for_print]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftedWait:
    """A follow of a waiting application, with what a forecast needs, and the range that it was told before."""

    news: CardNews
    id: int
    stage: Stage
    service: str
    point: str | None
    district: str | None
    complete_on: date | None
    stage_on: date
    told_before: date | None
    shifted_at: datetime | None


_new = forecasts.c.shifts_source != forecasts.c.source


async def are_new(db: Reading) -> bool:
    """Whether forecasts were made since the followers were looked at."""
    query = select(forecasts.c.scope).where(forecasts.c.scope == OFFICE, _new)
    return await db.one(query) is not None


async def claim(db: Writing) -> bool:
    """Claim the look at all followers after forecasts were made; False: another process did, or nothing is new."""
    query = update(forecasts).where(forecasts.c.scope == OFFICE, _new)
    return bool(await db.run(query.values(shifts_source=forecasts.c.source)))


async def followers(db: Reading) -> list[ShiftedWait]:
    """Followers of applications for which ranges are told, unless they stopped pushes or withdrew consent."""
    query = (
        select(
            follows,
            *chats.c["channel", "language", "sat_at"],
            *(
                applications.c[name]
                for name in ("stage", "service", "point", "district", "complete_on", "stage_on")
            ),
        )
        .join(applications, applications.c.id == follows.c.application_id)
        .join(chats, chats.c.id == follows.c.chat_id)
        .where(
            applications.c.stage.in_(_STAGES),
            applications.c.withdrawn_at.is_(None),
            chats.c.stopped_at.is_(None),
            agreed_to_news,
        )
    )
    return [
        of_row(
            ShiftedWait,
            row,
            news=CardNews(
                application=row.application_id,
                chat=row.chat_id,
                channel=row.channel,
                language=row.language,
                is_shared=row.sat_at is not None,
            ),
            id=row.application_id,
            stage=Stage(row.stage),
        )
        for row in await db.rows(query)
    ]


async def note(db: Writing, *, follower: ShiftedWait, before: date, is_pushed: bool) -> None:
    """Measure later shifts from this range."""
    values = {"told_before": before} | ({"shifted_at": db.now} if is_pushed else {})
    this = (follows.c.chat_id == follower.news.chat, follows.c.application_id == follower.news.application)
    await db.run(update(follows).where(*this).values(**values))
