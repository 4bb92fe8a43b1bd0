"""`loket report`: the official index on the terminal or in a file, and the office's improvements."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from bot.cli.store import configured_texts, with_office, with_store
from bot.reports.files import ENDINGS, MOST_ROWS, TooManyRows, write_report
from bot.reports.pen import Pen
from bot.setup.clock import YEARS, read_day
from bot.setup.exits import Stop
from bot.setup.office_file import texts_of
from domain.office.office import Office
from domain.ratings.figures import Figures
from domain.ratings.period import Period
from locales.texts import DEFAULT
from storage.ratings.answers import tell_improvement
from storage.ratings.figures import figures
from storage.ratings.tallies import days_answered
from storage.session import Reading
from storage.store import Store

UNUSABLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWanted:
    """Options of the report, as typed."""

    first: str | None
    last: str | None
    point: str | None
    service: str | None
    out: Path | None
    language: str | None


def skm(wanted: ReportWanted) -> None:
    """Print the official index, or write it into a file of the kind its suffix says."""

    async def work(office: Office, store: Store) -> list[str]:
        pen = Pen(texts=texts_of(office), language=_language(wanted, office), office=office)
        point, service = _place(wanted, pen)
        ending = wanted.out.suffix.lower() if wanted.out else ""
        if wanted.out and ending not in ENDINGS:
            raise Stop(pen.say("skm-unknown-file", ending=ending or wanted.out.name), code=UNUSABLE)
        today = office.today(store.clock())

        async def read(db: Reading) -> Figures:
            period = await _period(db, wanted, today, pen)
            return await figures(db, period=period, point=point, service=service)

        found = await store.read(read)
        if wanted.out is None:
            from bot.reports.table import table

            return table(found, pen)
        try:
            people = await write_report(store, found, pen, wanted.out)
        except TooManyRows:
            raise Stop(pen.say("skm-too-many", rows=MOST_ROWS), code=UNUSABLE) from None
        return [pen.say("skm-written", file=str(wanted.out), people=people)]

    typer.echo("\n".join(with_office(work)))


def changed(told: str) -> None:
    """Set the sentence after a rating about what the office changed because of earlier answers."""
    told = " ".join(told.split())
    texts = configured_texts()
    with_store(lambda store: store.write(tell_improvement, told=told, staff=None))
    key = "skm-told" if told else "skm-told-nothing"
    typer.echo(texts.say(DEFAULT, key, **({"words": told} if told else {})))


async def _period(db: Reading, wanted: ReportWanted, today: date, pen: Pen) -> Period:
    """The requested period; by default from the first answer to today."""
    answered = await days_answered(db)
    first, last = _day(wanted.first, "--from", pen), _day(wanted.last, "--to", pen)
    last = last or max(today, answered.last if answered else today, first or today)
    first = first or min(last, answered.first if answered else last)
    if first > last:
        raise Stop(pen.say("skm-wrong-order", first=str(first), last=str(last)), code=UNUSABLE)
    return Period(first=first, last=last)


def _day(text: str | None, option: str, pen: Pen) -> date | None:
    read = read_day(text) if text else None
    if text and read is None:
        first, last = map(str, (YEARS[0], YEARS[-1]))
        raise Stop(pen.say("skm-bad-day", option=option, typed=text, first=first, last=last), code=UNUSABLE)
    return read


def _language(wanted: ReportWanted, office: Office) -> str:
    if wanted.language not in {None, *office.languages}:
        told = texts_of(office).say(DEFAULT, "skm-unknown-language", known=", ".join(office.languages))
        raise Stop(told, code=UNUSABLE)
    return wanted.language or DEFAULT


def _place(wanted: ReportWanted, pen: Pen) -> tuple[str | None, str | None]:
    """Ids of point and service."""
    office = pen.office
    point = office.point(wanted.point) if wanted.point else None
    service = office.service(wanted.service) if wanted.service else None
    for text, found, every in (
        (wanted.point, point, [one.id for one in office.points]),
        (wanted.service, service, [one.id for one in office.services]),
    ):
        if text and not found:
            raise Stop(pen.say("skm-unknown-place", typed=text, known=", ".join(every)), code=UNUSABLE)
    return point.id if point else None, service.id if service else None
