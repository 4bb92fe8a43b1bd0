"""The satisfaction index for staff: one sentence and the chart."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from domain.office.office import Office
from domain.ratings.figures import Figures
from domain.ratings.index import satisfaction_of
from domain.ratings.period import Period
from domain.ratings.trend import Trend
from domain.refusals import NotAllowed
from domain.staff.roles import WHOLE_OFFICE, Action, StaffMember, may
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from handlers.engine.scene import Chart, Said, Variable
from storage.ratings.figures import figures, guarded_figures
from storage.session import Reading
from storage.staff.rights import allowed


@conversation("ikm", command="ikm")
async def show_index(chat: Chat) -> None:
    """Show staff the ratings of this year so far."""
    if not await chat.once("ikm-allowed", allowed, member=chat.staff, action=Action.SEE_INDEX, chat=chat.id):
        chat.refuse(NotAllowed())
        return
    today = chat.office.today(chat.now)
    year = Period(first=date(today.year, 1, 1), last=date(today.year, 12, 31))
    found = await chat.read(_seen, member=chat.staff, period=year, office=chat.office)
    if not found.told:
        await chat.say("skm-too-few", least=chat.office.rating.min_cell)
        return
    index = found.satisfaction
    if index is None:
        await chat.say("skm-none")
        return
    until = {"first": year.first, "last": today}
    await chat.say("skm-chat", ikm=index.ikm, grade=index.grade.value, people=index.people, **until)
    for said in [*spread(found), trend(found)]:
        await chat.say(said.key, **said.variables)
    await chat.attach(partial(Chart, name=f"ikm-{today.year}.png", figures=found, office=chat.office))


async def _seen(db: Reading, *, member: StaffMember | None, period: Period, office: Office) -> Figures:
    """Figures for this person; without access to single answers, only figures that reveal none."""
    if may(member, Action.SEE_ANSWERS, WHOLE_OFFICE):
        return await figures(db, period=period, people=False)
    least, today = office.rating.min_cell, office.today(db.now)
    return await guarded_figures(db, period=period, point=None, least=least, today=today, people=False)


def spread(figures: Figures) -> Iterator[Said]:
    """The interval, if the sample is small."""
    interval = figures.interval
    if interval is None:
        yield Said("skm-no-interval")
    elif figures.is_small:
        edges = {"low": interval.low, "high": interval.high}
        if len(interval.grades) > 1:
            yield Said("skm-interval-grades", {**edges, "grades": [*map(str, interval.grades)]})
        else:
            yield Said("skm-interval", edges)


def trend(figures: Figures) -> Said:
    """The difference to the previous period."""
    before = satisfaction_of(figures.before)
    if figures.trend is Trend.NO_DATA or before is None:
        return Said("skm-trend-no-data")
    period = figures.period.before
    told: dict[str, Variable] = {"before": before.ikm, "first": period.first, "last": period.last}
    return Said(f"skm-trend-{figures.trend}", told)
