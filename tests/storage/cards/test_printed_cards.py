from datetime import date

from domain.cards.stages import Stage
from storage.cards.forecasts import printed_between
from tests.storage.rows import application, passed

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


async def card(db, number: str, person: int, *, stages: dict[Stage, date], service: str = "ktp_baru") -> None:
    """A card that went through these stages."""
    *_, (stage, on) = stages.items()
    nik = f"351699410790{person:04}"
    row = await application(db, number=number, nik=nik, stage=stage, stage_on=on, service=service)
    for one, day in stages.items():
        await passed(db, application=row, stage=one, on=day)


async def test_cards_count_in_the_week_in_which_they_were_printed_first(store):
    ready, printed, picked = Stage.READY_FOR_PICKUP, Stage.PRINTED, Stage.PICKED_UP

    async def write(db) -> None:
        await card(db, "A", 1, stages={Stage.PRINT_READY: date(2026, 11, 2), printed: MONDAY})
        await card(
            db, "B", 2, stages={printed: SUNDAY, ready: date(2026, 11, 23), picked: date(2026, 11, 24)}
        )
        await card(db, "C", 3, stages={ready: date(2026, 11, 18)})
        await card(db, "D", 4, stages={printed: date(2026, 11, 13), ready: date(2026, 11, 17)})
        await card(db, "E", 5, stages={printed: date(2026, 11, 23)})
        await card(db, "F", 6, stages={Stage.WAITING_BLANK: date(2026, 11, 18)})
        await card(db, "G", 7, stages={ready: date(2026, 11, 18)}, service="ikd")

    await store.write(write)
    assert await store.read(lambda db: printed_between(db, first=MONDAY, last=SUNDAY)) == 3
