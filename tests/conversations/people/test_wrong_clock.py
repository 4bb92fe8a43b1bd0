"""A clock that is years ahead for some hours: what residents left with the office is kept."""

import structlog
from sqlalchemy import func, select

from storage.schema import looked_up
from tests.conversations.appointments.steps import code_of, with_an_appointment
from tests.support.people import SRI, row


async def test_hours_with_a_clock_years_ahead_forget_no_appointment(counter):
    sri = await with_an_appointment(counter)
    code = code_of(sri)
    counter.clock.move(days=1, hours=1)
    counter.clock.move(days=7300)
    with structlog.testing.capture_logs() as logged:
        await counter.timers.purge()
    assert [one["event"] for one in logged] == ["purge.waits"]
    assert not any(word in str(logged) for word in (SRI["nik"], "Sri"))
    counter.clock.move(days=-7300)
    await counter.timers.purge()
    await sri.says("jadwal saya")
    sri.hears(code)


async def test_an_office_that_was_closed_for_months_forgets_a_day_later(counter, sri):
    await counter.imports(row(SRI, "RECEIVED_AT_CENTRAL"))
    await sri.asks(SRI)
    counter.clock.move(days=120)
    await sri.says("halo")
    await counter.timers.purge()
    assert await looked_up_rows(counter) == 1
    counter.clock.move(hours=25)
    await counter.timers.purge()
    assert await looked_up_rows(counter) == 0


async def looked_up_rows(counter) -> int:
    return await counter.store.read(lambda db: db.scalar(select(func.count()).select_from(looked_up)))
