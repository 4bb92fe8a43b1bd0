"""The audit answers how often something happened, without naming anybody."""

from datetime import timedelta

from bot.setup.gauges import Gauges
from bot.setup.heart import Heart
from bot.setup.metrics import Metrics
from bot.setup.office_file import load_office
from storage import audit
from storage.session import Writing
from storage.store import Store
from tests.support.clock import Clock


async def ring(store: Store, about: str) -> None:
    async def record(db: Writing) -> None:
        await audit.record(db, actor=audit.SYSTEM, action="alarm-wrong-pairs", subject=about)

    await store.write(record)


async def test_alarms_of_the_last_day_stand_in_the_metrics(store: Store, clock: Clock):
    await ring(store, "everybody")
    clock.move(hours=25)
    await ring(store, "one-nik")
    await ring(store, "one-nik")
    counted = await store.read(
        lambda db: audit.count_by_subject(db, action="alarm-wrong-pairs", since=clock() - timedelta(days=1))
    )
    assert counted == {"one-nik": 2}
    metrics = Metrics()
    heart = Heart(store=store, doing="run")
    await Gauges(store=store, channels={}, office=load_office(None), heart=heart)(metrics)
    assert 'loket_look_up_alarms{about="one-nik"} 2.0' in metrics.written().decode()
