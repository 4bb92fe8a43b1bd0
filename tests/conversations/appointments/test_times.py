"""How the times of a day are offered."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import schema
from tests.conversations.appointments.steps import (
    reaches_the_time,
    to_record,
)
from tests.support.people import SRI


async def test_a_booking_for_today_begins_after_the_lead_time(counter, sri):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI, day="hari ini")
    assert sri.labels[0].startswith("10.00"), "it is nine, and the office wants an hour"


@pytest.mark.parametrize("counter", [{"booking": {"slot_minutes": 10}}], indirect=True)
async def test_many_times_are_chosen_in_two_taps(counter, sri):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI)
    sri.hears("Kira-kira jam berapa")
    await sri.taps("09.00")
    assert [label.partition(" ")[0] for label in sri.labels] == [
        "09.00",
        "09.10",
        "09.20",
        "09.30",
        "09.40",
        "09.50",
    ]
    await sri.taps("09.20")
    sri.hears("09.20")


@pytest.mark.parametrize("counter", [{"booking": {"slot_minutes": 10}}], indirect=True)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jam 9.20", "pukul 09.20"),
        ("lusa", "Rabu, 25 November 2026. Kira-kira jam berapa"),
        ("di jetis saja", "Kecamatan Jetis"),
        ("9.15", "tidak ada atau sudah penuh"),
    ],
)
async def test_more_than_an_hour_is_taken_where_the_hour_is_asked(counter, sri, typed, told):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI)
    await sri.says(typed)
    sri.hears(told)


@pytest.mark.first_office
async def test_the_quiet_hour_is_told_only_when_there_is_enough_data(counter, sri):
    """Thirty people were served quickly at 13.00 and slowly at 09.00, on the Friday before."""
    await counter.imports(to_record(SRI))
    friday = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

    async def past(db) -> None:
        for place in range(30):
            begins = friday + timedelta(hours=4 if place % 2 else 0)
            waited = timedelta(minutes=3 if place % 2 else 45)
            row = {"id": 9000 + place, "code": f"PAST{place:02}", "service": "ktp_baru", "point": "sooko"}
            row |= {"starts_at": begins, "ends_at": begins + timedelta(minutes=30), "seat_no": place}
            row |= {"state": "served", "walked_in": True, "booked_at": begins, "changed_at": begins}
            await db.run(schema.bookings.insert(), row)
            line = {"id": 9000 + place, "booking_id": 9000 + place, "state": "served", "point": "sooko"}
            line |= {"starts_at": begins, "at": begins + waited, "by": "staff:1"}
            await db.run(schema.booking_history.insert(), line)

    await reaches_the_time(sri, SRI)
    sri.hears_not("paling sepi")
    await sri.says("/batal")
    await counter.store.write(past)
    await reaches_the_time(sri, SRI)
    sri.hears("paling sepi sekitar pukul 13.00")
