"""Random offices and calendars: any hours, even overlapping ones, special hours, holidays, closures, outreach."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.setup.office_file import load_office
from domain.appointments.calendar import Calendar
from domain.appointments.closures import Closure
from domain.office.office import ClosedDay, Point, SpecialHours
from domain.office.outreach import Outreach
from domain.office.week import Span, Week

SAMPLE = load_office(None)
# The ends of a year, of a leap February and of one that is none, and the days around them: few, so that they meet.
BASES = (date(2026, 12, 31), date(2028, 2, 29), date(2027, 2, 28))
days = st.builds(lambda base, ahead: base + timedelta(days=ahead), st.sampled_from(BASES), st.integers(-2, 2))
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 50, 59]))


@st.composite
def spans(draw) -> Span:
    opens = draw(st.integers(0, 286))
    closes = draw(st.integers(opens + 1, 287))
    return Span(
        time(*divmod(opens * 5, 60)), time(23, 59) if closes == 287 else time(*divmod(closes * 5, 60))
    )


@st.composite
def weeks(draw) -> Week:
    """A week of at most three kinds of days, whose spans may overlap."""
    kinds = draw(st.lists(st.lists(spans(), max_size=3).map(tuple), min_size=1, max_size=3))
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return Week(**{name: draw(st.sampled_from(kinds)) for name in names})


points = st.sampled_from(["a", "b"])
moments = st.builds(lambda day, clock: datetime.combine(day, clock, SAMPLE.timezone), days, clocks)


@st.composite
def closures(draw) -> Closure:
    starts, ends = draw(st.one_of(st.none(), clocks)), draw(st.one_of(st.none(), clocks))
    if starts is not None and ends is not None and starts >= ends:
        starts = None
    return Closure(
        day=draw(days),
        point=draw(st.one_of(st.none(), points, st.just("desa"))),
        starts=starts,
        ends=ends,
        reason=draw(st.sampled_from(["", "Pelantikan"])),
    )


@st.composite
def special_hours(draw) -> SpecialHours:
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 30)))
    named = tuple(draw(st.sets(points, max_size=2)))
    return SpecialHours(first=first, last=last, hours=draw(weeks()), points=named)


@st.composite
def offices(draw):
    rules = replace(
        SAMPLE.booking,
        slot_minutes=draw(st.sampled_from([10, 25, 30, 60, 480])),
        seats_per_slot=draw(st.integers(0, 7)),
        walk_in_share=draw(st.sampled_from([0, 0.1, 0.3, 0.5, 1])),
        horizon_days=draw(st.integers(0, 12)),
        lead_minutes=draw(st.sampled_from([0, 60, 1440])),
        release=draw(st.sampled_from([(), (time(8),), (time(8), time(12), time(16))])),
    )
    event = Outreach(
        id="desa",
        name="Balai Desa",
        address="Balai Desa",
        dates=tuple(draw(st.sets(days, min_size=1, max_size=3))),
        hours=tuple(draw(st.lists(spans(), min_size=1, max_size=2))),
        quota=draw(st.integers(1, 50)),
    )
    two = (
        Point(id="a", name="Loket A", address="A"),
        Point(
            id="b", name="Loket B", address="B", hours=draw(weeks()), seats_per_slot=draw(st.integers(0, 9))
        ),
    )
    return replace(
        SAMPLE,
        hours=draw(weeks()),
        points=two,
        outreach=(event,),
        booking=rules,
        special_hours=tuple(draw(st.lists(special_hours(), max_size=2))),
        closures=tuple(ClosedDay(day=day) for day in draw(st.lists(days, max_size=2))),
        working_days=tuple(draw(st.lists(days, max_size=2))),
    )


@st.composite
def calendars(draw) -> Calendar:
    return Calendar(
        office=draw(offices()),
        holidays=draw(st.dictionaries(days, st.just("Hari Raya"), max_size=4)),
        closures=tuple(draw(st.lists(closures(), max_size=6))),
    )
