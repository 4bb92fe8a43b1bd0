"""The order in which waiting people are called."""

from datetime import datetime, timedelta

from domain.appointments.booking import TicketCode
from domain.appointments.counter import Here, called_since_walk_in, in_order
from tests.domain.appointments.calendars import SAMPLE

EIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=SAMPLE.timezone)


def here(booking: int, begins: int, arrived: int, *, walked_in: bool = False, today: bool = True) -> Here:
    """Somebody whose time begins, and who arrived, so many minutes after eight."""
    return Here(
        booking=booking,
        code=TicketCode("ABC234"),
        starts_at=EIGHT + timedelta(minutes=begins),
        arrived_at=EIGHT + timedelta(minutes=arrived),
        called_at=None,
        desk=None,
        walked_in=walked_in,
        today=today,
    )


def order(*people: Here, **rule: int) -> list[int]:
    return [one.booking for one in in_order(people, **rule)]


def test_people_are_called_by_appointment_then_by_arrival():
    assert order(here(1, 90, 0), here(2, 60, 55), here(3, 60, 50)) == [3, 2, 1]


def test_a_walk_in_is_called_at_the_time_they_were_given():
    assert order(here(1, 60, 0), here(2, 90, 1), here(3, 60, 2, walked_in=True)) == [1, 3, 2]


def test_a_ticket_of_another_day_counts_by_its_arrival():
    yesterday = here(3, -1400, 70, today=False)
    assert order(here(1, 60, 0), here(2, 90, 1), yesterday) == [1, 3, 2]


def test_walk_ins_come_between_as_often_as_the_office_says():
    booked = [here(at, 60 + at, 0) for at in range(1, 6)]
    walked = [here(at, 0, at, walked_in=True) for at in (7, 6)]
    assert order(*booked, *walked, walk_in_every=2) == [1, 2, 6, 3, 4, 7, 5]
    assert order(*booked, *walked, walk_in_every=2, since_walk_in=2) == [6, 1, 2, 7, 3, 4, 5]
    assert order(*walked, walk_in_every=2) == [6, 7], "nobody else waits"


def test_calls_are_counted_since_the_last_walk_in():
    booked, walked = here(1, 0, 0), here(2, 0, 0, walked_in=True)
    assert called_since_walk_in([]) == 0
    assert called_since_walk_in([booked, booked, walked, booked]) == 2
