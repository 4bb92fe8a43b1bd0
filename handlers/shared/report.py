"""Text about an application, sentence by sentence. Pure: equal applications give equal text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain.appointments.calendar import Calendar
from domain.appointments.opening import opening
from domain.cards.application import MOST_AHEAD, Application, Followed
from domain.cards.stages import Stage
from domain.cards.time_standard import STANDARD, time_used
from domain.office.office import Office, Point
from domain.office.places import place_of as home
from domain.office.week import WEEKDAYS, Week
from handlers.engine.chat import Choice, Said, Variable
from handlers.shared.kinds import activates, key_of, waits_for_blanks
from handlers.shared.pickup import bring_to_fetch, bring_to_record, ways

# Stages in which the office (or the centre) is working, so that the 24-hour standard is worth telling.
_AT_WORK = frozenset(
    {
        Stage.SUBMITTED,
        Stage.RECORDED,
        Stage.SENT_TO_CENTER,
        Stage.NEEDS_REVIEW,
        Stage.PRINT_READY,
        Stage.WAITING_BLANK,
        Stage.PRINTED,
    }
)
_COME = frozenset({Stage.DOCS_INCOMPLETE, Stage.NOT_RECORDED, Stage.RECORD_FAILED, Stage.DUPLICATE})
_SHOWN_WORDS = 2  # of a masked name on a button; with the number's tail it stays below 20 characters
_TAIL = 6


def report(
    application: Application,
    calendar: Calendar,
    now: datetime,
    *,
    pinned: bool = True,
    forecast: Sequence[Said] = (),
) -> list[Said]:
    """Tell the stage, its meaning, and what to do next; `pinned`: a place on the map comes with it.

    In order of importance: person, stage, when it will be ready, place and time, what to bring, age of the data.
    """
    office = calendar.office
    return [
        Said("report-head", head_of(application, office)),
        *_stage(application, office),
        *forecast,
        *_visit(application, calendar, now, pinned=pinned),
        *_standard(application, office, now),
        Said("report-data-date", {"on": application.data_at}, tight=True),
    ]


def is_reason_to_come(application: Application, office: Office) -> bool:
    """Whether the report says when to come, and so depends on closures."""
    return collects(application, office) or _told(application, office) in _COME


def stage_of(application: Application, office: Office) -> Said:
    """Meaning of the stage."""
    return next(_stage(application, office))


def place_of(application: Application, office: Office) -> Point:
    """Point of an application: the registered one, else the one serving its kecamatan."""
    return home(application.point, application.district, office)


def address_of(place: Point) -> dict[str, Variable]:
    """Name and address of a place, and whether they are the same."""
    return {"place": place.name, "address": place.address, "same": place.address == place.name}


def head_of(application: Application | Followed, office: Office) -> dict[str, Variable]:
    """Person, service and number; the title in all languages of the office."""
    service = office.service(application.service)
    return {
        "name": application.name,
        "service": service.title if service else application.service,
        "number": application.number,
    }


def choices_of(people: Sequence[Followed], office: Office) -> list[Choice]:
    """Applications as choices: as much of the name as fits on a button, and the stage."""
    return [
        Choice(
            one.application,
            "status-person",
            hint="status-person-hint",
            **head_of(one, office) | {"name": " ".join(one.name.split()[:_SHOWN_WORDS])},
            stage=_told(one, office) or "other",
            tail=one.number[-_TAIL:],
        )
        for one in people
    ]


def _stage(application: Application, office: Office) -> Iterator[Said]:
    stage = _told(application, office)
    special = key_of(application.service, stage)
    if special is not None:
        yield Said(special, _place(application, office) | _on(application, office))
    elif stage is None:
        yield Said("report-unknown", {"code": application.raw_code})
    elif stage is Stage.PRINT_READY and office.printing.on_arrival:
        yield Said("report-print-on-arrival", {"place": place_of(application, office).name})
    else:
        key = f"report-{stage.lower().replace('_', '-')}"
        yield Said(key, _ABOUT.get(stage, _nothing)(application, office))
    if stage is Stage.WAITING_BLANK and special is None:
        yield from ahead_of(application, office)
        if waits_for_blanks(application.service):
            yield Said("report-meanwhile")


def _told(application: Application | Followed, office: Office) -> Stage | None:
    """The stage as told: without blanks, print-ready means waiting for blanks."""
    if application.stage is Stage.PRINT_READY and office.printing.out_of_blanks:
        return Stage.WAITING_BLANK
    return application.stage


def ahead_of(application: Application, office: Office) -> Iterator[Said]:
    """How many cards are printed before this one, if that is known and shown."""
    ahead = application.ahead
    if (
        key_of(application.service, application.stage) is not None
        or ahead is None
        or not office.printing.show_ahead
    ):
        return
    if ahead > MOST_AHEAD:
        yield Said("report-ahead-many", {"most": MOST_AHEAD})
    else:
        yield Said("report-ahead", {"ahead": ahead})


def collects(application: Application, office: Office) -> bool:
    """Whether the card can be fetched, or the digital identity be activated."""
    stage = _told(application, office)
    if activates(application.service, stage):
        return True
    return stage is Stage.READY_FOR_PICKUP or (stage is Stage.PRINT_READY and office.printing.on_arrival)


def _visit(application: Application, calendar: Calendar, now: datetime, *, pinned: bool) -> Iterator[Said]:
    """When to come and what to bring, if there is a reason to come."""
    office = calendar.office
    if not is_reason_to_come(application, office):
        return
    fetches = collects(application, office)
    place = place_of(application, office)
    if place.address != place.name and not (pinned and place.pin):  # else the pin has it
        yield Said("report-address", {"address": place.address}, tight=True)
    week = week_of(calendar, place, now)
    if any(week.days):
        yield Said("report-hours", {"hours": week}, tight=True)
    yield from open_now(calendar, [place], now)
    if fetches:
        yield _tight(bring_to_fetch(application.service, office))
        yield from map(_tight, ways(office, application.service))
    elif _told(application, office) is not Stage.DOCS_INCOMPLETE:
        yield _tight(bring_to_record(application.service, office))


def _tight(said: Said) -> Said:
    return replace(said, tight=True)


def week_of(calendar: Calendar, place: Point, now: datetime) -> Week:
    """Hours of the next seven days, including special hours, holidays and closures."""
    today = calendar.office.today(now)
    days = {day.weekday(): day for day in (today + timedelta(days=ahead) for ahead in range(7))}
    return Week(
        **{name: calendar.day(place.id, days[weekday]).open_spans for weekday, name in enumerate(WEEKDAYS)}
    )


def open_now(calendar: Calendar, places: Sequence[Point], now: datetime) -> Iterator[Said]:
    """Whether coming today is possible: open until when, or closed (with the holiday's name) until when."""
    hours = opening(calendar, [place.id for place in places], now)
    if hours.closes_at is not None:
        yield Said("report-open-now", {"closes": hours.closes_at}, tight=True)
    elif hours.opens_at is not None:
        why = hours.closed_today.detail if hours.closed_today else ""
        if why:
            yield Said("report-closed-today", {"why": why, "opens": hours.opens_at}, tight=True)
        else:
            yield Said("report-opens", {"opens": hours.opens_at}, tight=True)


def _standard(application: Application, office: Office, now: datetime) -> Iterator[Said]:
    """The 24-hour standard while the office is working on it (Permendagri 19/2018 Art. 3)."""
    stage, complete_on = _told(application, office), application.complete_on
    if complete_on is None or stage not in _AT_WORK or activates(application.service, stage):
        return
    if stage.pauses_clock:
        key = "report-standard-paused"
    else:
        key = "report-standard-late" if _late(application, office, now, complete_on) else "report-standard"
    yield Said(key, {"complete_on": complete_on})


def _late(application: Application, office: Office, now: datetime, complete_on: date) -> bool:
    """Whether the standard is exceeded. The register has days only, so the day of completion counts fully."""

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), office.timezone)

    history = [(midnight(one.since), one.stage) for one in application.passed]
    return (
        time_used(complete_at=midnight(complete_on + timedelta(days=1)), history=history, now=now) > STANDARD
    )


_About = Callable[[Application, Office], dict[str, Variable]]


def _nothing(_application: Application, _office: Office) -> dict[str, Variable]:
    return {}


def _place(application: Application, office: Office) -> dict[str, Variable]:
    return {"place": place_of(application, office).name}


def _note(application: Application, _office: Office) -> dict[str, Variable]:
    # The surrounding sentence has its own full stop.
    note = application.note.strip().rstrip(".")
    return {"noted": bool(note), "note": note}


def _on(application: Application, _office: Office) -> dict[str, Variable]:
    return {"on": application.stage_on}


_ABOUT: dict[Stage, _About] = {
    Stage.DOCS_INCOMPLETE: lambda application, office: (
        _place(application, office) | _note(application, office)
    ),
    Stage.NOT_RECORDED: _place,
    Stage.RECORD_FAILED: _place,
    Stage.DUPLICATE: _place,
    Stage.READY_FOR_PICKUP: _place,
    Stage.PICKED_UP: _on,
    Stage.DELIVERED: _on,
    Stage.REJECTED: _note,
    Stage.CANCELLED: _note,
}
